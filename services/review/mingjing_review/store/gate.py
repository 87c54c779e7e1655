"""What the gate answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.tables import GATE_ANSWERS
from mingjing_shared.clock import machine_now

if TYPE_CHECKING:
    from mingjing_shared.database import Transaction


async def note_answer(tx: Transaction, **answer: Any) -> None:
    """Keep an answer, in the transaction that gives it."""
    await tx.insert(GATE_ANSWERS, [{"at": machine_now(), **answer}])
