"""Items as lists show them: numbers, kinds, days, states. Nothing of the parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - FastAPI reads it at run time
from typing import TYPE_CHECKING, Any

from mingjing_shared.web.paging import PAGE_SIZE, Page, after_day, page_of

if TYPE_CHECKING:
    from mingjing_shared.database import Database

_STATE = "CASE WHEN state = 'due' AND overdue_at IS NOT NULL THEN 'overdue' ELSE state END"


@dataclass(frozen=True)
class ListedItem:
    """An item in a list. ``says`` explains its day; why one is withheld is not told here."""

    item_id: str
    decision_id: str
    case_number: str
    document_number: str
    kind: str
    made_on: date
    unit: str
    state: str
    due_on: date | None
    provisional: bool
    says: str | None
    mode: str


async def newest_items(
    database: Database, state: str | None, after: str | None
) -> Page[ListedItem]:
    """The items in a state (or all), newest decision first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    conditions = ["true"]
    if state is not None:
        conditions.append(f"{_STATE} = :state")
        wanted["state"] = state
    if (place := after_day(after)) is not None:
        conditions.append("(made_on, decision_id) < (:day, :id)")
        wanted["day"], wanted["id"] = place
    rows = await database.all(
        "SELECT item_id, decision_id, case_number, document_number, kind, made_on, unit,"  # noqa: S608 - our own conditions
        f" {_STATE} AS state, due_on, provisional,"
        " CASE WHEN state <> 'withheld' THEN says END AS says, mode"
        f" FROM items WHERE {' AND '.join(conditions)}"
        " ORDER BY made_on DESC, decision_id DESC LIMIT :limit",
        **wanted,
    )
    items = [ListedItem(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way
    return page_of(items, lambda item: (item.made_on.isoformat(), item.decision_id))


async def counts_by_state(database: Database) -> dict[str, int]:
    """How many items stand in each state; synthetic and replayed ones are no figures."""
    rows = await database.all(
        f"SELECT {_STATE} AS state, count(*) AS count FROM items"  # noqa: S608 - our own expression
        " WHERE mode NOT IN ('synthetic', 'replay') GROUP BY 1"
    )
    return {row.state: row._mapping["count"] for row in rows}  # noqa: SLF001 - as above
