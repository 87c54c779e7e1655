"""Acts as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from mingjing_recording.store.page import ListedAction, actions_by_level, newest_actions
from mingjing_shared.database import Database

Level = Literal["full", "as_needed", "nothing"]


@dataclass(frozen=True)
class ActionList:
    """Up to 50 acts, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    actions: Sequence[ListedAction]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the plain list shows, for machines."""
    router = APIRouter(prefix="/recording/api", tags=["actions"])

    @router.get("/actions", summary="执法行为")
    async def actions(level: Level | None = None, after: str | None = None) -> ActionList:
        page = await newest_actions(database, level, after)
        return ActionList(await actions_by_level(database), page.rows, page.next)

    return router
