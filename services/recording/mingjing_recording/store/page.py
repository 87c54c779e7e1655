"""Acts and case files as lists show them: numbers, kinds, times, states. Nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - FastAPI reads them at run time
from typing import TYPE_CHECKING, Any

from mingjing_shared.web.paging import PAGE_SIZE, Page, after_day, after_moment, page_of

if TYPE_CHECKING:
    from mingjing_shared.database import Database

_LEVEL = "COALESCE(level, 'nothing')"
_FIGURES = "mode NOT IN ('synthetic', 'replay')"


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
    upload_due_at: datetime | None
    upload_due_passed: bool
    mode: str


@dataclass(frozen=True)
class ListedCasefile:
    """A case file in a list. ``says`` explains its days."""

    case_number: str
    ended_on: date
    reason: str
    state: str
    warn_on: date | None
    breach_on: date | None
    provisional: bool
    says: str
    mode: str


async def newest_actions(
    database: Database, level: str | None, after: str | None
) -> Page[ListedAction]:
    """The acts of a level (or all), the one that began last first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    conditions = ["true"]
    if level is not None:
        conditions.append(f"{_LEVEL} = :level")
        wanted["level"] = level
    if (place := after_moment(after)) is not None:
        conditions.append("(started_at, action_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await database.all(
        "SELECT action_id, case_number, kind, place_kind, started_at, ended_at,"  # noqa: S608 - our own conditions
        f" {_LEVEL} AS level, says, upload_due_at,"
        " footage_due_passed_at IS NOT NULL AS upload_due_passed, mode"
        f" FROM actions WHERE {' AND '.join(conditions)}"
        " ORDER BY started_at DESC, action_id DESC LIMIT :limit",
        **wanted,
    )
    actions = [ListedAction(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way
    return page_of(actions, lambda action: (action.started_at.isoformat(), action.action_id))


async def actions_by_level(database: Database) -> dict[str, int]:
    """How many acts there are of each level; synthetic and replayed ones are no figures."""
    rows = await database.all(
        f"SELECT {_LEVEL} AS level, count(*) AS acts FROM actions WHERE {_FIGURES} GROUP BY 1"  # noqa: S608 - our own expressions
    )
    return {row.level: row.acts for row in rows}


async def newest_casefiles(
    database: Database, state: str | None, after: str | None
) -> Page[ListedCasefile]:
    """The case files in a state (or all), the case that ended last first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    conditions = ["true"]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_day(after)) is not None:
        conditions.append("(ended_on, case_key) < (:day, :id)")
        wanted["day"], wanted["id"] = place
    rows = await database.all(
        "SELECT case_number, ended_on, reason, state, warn_on, breach_on, provisional, says, mode,"  # noqa: S608 - our own conditions
        f" case_key FROM casefiles WHERE {' AND '.join(conditions)}"
        " ORDER BY ended_on DESC, case_key DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.ended_on.isoformat(), row.case_key))
    return Page([ListedCasefile(*row[:-1]) for row in page.rows], page.next)


async def casefiles_by_state(database: Database) -> dict[str, int]:
    """How many case files stand in each state; synthetic and replayed ones are no figures."""
    rows = await database.all(
        f"SELECT state, count(*) AS files FROM casefiles WHERE {_FIGURES} GROUP BY 1"  # noqa: S608 - our own expression
    )
    return {row.state: row.files for row in rows}
