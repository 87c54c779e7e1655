"""How many stand in each state, counted only as far as it is cheap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_shared.database import Database, Transaction

COUNTED_MAX = 1000  # what is more is "1,000 and more": nobody reads it more exactly
OF_FIGURES = "mode NOT IN ('synthetic', 'replay')"
"""What figures and duties are of, as a condition on a column ``mode``."""


async def counted(
    source: Database | Transaction,
    table: str,
    conditions: Mapping[str, str],
    within: tuple[str, Mapping[str, object]],
    most: int = COUNTED_MAX,
) -> dict[str, int]:
    """How many rows of a table meet each condition, up to ``most``; what none meets is left out.

    Synthetic and replayed ones are no figures. Counting stops where more would tell nobody
    more: it costs the same for any number of rows. ``within`` is a condition that all must meet,
    with its values (``Reach.condition``).
    """
    condition, values = within
    parts = [
        f"SELECT '{name}' AS name, (SELECT count(*) FROM (SELECT FROM {table}"  # noqa: S608 - our own words
        f" WHERE {wanted} AND {OF_FIGURES} AND {condition} LIMIT :most) AS few) AS found"
        for name, wanted in conditions.items()
    ]
    rows = await source.all(" UNION ALL ".join(parts), most=most, **values)
    return {row.name: row.found for row in rows if row.found}


def in_states(states: Iterable[str]) -> dict[str, str]:
    """A condition for each of these states of ours."""
    return {state: f"state = '{state}'" for state in states}
