"""Case files, for lists and the page of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - FastAPI reads it at run time
from typing import TYPE_CHECKING, Any

from mingjing_recording.store.reach import rows_within
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_day, page_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach

_LISTED = "case_number, ended_on, reason, state, warn_on, breach_on, provisional, says, mode"


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


async def newest_casefiles(
    database: Database, reach: Reach, *, state: str | None = None, after: str | None = None
) -> Page[ListedCasefile]:
    """The case files in a state (or all), the case that ended last first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = rows_within(reach, "casefiles")
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1, **values}
    conditions = [within]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_day(after)) is not None:
        conditions.append("(ended_on, case_key) < (:day, :id)")
        wanted["day"], wanted["id"] = place
    rows = await database.all(
        f"SELECT {_LISTED}, case_key FROM casefiles WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY ended_on DESC, case_key DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.ended_on.isoformat(), row.case_key))
    return Page([ListedCasefile(*row[:-1]) for row in page.rows], page.next)


async def casefile_of(database: Database, case_key: str) -> Row[Any] | None:
    """The file of one case, once its enforcement ended."""
    rows = await database.all("SELECT * FROM casefiles WHERE case_key = :key", key=case_key)
    return rows[0] if rows else None
