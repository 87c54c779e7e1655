"""How many stand in each state, of what is within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.store.reach import rows_within
from mingjing_shared.web.counting import counted, in_states

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach


async def counts_by_state(
    database: Database, table: str, states: Iterable[str], reach: Reach
) -> dict[str, int]:
    """How many rows of a table are in each state, up to ``COUNTED_MAX`` each; none is left out."""
    return await counted(database, table, in_states(states), rows_within(reach, table))
