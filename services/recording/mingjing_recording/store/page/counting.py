"""How many stand in each state, counted only as far as it is cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.store.reach import rows_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach

COUNT_MAX = 1000  # what is more is "1,000 and more": nobody reads it more exactly
_FIGURES = "mode NOT IN ('synthetic', 'replay')"


async def counts_by_state(
    database: Database, table: str, states: Iterable[str], reach: Reach
) -> dict[str, int]:
    """How many rows of a table are in each state, up to ``COUNT_MAX`` each.

    Synthetic and replayed ones are no figures.
    """
    within, values = rows_within(reach, table)
    known = list(states)
    parts = [
        f"SELECT :state_{place} AS state, count(*) AS found FROM (SELECT FROM {table}"  # noqa: S608 - our own names
        f" WHERE state = :state_{place} AND {_FIGURES} AND {within} LIMIT {COUNT_MAX}) AS t{place}"
        for place, _ in enumerate(known)
    ]
    rows = await database.all(
        " UNION ALL ".join(parts),
        **{f"state_{place}": state for place, state in enumerate(known)},
        **values,
    )
    return {row.state: row.found for row in rows}
