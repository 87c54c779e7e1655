"""Events and timelines as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request

from mingjing_shared.audit.note import Subject
from mingjing_shared.database import Database
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.permissions import About
from mingjing_shared.web.problems import NotFound
from mingjing_tasks.acts.reach import may_see, see_case
from mingjing_tasks.store.case import case_by_ref
from mingjing_tasks.store.page import ListedEvent, events_of_case, newest_events


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
    """What the lists show, for machines; by the rights of the signed-in officer."""
    router = APIRouter(prefix="/tasks/api", tags=["events"])

    @router.get("/events", summary="最新事件")
    async def events(request: Request, after: str | None = None) -> EventList:
        async with at_desk(request, database) as desk:
            await may_see(desk, "tasks.events")
            page = await newest_events(desk.tx, after)
        return EventList(page.rows, page.next)

    @router.get("/cases/{case_ref}", summary="案件时间线")
    async def case(request: Request, case_ref: str) -> Timeline:
        async with at_desk(request, database) as desk:
            found: Any = await case_by_ref(desk.tx, case_ref)
            if found is None:
                raise NotFound("没有这个案件的时间线。", "案件可能尚未受案，或地址不完整。")
            about = About(unit=found.unit, handlers=frozenset(found.handlers))
            await see_case(desk, Subject("case", case_ref, found.case_number), about)
            return Timeline(case_ref, found.case_key, await events_of_case(desk.tx, found.case_key))

    return router
