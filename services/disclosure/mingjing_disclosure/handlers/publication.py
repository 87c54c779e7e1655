"""Decisions come in; what must be public, and by when, follows from the facts that hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from mingjing_disclosure.store import item as store
from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.original import sealed_prose
from mingjing_disclosure.store.party import keep_identities, sealed_parties
from mingjing_disclosure.tables import DECISION_FACTS
from mingjing_shared.clock import legal_now
from mingjing_shared.events.disclosure import DisclosureOverdue
from mingjing_shared.events.values import CaseNumber, DecisionId, ItemId
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_first_facts, cause_of, fact_row
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import key_and_term
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade
    from mingjing_shared.messaging.clocks import Clock
    from mingjing_shared.messaging.received import Received


async def schedule_publications(
    received: Sequence[Received[DecisionMade]], tx: Transaction
) -> None:
    """Put decisions on the publication list, each with its legal deadline.

    Runs in the worker's transaction: inbox rows, list entries and outgoing events commit
    together or not at all, so a redelivered decision changes nothing. A decision whose case is
    not known waits; one to which no rule applies is listed without a clock, with the reason.
    """
    taken = await without_classified(received, tx)
    rows = [_fact(item, tx) for item in taken]
    await keep_identities(
        tx, [(item, item.event.case_number, item.event.parties) for item in taken]
    )
    certain, doubtful = await add_first_facts(tx, DECISION_FACTS, "decision_id", rows)
    await derive_items(tx, doubtful, certain)


def _fact(item: Received[DecisionMade], tx: Transaction) -> dict[str, Any]:
    event = item.event
    return {
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
        "effective_on": event.effective_on,
        "approved_by": event.approved_by,
        "basis": msgspec.to_builtins(event.basis),
        "outcome": msgspec.to_builtins(event.outcome),
        "personal": sealed_prose(tx, item.envelope.identity, text=event.text, facts=event.facts),
    }


async def mark_overdue_items(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The last day passed while the item was not public: say so once."""
    late = await store.mark_overdue(tx, _terms(clocks), legal_now())
    facts = await store.decisions_that_hold(tx, [item.decision_id for item in late])
    outbox.add(
        tx,
        [
            Outgoing(
                DisclosureOverdue(
                    item_id=ItemId(item.item_id),
                    case_number=CaseNumber(item.case_number),
                    decision_id=DecisionId(item.decision_id),
                    due_on=item.due_on,
                ),
                cause_of(facts[item.decision_id]),
                item.due_on.isoformat(),
            )
            for item in late
        ],
    )


async def mark_late_withdrawals(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The day for withdrawing passed while the item was still public."""
    await store.mark_late_withdrawals(tx, _terms(clocks), legal_now())


def _terms(clocks: Sequence[Clock]) -> list[tuple[str, date]]:
    terms = [key_and_term(clock.subject) for clock in clocks]
    return [(name, date.fromisoformat(day)) for name, day in terms]
