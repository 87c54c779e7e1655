"""Cases: what is known of them decides whether and when their decisions are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_disclosure.store import item as store
from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.fact import forget_classified, forget_work
from mingjing_disclosure.store.party import keep_identities, sealed_parties
from mingjing_disclosure.tables import (
    CASE_NOTES,
    DECISION_FACTS,
    ENDED_FACTS,
    REMEDY_FACTS,
    SERVED_FACTS,
    UNDONE_FACTS,
)
from mingjing_shared.facts.cases import note_cases, note_ended
from mingjing_shared.facts.store import add_facts, fact_row, forget_cases
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseAccepted, EnforcementEnded
    from mingjing_shared.messaging.received import Received


_OF_DECISIONS = (DECISION_FACTS, SERVED_FACTS, UNDONE_FACTS, REMEDY_FACTS, ENDED_FACTS)


async def note_accepted_cases(received: Sequence[Received[CaseAccepted]], tx: Transaction) -> None:
    """Know the cases, and place the decisions that were waiting for them."""
    touched = await note_cases(
        received,
        tx,
        lambda item, tx: sealed_parties(tx, item, item.event.case_number, item.event.parties),
    )
    await add_facts(tx, CASE_NOTES, "case_key", [_note(item) for item in received])
    await keep_identities(
        tx, [(item, item.event.case_number, item.event.parties) for item in received]
    )
    secret = [case_key(item.event.case_number) for item in received if item.event.classified]
    waiting = await store.decisions_of_cases(tx, touched)
    forgotten = await store.decisions_of_cases(tx, secret)
    for table in _OF_DECISIONS if secret else ():
        await forget_cases(tx, table, secret)
    await forget_classified(tx, touched)
    if forgotten:
        await tx.lock(f"decision/{decision_id}" for decision_id in waiting)  # all, as they sort
        await forget_work(tx, forgotten)
    await derive_items(tx, waiting)


def _note(item: Received[CaseAccepted]) -> dict[str, Any]:
    event = item.event
    known = not event.classified
    return {
        **fact_row(item),
        "cause": event.cause.name if known and event.cause else None,
        "handlers": list(event.handlers) if known else [],
        "sensitive": sorted(event.sensitive or ()) if known else [],
    }


async def note_ended_cases(received: Sequence[Received[EnforcementEnded]], tx: Transaction) -> None:
    """Remember that a case's enforcement ended."""
    await note_ended(received, tx, ENDED_FACTS)
