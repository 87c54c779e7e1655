"""Items as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from mingjing_disclosure.store.page import ListedItem, counts_by_state, newest_items
from mingjing_shared.database import Database

State = Literal["overdue", "due", "waiting_case", "no_clock", "withheld"]


@dataclass(frozen=True)
class ItemList:
    """Up to 50 items, newest decision first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    items: Sequence[ListedItem]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the plain list shows, for machines."""
    router = APIRouter(prefix="/disclosure/api", tags=["items"])

    @router.get("/items", summary="公示事项")
    async def items(state: State | None = None, after: str | None = None) -> ItemList:
        page = await newest_items(database, state, after)
        return ItemList(await counts_by_state(database), page.rows, page.next)

    return router
