"""The timeline: what happened in a case, in the order of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction


async def add_entries(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write entries."""
    await tx.insert(TIMELINE, rows)
