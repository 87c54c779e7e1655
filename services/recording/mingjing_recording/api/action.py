"""Acts as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request

from mingjing_recording.store.page.action import ListedAction, newest_actions
from mingjing_recording.store.page.counting import counts_by_state
from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.reach import reach_of

Level = Literal["full", "as_needed", "nothing"]
State = Literal["gap_open", "unlinked", "linked", "gap_explained", "archived", "nothing"]


@dataclass(frozen=True)
class ActionList:
    """Up to 50 acts, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    actions: Sequence[ListedAction]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the list shows to the officer who asks, for machines."""
    router = APIRouter(prefix="/recording/api", tags=["actions"])

    @router.get("/actions", summary="执法行为")
    async def actions(
        request: Request,
        state: State | None = None,
        level: Level | None = None,
        after: str | None = None,
    ) -> ActionList:
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), "recording.see", tree)
        page = await newest_actions(database, reach, state=state, level=level, after=after)
        counts = await counts_by_state(database, "records", State.__args__, reach)  # type: ignore[attr-defined]
        return ActionList(counts, page.rows, page.next)

    return router
