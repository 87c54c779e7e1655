"""What waits for an officer: warnings that stand and that nobody has explained yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_tasks.store.page import ListedWarning, listed_warning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

ROWS_MAX = 20
_UNEXPLAINED = (
    "state = 'raised' AND mode = 'live' AND NOT EXISTS (SELECT FROM warning_acts AS a"
    " WHERE a.warning_id = w.warning_id AND a.about = w.caused_by AND a.what = 'explained')"
)
_EXPLAINED = (
    "state = 'raised' AND mode = 'live' AND EXISTS (SELECT FROM warning_acts AS a"
    " WHERE a.warning_id = w.warning_id AND a.about = w.caused_by AND a.what = 'explained'"
    " AND a.officer <> :me)"
)


async def waiting_warnings(
    source: Database | Transaction, reaches: Mapping[str, Reach]
) -> Sequence[ListedWarning]:
    """The warnings addressed to these roles within their reach, the oldest day first."""
    found: list[ListedWarning] = []
    for role, reach in sorted(reaches.items()):
        condition, values = reach.condition("owner_unit", case="case_key")
        rows = await source.all(
            f"SELECT w.* FROM warnings AS w WHERE {_UNEXPLAINED} AND owner_role = :role"  # noqa: S608 - our own conditions
            f" AND {condition} ORDER BY due_on, since, warning_id LIMIT :limit",
            role=role,
            limit=ROWS_MAX,
            **values,
        )
        found += [listed_warning(row, source) for row in rows]
    return found


async def count_waiting(
    source: Database | Transaction, reaches: Mapping[str, Reach], counted_max: int
) -> int:
    """How many such warnings there are, up to a limit for each role."""
    found = 0
    for role, reach in sorted(reaches.items()):
        condition, values = reach.condition("owner_unit", case="case_key")
        rows = await source.all(
            f"SELECT count(*) AS waiting FROM (SELECT FROM warnings AS w WHERE {_UNEXPLAINED}"  # noqa: S608 - our own conditions
            f" AND owner_role = :role AND {condition} LIMIT :limit) AS few",
            role=role,
            limit=counted_max,
            **values,
        )
        found += int(rows[0].waiting)
    return found


async def explained_warnings(source: Database | Transaction, me: str) -> Sequence[ListedWarning]:
    """The warnings that were explained, not by me, and wait to be closed or cleared."""
    rows = await source.all(
        f"SELECT w.* FROM warnings AS w WHERE {_EXPLAINED} AND kind = 'decision_without_review'"  # noqa: S608 - our own conditions
        " ORDER BY since, warning_id LIMIT :limit",
        me=me,
        limit=ROWS_MAX,
    )
    return [listed_warning(row, source) for row in rows]
