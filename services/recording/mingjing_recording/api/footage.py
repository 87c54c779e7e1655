"""Recordings as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request

from mingjing_recording.store.page.counting import counts_by_state
from mingjing_recording.store.page.footage import ListedFootage, newest_footage
from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.reach import reach_of

State = Literal["unlinked", "linked", "archived"]


@dataclass(frozen=True)
class FootageList:
    """Up to 50 recordings, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    footage: Sequence[ListedFootage]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the list shows to the officer who asks, for machines."""
    router = APIRouter(prefix="/recording/api", tags=["footage"])

    @router.get("/footage", summary="音视频")
    async def footage(
        request: Request,
        state: State | None = None,
        held: bool | None = None,
        after: str | None = None,
    ) -> FootageList:
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), "recording.see", tree)
        page = await newest_footage(database, reach, state=state, held=held, after=after)
        counts = await counts_by_state(database, "footage", State.__args__, reach)  # type: ignore[attr-defined]
        return FootageList(counts, page.rows, page.next)

    return router
