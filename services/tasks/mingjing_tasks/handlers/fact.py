"""What the departments and casework say is kept in every version; duties and warnings follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from mingjing_shared.clock import local_date
from mingjing_shared.events.casework import (
    DecisionChanged,
    DecisionFoundIllegal,
    DecisionRedoOrdered,
    DecisionRevoked,
    EnforcementEnded,
)
from mingjing_shared.events.disclosure import (
    DisclosureDue,
    DisclosureOverdue,
    DisclosurePublished,
    DisclosureWithdrawn,
    DisclosureWithheld,
)
from mingjing_shared.events.recording import (
    CasefileArchived,
    CasefileDue,
    CasefileOverdue,
    RecordGapClosed,
    RecordGapExplained,
    RecordGapFound,
)
from mingjing_shared.events.review import (
    ReviewBypassed,
    ReviewCleared,
    ReviewNotRequired,
    ReviewOpinionIssued,
    ReviewOverdue,
    ReviewRequired,
    ReviewResubmitted,
    ReviewReturned,
    ReviewSubmitted,
)
from mingjing_shared.facts.store import add_facts, fact_row
from mingjing_shared.law.document_number import parse_document_number
from mingjing_tasks.handlers.archive import keep_events
from mingjing_tasks.handlers.duty import derive
from mingjing_tasks.handlers.withdrawal import watch_withdrawals
from mingjing_tasks.store import case as cases
from mingjing_tasks.store import fact as store
from mingjing_tasks.tables import DECISION_FACTS

if TYPE_CHECKING:
    from mingjing_shared.database import Transaction
    from mingjing_shared.events import Event
    from mingjing_shared.events.casework import DecisionMade, DocumentMade
    from mingjing_shared.messaging.received import Received

Reading: TypeAlias = Callable[["Received[Any]"], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Word:
    """How an event is kept: of which topic, as which word, and what it says besides."""

    topic: str
    what: str
    read: Reading


def _day(field: str) -> Reading:
    return lambda item: {"day": getattr(item.event, field)}


def _day_told(item: Received[Any]) -> dict[str, Any]:
    return {"day": local_date(item.envelope.time)}


def _nothing(_item: Received[Any]) -> dict[str, Any]:
    return {}


def _review_due(
    item: Received[ReviewRequired | ReviewSubmitted | ReviewResubmitted],
) -> dict[str, Any]:
    event = item.event
    return {
        "day": event.decide_by,
        "provisional": event.provisional,
        "revision": getattr(event, "round", None),
    }


def _publication_due(item: Received[DisclosureDue]) -> dict[str, Any]:
    event = item.event
    return {
        "day": event.due_on,
        "rule": event.rule,
        "revision": event.revision,
        "provisional": event.provisional,
    }


def _published(item: Received[DisclosurePublished]) -> dict[str, Any]:
    return {"day": local_date(item.event.seen_public_at), "on_time": item.event.on_time}


def _withheld(item: Received[DisclosureWithheld]) -> dict[str, Any]:
    return {"day": local_date(item.envelope.time), "rule": item.event.reason_code}


def _casefile_due(item: Received[CasefileDue]) -> dict[str, Any]:
    event = item.event
    return {
        "day": event.breach_on,
        "warn_on": event.warn_on,
        "provisional": event.provisional,
    }


def _gap(item: Received[RecordGapFound]) -> dict[str, Any]:
    return {"effect": item.event.effect, "minutes": item.event.minutes}


WORDS: Mapping[type[Event], Word] = {
    ReviewRequired: Word("review", "required", _review_due),
    ReviewSubmitted: Word("review", "submitted", _review_due),
    ReviewResubmitted: Word("review", "submitted", _review_due),
    ReviewNotRequired: Word("review", "not_required", _day_told),
    ReviewReturned: Word("review", "returned", _day_told),
    ReviewOpinionIssued: Word("review", "opinion", _day_told),
    ReviewCleared: Word("review", "cleared", _day_told),
    ReviewBypassed: Word("review", "bypassed", _nothing),
    ReviewOverdue: Word("review", "overdue", _day("decide_by")),
    RecordGapFound: Word("gap", "found", _gap),
    RecordGapExplained: Word("gap", "explained", _nothing),
    RecordGapClosed: Word("gap", "closed", _nothing),
    EnforcementEnded: Word("casefile", "ended", _day("ended_on")),
    CasefileDue: Word("casefile", "due", _casefile_due),
    CasefileArchived: Word("casefile", "archived", _day_told),
    CasefileOverdue: Word("casefile", "overdue", _day("breach_on")),
    DisclosureDue: Word("publication", "due", _publication_due),
    DisclosureWithheld: Word("publication", "withheld", _withheld),
    DisclosurePublished: Word("publication", "published", _published),
    DisclosureOverdue: Word("publication", "overdue", _day("due_on")),
    DisclosureWithdrawn: Word("annulment", "withdrawn", _day_told),
    DecisionChanged: Word("annulment", "annulled", _day("on")),
    DecisionRevoked: Word("annulment", "annulled", _day("on")),
    DecisionFoundIllegal: Word("annulment", "annulled", _day("on")),
    DecisionRedoOrdered: Word("annulment", "annulled", _day("on")),
}


async def note_facts(received: Sequence[Received[Any]], tx: Transaction) -> None:
    """Archive what was said, keep it as a fact, and derive what follows from the set of facts.

    An event that could name a case, or its subject, and does not is archived and no more.
    """
    kept = [item for item in await keep_events(received, tx) if item.event.case_number]
    word = WORDS[type(received[0].event)]
    table, column = store.TOPICS[word.topic]
    rows = [_fact(item, word) for item in kept]
    touched = await add_facts(tx, table, column, [row for row in rows if row[column]])
    await derive(tx, {word.topic: touched})
    if word.topic == "annulment" or word.what == "published":
        await watch_withdrawals(tx, [row["decision_id"] for row in rows if row["decision_id"]])


async def note_decisions(received: Sequence[Received[DecisionMade]], tx: Transaction) -> None:
    """Archive decisions; who made one, and when, says whose its duties and warnings are."""
    kept = await keep_events(received, tx)
    rows = [
        {
            **fact_row(item),
            "decision_id": item.event.decision_id,
            "unit": item.event.unit,
            "kind": item.event.kind,
            "made_on": item.event.made_on,
            "document_number": parse_document_number(item.event.document_number).normalised,
            "outcome": msgspec.to_builtins(item.event.outcome),
        }
        for item in kept
    ]
    touched = await add_facts(tx, DECISION_FACTS, "decision_id", rows)
    await cases.add_documents(tx, [(row["document_number"], row["case_key"]) for row in rows])
    await derive(tx, await store.subjects_of_decisions(tx, touched))


async def note_documents(received: Sequence[Received[DocumentMade]], tx: Transaction) -> None:
    """Archive documents, so that their cases are found by their numbers."""
    kept = await keep_events(received, tx)
    numbers = [
        (parse_document_number(item.event.document_number).normalised, item.key) for item in kept
    ]
    await cases.add_documents(tx, numbers)


def _fact(item: Received[Any], word: Word) -> dict[str, Any]:
    table, column = store.TOPICS[word.topic]
    subject = {} if column == "case_key" else {column: getattr(item.event, column)}
    also = {"decision_id": item.event.decision_id} if hasattr(item.event, "decision_id") else {}
    whole = {**fact_row(item), "what": word.what, **subject, **also, **word.read(item)}
    return {name: whole.get(name) for name in table.columns.keys()}  # noqa: SIM118 - columns, not rows
