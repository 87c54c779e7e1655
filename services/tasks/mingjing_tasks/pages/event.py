"""最新事件: what happened last, over all cases."""

from fastapi import APIRouter, Request, Response

from mingjing_shared.database import Database
from mingjing_shared.directory.tree import UnitTree
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import may_see
from mingjing_tasks.pages.words import MODES, label_of, said, source_of, unit_codes
from mingjing_tasks.store.page import ListedEvent, newest_events


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list of events, the newest on top."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/events")
    async def events(request: Request, after: str | None = None) -> Response:
        async with at_desk(request, database) as desk:
            await may_see(desk, "tasks.events")
            page = await newest_events(desk.tx, after)
            tree = await desk.tree()
        return shell.page(
            request,
            "events.html",
            after=after,
            next=page.next,
            rows=[shown(event, tree) for event in page.rows],
        )

    return router


def shown(event: ListedEvent, tree: UnitTree) -> dict[str, object]:
    """An event in words; units by their names, with their codes beside."""
    return {
        "event": event,
        "label": label_of(event.type),
        "source": source_of(event.source),
        "said": said(event.type, event.codes, tree.name_of),
        "codes": unit_codes(event.codes, tree.name_of),
        "mode": None if event.mode == "live" else word_of(event.mode, MODES).name,
    }
