"""A fact came in: the reviews it touches are settled, and what others must know is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.handlers.announcement import announcements, in_order
from mingjing_review.store.party import parties_by_reference
from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.store.standing import settle_reviews
from mingjing_shared.facts.store import fact_row
from mingjing_shared.messaging import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade, DecisionProposed
    from mingjing_shared.messaging.received import Received


def text_row(
    received: Received[DecisionProposed] | Received[DecisionMade], tx: Transaction
) -> dict[str, Any]:
    """The columns that proposals and decisions have alike."""
    event = received.event
    return {
        **fact_row(received),
        "decision_id": event.decision_id,
        "kind": event.kind,
        "unit": event.unit,
        "basis": msgspec.to_builtins(event.basis),
        "outcome": msgspec.to_builtins(event.outcome),
        "parties": parties_by_reference(tx, event.case_number, event.parties) or None,
    }


async def derive_reviews(tx: Transaction, decision_ids: Iterable[str]) -> None:
    """Bring the reviews of these decisions to where the facts that hold put them.

    What others were told before and is no longer so is told anew.
    """
    wanted = set(decision_ids)
    changes = await settle_reviews(tx, wanted)
    await settle_terms(tx, decisions=wanted)
    outbox.add(tx, in_order([item for change in changes for item in announcements(change)]))
