"""Acts and their records, for lists and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mingjing_recording.store.reach import rows_within
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach

_LISTED = (
    "r.action_id, r.case_number, a.kind, a.place_kind, a.started_at, a.ended_at, r.level, a.says,"
    " r.state, r.covered, r.required_seconds, r.covered_seconds, r.lacking_minutes, r.gap_kind,"
    " r.gap_effect, r.is_late, r.upload_due_at,"
    " a.footage_due_passed_at IS NOT NULL AS upload_due_passed, r.mode"
)


@dataclass(frozen=True)
class ListedAction:
    """An act in a list. ``says`` explains what must be recorded of it."""

    action_id: str
    case_number: str
    kind: str
    place_kind: str
    started_at: datetime
    ended_at: datetime
    level: str
    says: str
    state: str
    covered: list[list[str]]
    required_seconds: int
    covered_seconds: int
    lacking_minutes: int | None
    gap_kind: str | None
    gap_effect: str | None
    is_late: bool
    upload_due_at: datetime | None
    upload_due_passed: bool
    mode: str


async def newest_actions(
    database: Database,
    reach: Reach,
    *,
    state: str | None = None,
    level: str | None = None,
    after: str | None = None,
) -> Page[ListedAction]:
    """The acts in a state and of a level (or all), the one that began last first.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = rows_within(reach, "r")
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1, **values}
    conditions = [within]
    for name, value in (("state", state), ("level", level)):
        if value is not None:
            conditions.append(f"r.{name} = :{name}")
            wanted[name] = value
    if (place := after_moment(after)) is not None:
        conditions.append("(r.started_at, r.action_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await database.all(
        f"SELECT {_LISTED} FROM records AS r JOIN actions AS a USING (action_id)"  # noqa: S608 - our own conditions
        f" WHERE {' AND '.join(conditions)}"
        " ORDER BY r.started_at DESC, r.action_id DESC LIMIT :limit",
        **wanted,
    )
    actions = [ListedAction(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way
    return page_of(actions, lambda action: (action.started_at.isoformat(), action.action_id))


async def action_of(database: Database, action_id: str) -> Row[Any] | None:
    """One act with its record; nothing when it is not known."""
    rows = await database.all(
        f"SELECT {_LISTED}, r.case_key, r.unit, r.people, r.gap_minutes, r.gap_explained, a.basis"  # noqa: S608 - our own columns
        " FROM records AS r JOIN actions AS a USING (action_id) WHERE action_id = :id",
        id=action_id,
    )
    return rows[0] if rows else None


async def actions_of_case(database: Database, case_key: str) -> list[ListedAction]:
    """The acts of a case, oldest first."""
    rows = await database.all(
        f"SELECT {_LISTED} FROM records AS r JOIN actions AS a USING (action_id)"  # noqa: S608 - our own columns
        " WHERE r.case_key = :key ORDER BY r.started_at, r.action_id LIMIT 500",
        key=case_key,
    )
    return [ListedAction(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way


async def officers_of_action(database: Database, action_id: str) -> list[str]:
    """The police numbers of those who acted, as the newest fact says."""
    rows = await database.all(
        "SELECT officers FROM action_facts AS f WHERE action_id = :id AND NOT EXISTS"
        " (SELECT FROM action_facts AS c WHERE c.corrects IS NOT NULL"
        " AND c.source = f.source AND c.corrects = f.event_id)"
        " ORDER BY happened_at DESC, event_id DESC, source DESC LIMIT 1",
        id=action_id,
    )
    return list(rows[0].officers) if rows else []


async def footage_that_may_show(
    database: Database, action: Row[Any], officers: Sequence[str]
) -> Sequence[Row[Any]]:
    """Recordings of these officers with time in common with an act, not linked to it."""
    return await database.all(
        "SELECT f.*, extract(epoch FROM least(f.ended_at, :end)"
        " - greatest(f.started_at, :start))::int AS common_seconds"
        " FROM footage AS f WHERE f.officer = ANY(CAST(:officers AS text[]))"
        " AND f.started_at < :end AND f.ended_at > :start AND f.started_at > :earliest"
        " AND NOT EXISTS (SELECT FROM footage_links AS l"
        " WHERE l.footage_id = f.footage_id AND l.action_id = :id)"
        " ORDER BY common_seconds DESC, f.footage_id LIMIT 10",
        officers=list(officers),
        start=action.started_at,
        end=action.ended_at,
        earliest=action.started_at - _LONGEST,
        id=action.action_id,
    )


_LONGEST = timedelta(days=2)  # no recording is longer
