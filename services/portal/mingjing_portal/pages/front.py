"""The front page for citizens."""

import hashlib

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from mingjing_portal.pages.words import KINDS
from mingjing_portal.store.item import newest_items
from mingjing_shared.database import Database
from mingjing_shared.web.assets import ASK_AGAIN, is_held
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The front page; the same content has the same ``ETag``, so that caches ask cheaply."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/", methods=["GET", "HEAD"])
    async def front(request: Request) -> Response:
        rows = [
            {"item": item, "kind": word_of(item.kind, KINDS).name}
            for item in await newest_items(database)
        ]
        text = shell.text("front.html", rows=rows)
        headers = {"ETag": etag_of(text), "Cache-Control": ASK_AGAIN}
        if is_held(headers["ETag"], request):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(text, headers=headers)

    return router


def etag_of(text: str) -> str:
    """The name of a page's content."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
