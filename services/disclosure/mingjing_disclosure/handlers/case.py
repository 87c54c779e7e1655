"""Cases: what is known of them decides whether and when their decisions are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.handlers.publication import derive_items
from mingjing_disclosure.store import item as store
from mingjing_disclosure.store.party import sealed_parties
from mingjing_disclosure.tables import DECISION_FACTS, ENDED_FACTS
from mingjing_shared.facts.cases import note_cases, without_classified
from mingjing_shared.facts.store import add_facts, fact_row, forget_cases
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseAccepted, EnforcementEnded
    from mingjing_shared.messaging.received import Received


async def note_accepted_cases(received: Sequence[Received[CaseAccepted]], tx: Transaction) -> None:
    """Know the cases, and place the decisions that were waiting for them."""
    touched = await note_cases(
        received,
        tx,
        lambda item, tx: sealed_parties(tx, item, item.event.case_number, item.event.parties),
    )
    secret = [case_key(item.event.case_number) for item in received if item.event.classified]
    waiting = await store.decisions_of_cases(tx, touched)
    if secret:
        await forget_cases(tx, DECISION_FACTS, secret)
        await forget_cases(tx, ENDED_FACTS, secret)
    await derive_items(tx, waiting)


async def note_ended_cases(received: Sequence[Received[EnforcementEnded]], tx: Transaction) -> None:
    """Remember that a case's enforcement ended."""
    rows = [
        {**fact_row(item), "ended_on": item.event.ended_on, "reason": item.event.reason}
        for item in await without_classified(received, tx)
    ]
    await add_facts(tx, ENDED_FACTS, "case_key", rows)
