"""Recordings, for lists and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - FastAPI reads it at run time
from typing import TYPE_CHECKING, Any

from mingjing_recording.store.reach import rows_within
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach

_LISTED = (
    "f.footage_id, f.case_number, f.serial, f.started_at, f.ended_at, f.key_file, f.sha256,"
    " f.kept_at, f.differs, f.state, f.mode, b.media_type, b.size"
)
_FROM = " FROM footage AS f LEFT JOIN blobs AS b ON b.sha256 = f.sha256"


@dataclass(frozen=True)
class ListedFootage:
    """A recording in a list; nobody is named."""

    footage_id: str
    case_number: str | None
    serial: str | None
    started_at: datetime
    ended_at: datetime
    key_file: bool | None
    sha256: str | None
    kept_at: datetime | None
    differs: bool
    state: str
    mode: str
    media_type: str | None
    size: int | None


async def newest_footage(
    database: Database,
    reach: Reach,
    *,
    state: str | None = None,
    held: bool | None = None,
    after: str | None = None,
) -> Page[ListedFootage]:
    """The recordings in a state, with or without their file, the one that began last first.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = rows_within(reach, "f")
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1, **values}
    conditions = [within]
    if state is not None:
        conditions.append("f.state = :state")
        wanted["state"] = state
    if held is not None:
        conditions.append("f.sha256 IS NOT NULL" if held else "f.sha256 IS NULL")
    if (place := after_moment(after)) is not None:
        conditions.append("(f.started_at, f.footage_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await database.all(
        f"SELECT {_LISTED}{_FROM} WHERE {' AND '.join(conditions)}"
        " ORDER BY f.started_at DESC, f.footage_id DESC LIMIT :limit",
        **wanted,
    )
    found = [ListedFootage(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way
    return page_of(found, lambda one: (one.started_at.isoformat(), one.footage_id))


async def footage_of(database: Database, footage_id: str) -> Row[Any] | None:
    """One recording with what its file is; nothing when it is not known."""
    rows = await database.all(
        "SELECT f.*, b.media_type, b.size, b.duration_ms, b.tree_root, b.sealed_sha256,"
        f" b.locked_until, o.kept_by{_FROM}"
        " LEFT JOIN footage_files AS o ON o.footage_id = f.footage_id AND o.sha256 = f.sha256"
        " WHERE f.footage_id = :id",
        id=footage_id,
    )
    return rows[0] if rows else None


async def footage_of_case(database: Database, case_key: str) -> list[ListedFootage]:
    """The recordings of a case, oldest first."""
    rows = await database.all(
        f"SELECT {_LISTED}{_FROM} WHERE f.case_key = :key"
        " ORDER BY f.started_at, f.footage_id LIMIT 500",
        key=case_key,
    )
    return [ListedFootage(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way


async def acts_shown_by(database: Database, footage_id: str) -> Sequence[Row[Any]]:
    """The acts that a recording is linked to, and by whom."""
    return await database.all(
        "SELECT l.linked_by, a.action_id, a.case_number, a.kind, a.place_kind, a.started_at,"
        " a.ended_at, r.state FROM footage_links AS l JOIN actions AS a USING (action_id)"
        " JOIN records AS r USING (action_id) WHERE l.footage_id = :id"
        " ORDER BY a.started_at, a.action_id",
        id=footage_id,
    )


async def acts_it_may_show(
    database: Database, footage: Row[Any], officer: str
) -> Sequence[Row[Any]]:
    """Acts of the recording's officer with time in common with it, not linked to it."""
    return await database.all(
        "SELECT a.action_id, a.case_number, a.kind, a.place_kind, a.started_at, a.ended_at,"
        " r.state, r.unit, r.people, extract(epoch FROM least(a.ended_at, :end)"
        " - greatest(a.started_at, :start))::int AS common_seconds"
        " FROM records AS r JOIN actions AS a USING (action_id)"
        " WHERE r.people @> CAST(:officer AS jsonb)"
        " AND a.started_at < :end AND a.ended_at > :start"
        " AND NOT EXISTS (SELECT FROM footage_links AS l"
        " WHERE l.footage_id = :id AND l.action_id = a.action_id)"
        " ORDER BY common_seconds DESC, a.action_id LIMIT 10",
        officer=f'["{officer}"]',
        start=footage.started_at,
        end=footage.ended_at,
        id=footage.footage_id,
    )
