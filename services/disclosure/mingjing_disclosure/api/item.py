"""Items as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request

from mingjing_disclosure.store.page import ListedItem, counts_by_state, listed_items
from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.reach import reach_of

State = Literal[
    "to_mask",
    "to_check",
    "to_approve",
    "publishing",
    "published",
    "withheld",
    "corrected",
    "withdrawing",
    "withdrawn",
    "waiting_case",
    "no_clock",
]


@dataclass(frozen=True)
class ItemList:
    """Up to 50 items within the officer's reach; ``next`` is the ``after`` of the following ones.

    ``counts`` go up to one more than 1000.
    """

    counts: dict[str, int]
    items: Sequence[ListedItem]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the lists show, for machines that act for a signed-in officer."""
    router = APIRouter(prefix="/disclosure/api", tags=["items"])

    @router.get("/items", summary="公示事项")
    async def items(
        request: Request, state: State | None = None, after: str | None = None
    ) -> ItemList:
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), "disclosure.see", tree)
        page = await listed_items(database, reach, state or "all", after)
        counts = await counts_by_state(database, reach, State.__args__)  # type: ignore[attr-defined]
        return ItemList(counts, page.rows, page.next)

    return router
