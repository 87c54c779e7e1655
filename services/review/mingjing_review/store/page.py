"""Decisions and their review as a list shows them. Nothing of parties or of what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - FastAPI reads them at run time
from typing import TYPE_CHECKING, Any

from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from mingjing_shared.database import Database

# The index reviews_newest is on this very expression.
_AT = (
    "COALESCE(proposed_at, CAST(made_on AS timestamp) AT TIME ZONE 'Asia/Shanghai',"
    " TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00')"
)


@dataclass(frozen=True)
class ListedReview:
    """A decision in a list, with where it stands and why."""

    review_id: str
    decision_id: str
    case_number: str
    unit: str
    kind: str
    state: str
    how: str | None
    says: str
    proposed_at: datetime | None
    decide_by: date | None
    provisional: bool
    made_on: date | None
    document_number: str | None
    mode: str


async def newest_reviews(
    database: Database, state: str | None, after: str | None
) -> Page[ListedReview]:
    """The decisions in a state (or all), proposed last first, after the mark.

    One that was never proposed stands at the day it was made.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    conditions = ["true"]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_moment(after)) is not None:
        conditions.append(f"({_AT}, decision_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await database.all(
        "SELECT review_id, decision_id, case_number, unit, kind, state, how, says, proposed_at,"  # noqa: S608 - our own conditions
        f" decide_by, provisional, made_on, document_number, mode, {_AT} AS at"
        f" FROM reviews WHERE {' AND '.join(conditions)}"
        f" ORDER BY {_AT} DESC, decision_id DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.at.isoformat(), row.decision_id))
    return Page([ListedReview(*row[:-1]) for row in page.rows], page.next)


async def counts_by_state(database: Database) -> dict[str, int]:
    """How many decisions stand in each state; synthetic and replayed ones are no figures."""
    rows = await database.all(
        "SELECT state, count(*) AS decisions FROM reviews"
        " WHERE mode NOT IN ('synthetic', 'replay') GROUP BY 1"
    )
    return {row.state: row.decisions for row in rows}
