"""Cases: without them no text can be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.handlers.review import derive_reviews
from mingjing_review.store.adviser import forget_engagements
from mingjing_review.store.assignment import forget_assignments
from mingjing_review.store.clearance import forget_clearances
from mingjing_review.store.fact import decisions_of_cases
from mingjing_review.store.finding import forget_findings, settle_findings
from mingjing_review.store.limit import forget_terms
from mingjing_review.store.paper import forget_papers
from mingjing_review.store.party import parties_by_reference
from mingjing_review.store.people import forget_details
from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.store.step import forget_steps
from mingjing_review.store.told import cases_beside, forget_told, keep_told
from mingjing_review.store.words import forget_words
from mingjing_review.tables import (
    CASE_DETAILS,
    DECISION_FACTS,
    ENDED_FACTS,
    GAP_FACTS,
    PROPOSAL_FACTS,
    TRANSFERRED_FACTS,
)
from mingjing_shared.facts.cases import note_cases, note_ended, of_open_cases
from mingjing_shared.facts.store import fact_row, forget_cases
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseAccepted, EnforcementEnded
    from mingjing_shared.messaging.received import Received


_OF_CASES = (PROPOSAL_FACTS, DECISION_FACTS, ENDED_FACTS, GAP_FACTS, TRANSFERRED_FACTS)


async def note_accepted_cases(received: Sequence[Received[CaseAccepted]], tx: Transaction) -> None:
    """Know the cases, and judge what was waiting for them.

    Of a case that turns out to be classified nothing is kept but the count of its events.
    """
    touched = await note_cases(received, tx, _parties)
    seen = await keep_told(await of_open_cases(received, tx), tx)
    await tx.insert(CASE_DETAILS, [_details(item) for item in received if _is_open(item)])
    await forget_details(tx, sorted(touched))
    waiting = await decisions_of_cases(tx, touched)
    secret = [case_key(item.event.case_number) for item in received if item.event.classified]
    if secret:
        forgotten = await decisions_of_cases(tx, secret)
        for table in _OF_CASES:
            await forget_cases(tx, table, secret)
        await forget_words(tx, secret)
        await forget_steps(tx, secret)
        await forget_papers(tx, secret)
        await forget_assignments(tx, secret)
        await forget_engagements(tx, secret)
        await forget_clearances(tx, forgotten)
        seen |= await cases_beside(tx, secret)
        await forget_told(tx, secret)
        await forget_findings(tx, secret)
        await forget_terms(tx, secret)
    await settle_findings(tx, seen | touched)
    await derive_reviews(tx, waiting)
    await settle_terms(tx, cases=touched)


async def note_ended_cases(received: Sequence[Received[EnforcementEnded]], tx: Transaction) -> None:
    """Remember that a case's enforcement ended."""
    await settle_terms(tx, cases=await note_ended(received, tx, ENDED_FACTS))
    await settle_findings(tx, await keep_told(await of_open_cases(received, tx), tx))


def _is_open(received: Received[CaseAccepted]) -> bool:
    return not received.event.classified


def _details(received: Received[CaseAccepted]) -> dict[str, Any]:
    event = received.event
    return {
        **fact_row(received),
        "handlers": sorted(set(event.handlers)),
        "cause": event.cause.name if event.cause else None,
    }


def _parties(received: Received[CaseAccepted], tx: Transaction) -> list[dict[str, Any]]:
    event = received.event
    return parties_by_reference(tx, event.case_number, event.parties)
