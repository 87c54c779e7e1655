"""The front page for citizens: one big search, what is here, how well it is kept."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Row
from starlette.responses import PlainTextResponse

from mingjing_portal.pages.answer import READ, Face
from mingjing_portal.pages.words import KINDS
from mingjing_portal.store.item import counts, head, newest_items
from mingjing_shared.database import Database
from mingjing_shared.web.lists import word_of


def routes(face: Face, database: Database) -> APIRouter:
    """The front page."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/", methods=READ)
    async def front(request: Request) -> Response:
        rows = [
            {"item": item, "kind": word_of(item.kind, KINDS).name}
            for item in await newest_items(database)
        ]
        found = await counts(database)
        return face.answer(
            request,
            "front.html",
            rows=rows,
            kinds=[
                {"code": row.kind, "name": word_of(row.kind, KINDS).name, "count": row.published}
                for row in found
                if row.published
            ],
            figures=_figures(found),
        )

    return router


def progress(database: Database) -> APIRouter:
    """Which bundle was taken last: by it the inside sees that this copy was set back."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/bundle", methods=READ)
    async def taken() -> Response:
        number, _digest = await head(database)
        return PlainTextResponse(str(number), headers={"Cache-Control": "no-store"})

    return router


def _figures(found: Sequence[Row[Any]]) -> dict[str, Any]:
    """The figures of quality; no share of nothing."""
    published = sum(row.published for row in found)
    on_time = sum(row.on_time for row in found)
    return {
        "published": published,
        "share": f"{on_time / published:.1%}" if published else "—",
        "corrected": sum(row.corrected for row in found),
        "withdrawn": sum(row.withdrawn for row in found),
    }
