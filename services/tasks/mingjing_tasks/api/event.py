"""Events and timelines as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from mingjing_shared.database import Database
from mingjing_shared.web.problems import NotFound
from mingjing_tasks.store.page import ListedEvent, case_of, events_of_case, newest_events


@dataclass(frozen=True)
class EventList:
    """Up to 50 events, newest first; ``next`` is the ``after`` of the following ones."""

    events: Sequence[ListedEvent]
    next: str | None


@dataclass(frozen=True)
class Timeline:
    """What happened in one case, in the order of the world."""

    case_ref: str
    case_key: str
    events: Sequence[ListedEvent]


def routes(database: Database) -> APIRouter:
    """What the plain lists show, for machines."""
    router = APIRouter(prefix="/tasks/api", tags=["events"])

    @router.get("/events", summary="最新事件")
    async def events(after: str | None = None) -> EventList:
        page = await newest_events(database, after)
        return EventList(page.rows, page.next)

    @router.get("/cases/{case_ref}", summary="案件时间线")
    async def case(case_ref: str) -> Timeline:
        found = await case_of(database, case_ref)
        if found is None:
            raise NotFound("没有这个案件的时间线。", "案件可能尚未受案，或地址不完整。")
        return Timeline(case_ref, found[0], await events_of_case(database, found[0]))

    return router
