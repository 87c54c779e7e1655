"""Warnings as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from mingjing_shared.database import Database
from mingjing_tasks.store.page import ListedWarning, newest_warnings, warnings_by_state

State = Literal["raised", "cleared"]


@dataclass(frozen=True)
class WarningList:
    """Up to 50 warnings, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    warnings: Sequence[ListedWarning]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the plain list shows, for machines."""
    router = APIRouter(prefix="/tasks/api", tags=["warnings"])

    @router.get("/warnings", summary="预警")
    async def warnings(state: State | None = None, after: str | None = None) -> WarningList:
        page = await newest_warnings(database, state, after)
        return WarningList(await warnings_by_state(database), page.rows, page.next)

    return router
