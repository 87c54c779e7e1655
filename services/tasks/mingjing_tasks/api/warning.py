"""Warnings as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request

from mingjing_shared.database import Database
from mingjing_shared.web.desk import at_desk
from mingjing_tasks.acts.reach import reach_of
from mingjing_tasks.store.page import ListedWarning, newest_warnings, warnings_by_state

State = Literal["raised", "closed", "cleared"]


@dataclass(frozen=True)
class WarningList:
    """Up to 50 warnings, newest first; ``next`` is the ``after`` of the following ones.

    ``counts`` go up to 1,000 a state: that many means that many or more.
    """

    counts: dict[str, int]
    warnings: Sequence[ListedWarning]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the list shows, for machines; by the rights of the signed-in officer."""
    router = APIRouter(prefix="/tasks/api", tags=["warnings"])

    @router.get("/warnings", summary="预警")
    async def warnings(
        request: Request, state: State | None = None, after: str | None = None
    ) -> WarningList:
        async with at_desk(request, database) as desk:
            reach = await reach_of(desk, "tasks.warnings")
            page = await newest_warnings(desk.tx, state, after, reach=reach)
            counts = await warnings_by_state(desk.tx, reach)
        return WarningList(counts, page.rows, page.next)

    return router
