"""One public item, or the tombstone at its address; lists of them."""

from typing import Any

from fastapi import APIRouter, Request, Response

from mingjing_portal.pages.answer import READ, Face
from mingjing_portal.pages.log import standing
from mingjing_portal.pages.words import KINDS
from mingjing_portal.rules.showing import paragraphs
from mingjing_portal.store.item import item_of, listed_items, withdrawn_items
from mingjing_shared.database import Database
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.paging import Page
from mingjing_shared.web.problems import NotFound

GONE = 410


def routes(face: Face, database: Database) -> APIRouter:
    """Everything that a citizen reads."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/items/{item_id}", methods=READ)
    async def item(request: Request, item_id: str) -> Response:
        found = await item_of(database, item_id)
        if found is None:
            raise NotFound("没有这件公示内容。", "请检查地址，或从首页搜索。")
        if found.withdrawn_at is not None:
            kind = word_of(found.kind, KINDS).name
            return face.answer(request, "withdrawn.html", status=GONE, item=found, kind=kind)
        return face.answer(
            request,
            "item.html",
            item=found,
            kind=word_of(found.kind, KINDS).name,
            lines=paragraphs(found.text or "", found.masked or ()),
            log=await standing(database, item_id),
            late=found.due_on is not None and found.published_on > found.due_on,
        )

    @router.api_route("/list", methods=READ)
    async def listed(
        request: Request, kind: str | None = None, after: str | None = None
    ) -> Response:
        if kind is not None and kind not in KINDS:
            names = "、".join(word.name for word in KINDS.values())
            raise InvalidInput("没有所要的类别。", f"类别有：{names}。")
        page = await listed_items(database, after, kind=kind)
        heading = "全部公开" if kind is None else KINDS[kind].name
        return face.answer(request, "list.html", heading=heading, kind=kind, **rows_of(page, after))

    @router.api_route("/withdrawn", methods=READ)
    async def withdrawn(request: Request, after: str | None = None) -> Response:
        page = await withdrawn_items(database, after)
        return face.answer(request, "withdrawn_list.html", **rows_of(page, after))

    return router


def rows_of(page: Page[Any], after: str | None) -> dict[str, Any]:
    """A page of items for a template, and where it began."""
    rows = [{"item": item, "kind": word_of(item.kind, KINDS).name} for item in page.rows]
    return {"rows": rows, "next": page.next, "after": after}
