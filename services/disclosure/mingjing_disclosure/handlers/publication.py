"""Decisions come in; what must be public, and by when, follows from the facts that hold."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.standing import WAITING, Standing, standing_of
from mingjing_disclosure.store import item as store
from mingjing_disclosure.store.party import concerned, sealed_parties
from mingjing_disclosure.tables import DECISION_FACTS
from mingjing_shared.clock import legal_now, local_date
from mingjing_shared.events.disclosure import DisclosureDue, DisclosureWithheld
from mingjing_shared.events.values import DecisionId, ItemId, LegalBasis
from mingjing_shared.facts.cases import KnownCase, known_cases, without_classified
from mingjing_shared.facts.store import add_first_facts, cause_of, fact_row
from mingjing_shared.law.calendar import WorkingCalendar, published_calendar
from mingjing_shared.law.document_number import normalise_document_number
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade
    from mingjing_shared.messaging.received import Received

CLOCK = "publication"


async def schedule_publications(
    received: Sequence[Received[DecisionMade]], tx: Transaction
) -> None:
    """Put decisions on the publication list, each with its legal deadline.

    Runs in the worker's transaction: inbox rows, list entries and outgoing events commit
    together or not at all, so a redelivered decision changes nothing. A decision whose case is
    not known waits; one to which no rule applies is listed without a clock, with the reason.
    """
    rows = []
    for item in await without_classified(received, tx):
        event = item.event
        rows.append(
            {
                **fact_row(item),
                "decision_id": event.decision_id,
                "kind": event.kind,
                "document_number": event.document_number,
                "made_on": event.made_on,
                "offence_from": event.offence_from,
                "unit": event.unit,
                "parties": sealed_parties(tx, item, event.case_number, event.parties)
                if event.parties
                else None,
            }
        )
    certain, doubtful = await add_first_facts(tx, DECISION_FACTS, "decision_id", rows)
    await derive_items(tx, doubtful, certain)


async def derive_items(
    tx: Transaction, decision_ids: Iterable[str], certain: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Bring the items of these decisions to where the facts that hold put them.

    An item whose day, state or reason changed is announced anew with a higher revision.
    ``certain`` are facts, by decision, that are known to be the first and only ones.
    """
    wanted = set(decision_ids)
    if not wanted and not certain:
        return
    # An id that two cases claim must not be derived by two workers at once. (Where both take it
    # for new, the database refuses the second item; tried again, it is doubtful.)
    await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
    facts = {**await store.decisions_that_hold(tx, wanted), **certain}
    cases = await known_cases(tx, {fact.case_key for fact in facts.values()})
    before = await store.items(tx, wanted)
    calendar = published_calendar()
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    clocks: list[Clock] = []
    stopped: list[str] = []
    outgoing: list[Outgoing] = []
    for decision_id, fact in facts.items():
        standing = _standing(tx, fact, cases.get(fact.case_key), calendar)
        old = before.get(decision_id)
        row = _row(fact, standing, old)
        if old is not None and _same(row, old):
            continue
        (new if old is None else changed).append(row)
        outgoing.extend(_announcement(fact, row, standing))
        if standing.due_at is not None and not standing.provisional:
            subject = clock_subject(decision_id, row["due_on"])
            clocks.append(Clock(CLOCK, subject, standing.due_at, standing.rule_version))
        if old is not None and old.due_on not in (None, row["due_on"]):
            stopped.append(clock_subject(decision_id, old.due_on))
    gone = sorted(wanted - facts.keys())
    stopped += [
        clock_subject(d, before[d].due_on) for d in gone if d in before and before[d].due_on
    ]
    await store.keep_items(tx, new, changed)
    await store.remove_items(tx, gone)
    await set_clocks(tx, clocks)
    await stop_clocks(tx, CLOCK, stopped)
    outbox.add(tx, outgoing)


async def mark_overdue_items(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The last day passed while the item was still due."""
    terms = [clock.subject.rsplit("@", 1) for clock in clocks]
    await store.mark_overdue(
        tx, [(name, date.fromisoformat(day)) for name, day in terms], legal_now()
    )


def clock_subject(decision_id: str, due_on: date) -> str:
    """A clock runs for one term of one decision: a term that is moved runs anew."""
    return f"{decision_id}@{due_on.isoformat()}"


def _standing(
    tx: Transaction, fact: Any, case: KnownCase | None, calendar: WorkingCalendar
) -> Standing:
    if case is None:
        return WAITING
    return standing_of(
        decision_kind=fact.kind,
        made_on=fact.made_on,
        offence_from=fact.offence_from,
        case_kind=case.kind,
        accepted_on=local_date(case.accepted_at),
        parties=concerned(tx, fact.parties if fact.parties is not None else case.parties),
        calendar=calendar,
    )


def _row(fact: Any, standing: Standing, old: Row[Any] | None) -> dict[str, Any]:
    reason = standing.withheld
    return {
        "decision_id": fact.decision_id,
        "item_id": store.item_id_of(fact.decision_id),
        "case_key": fact.case_key,
        "case_number": fact.case_number,
        "state": standing.state,
        "kind": fact.kind,
        "made_on": fact.made_on,
        "document_number": normalise_document_number(fact.document_number),
        "unit": fact.unit,
        "due_on": standing.due_on,
        "provisional": standing.provisional,
        "rule": standing.rule,
        "says": standing.says,
        "reason_code": reason.reason_code if reason else None,
        "basis": {"law": reason.rule, "article": reason.source} if reason else None,
        "mode": fact.mode,
        "revision": 1 if old is None else old.revision + 1,
        "overdue_at": old.overdue_at if old is not None and old.due_on == standing.due_on else None,
    }


def _same(row: dict[str, Any], old: Row[Any]) -> bool:
    """Whether nothing changed that anybody was told or is shown."""
    told = row.keys() - {"revision", "overdue_at"}
    return all(row[name] == getattr(old, name) for name in told)


def _announcement(fact: Any, row: dict[str, Any], standing: Standing) -> list[Outgoing]:
    name = str(row["revision"])
    if standing.state == "due" and standing.due_on is not None:
        due = DisclosureDue(
            case_number=fact.case_number,
            item_id=ItemId(row["item_id"]),
            decision_id=DecisionId(fact.decision_id),
            due_on=standing.due_on,
            provisional=standing.provisional,
            rule=standing.rule or "",
            revision=row["revision"],
        )
        return [Outgoing(due, cause_of(fact), name)]
    if standing.withheld is not None:
        withheld = DisclosureWithheld(
            case_number=fact.case_number,
            item_id=ItemId(row["item_id"]),
            decision_id=DecisionId(fact.decision_id),
            reason_code=standing.withheld.reason_code,
            basis=LegalBasis(law=standing.withheld.rule, article=standing.withheld.source),
            decided_by=f"rule:{standing.withheld.rule}",
        )
        return [Outgoing(withheld, cause_of(fact), name)]
    return []
