"""实时态势: what arrives now, from whom, about which unit, on to whom, and who is silent.

The page is whole without a script and can be reloaded; with one, it is told by server-sent
events, one connection a browser.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from mingjing_shared.database import Database
from mingjing_shared.directory.tree import UnitTree
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.reach import Reach
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import reach_of
from mingjing_tasks.pages.live_figures import picture_of
from mingjing_tasks.store.live_process import LiveProcess

EVERY_SECONDS = 2.0
RETRY_MS = 2000
SEE = "tasks.see_live"


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks on, as far as it matters: what of it may be seen, and the names of units."""

    reach: Reach
    tree: UnitTree


def routes(
    shell: Shell, database: Database, process: LiveProcess, stream_seconds: float
) -> APIRouter:
    """The page, and the stream that keeps it new."""
    router = APIRouter(include_in_schema=False)

    async def onlooker(request: Request) -> Onlooker:
        async with at_desk(request, database) as desk:
            return Onlooker(await reach_of(desk, SEE), await desk.tree())

    async def shown(who: Onlooker, publisher: str | None) -> dict[str, Any]:
        return picture_of(await process.figures(), who.reach, who.tree, publisher)

    @router.get("/tasks/live")
    async def page(request: Request, publisher: str | None = None) -> Response:
        who = await onlooker(request)
        return shell.page(request, "live.html", **await shown(who, publisher))

    @router.get("/tasks/live/stream")
    async def stream(request: Request, publisher: str | None = None) -> Response:
        who = await onlooker(request)

        async def told() -> AsyncIterator[str]:
            """What changed, until the time is over; then the browser asks again, and so do we."""
            loop = asyncio.get_running_loop()
            end, last = loop.time() + stream_seconds, ""
            yield f"retry: {RETRY_MS}\n\n"
            while loop.time() < end and not request.app.state.stopping.is_set():
                text = shell.text("live_figures.html", **await shown(who, publisher))
                yield _event(text) if text != last else ": nothing new\n\n"
                last = text
                await _pause(request.app.state.stopping, EVERY_SECONDS)

        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(told(), media_type="text/event-stream", headers=headers)

    return router


def _event(text: str) -> str:
    """A text as one server-sent event."""
    return "".join(f"data: {line}\n" for line in text.splitlines()) + "\n"


async def _pause(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
