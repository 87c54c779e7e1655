"""Decisions made: each must be the text that was cleared, or one that needed no review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.handlers.review import derive_reviews, text_row
from mingjing_review.store.finding import settle_findings
from mingjing_review.store.told import keep_told
from mingjing_review.tables import DECISION_FACTS
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade
    from mingjing_shared.messaging.received import Received


async def compare_decisions(received: Sequence[Received[DecisionMade]], tx: Transaction) -> None:
    """Compare each decision with what was cleared; say where review was bypassed.

    The decision is a fact and stands, whatever is found. One whose case is not known waits.
    """
    stored = await without_classified(received, tx)
    await settle_findings(tx, await keep_told(stored, tx))
    rows = [
        {
            **text_row(item, tx),
            "document_number": item.event.document_number,
            "made_on": item.event.made_on,
        }
        for item in stored
    ]
    await derive_reviews(tx, await add_facts(tx, DECISION_FACTS, "decision_id", rows))
