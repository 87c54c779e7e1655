"""The public log, receipts out of it, and the page on which anybody checks one."""

import io
from typing import Any

import segno
from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_portal.pages.answer import READ, Face
from mingjing_portal.store.log import entry_of, item_with_hash
from mingjing_shared.database import Database
from mingjing_shared.trust.keys import KnownKeys
from mingjing_shared.trust.proving import receipt_for
from mingjing_shared.trust.receipt import SUFFIX
from mingjing_shared.trust.store import PUBLIC, newest
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.served_log import TEXT, log_routes

SHORT_SIGNS = 16
INK = "#000"


def log(database: Database, known: KnownKeys, origin: str, address: str) -> APIRouter:
    """The log itself, and receipts: the same whatever the size of the pages."""
    router = APIRouter(include_in_schema=False)
    router.include_router(log_routes("", origin, PUBLIC, database, known))

    @router.api_route("/receipts/{item_id}", methods=READ)
    async def receipt(item_id: str, version: int | None = None) -> Response:
        found = await entry_of(database, item_id, version)
        if found is None:
            raise NotFound("这件公示没有存证凭证。", "刚公开的，几秒后再试；依法封存的不再出具。")
        raw = (await receipt_for(database, found, PUBLIC)).raw
        headers = {
            "Content-Type": TEXT,
            "Content-Disposition": f'attachment; filename="{item_id}{SUFFIX}"',
        }
        return Response(raw, headers=headers)

    @router.api_route("/r/{start}", methods=READ)
    async def short(start: str) -> Response:
        """What stands on paper: the first signs of the text's digest lead to its page."""
        return RedirectResponse(f"/items/{await _shown_at(database, start)}", 302)

    @router.api_route("/r/{start}/code.svg", methods=READ)
    async def code(start: str) -> Response:
        """The same address as a code to be printed."""
        await _shown_at(database, start)
        drawn = io.BytesIO()
        segno.make_qr(f"{address}/r/{start}", error="m").save(drawn, kind="svg", scale=4, dark=INK)
        return Response(drawn.getvalue(), media_type="image/svg+xml")

    return router


async def _shown_at(database: Database, start: str) -> str:
    """The item whose public text has a digest that begins so."""
    is_hex = len(start) == SHORT_SIGNS and all(sign in "0123456789abcdef" for sign in start)
    item_id = await item_with_hash(database, start) if is_hex else None
    if item_id is None:
        raise NotFound(
            "没有公示文本的摘要以此开头。", "请核对纸上的 16 位；文本更正过的，摘要已不同。"
        )
    return item_id


def routes(face: Face, database: Database, known: KnownKeys, origin: str) -> APIRouter:
    """The page that checks a receipt in the browser."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/verify", methods=READ)
    async def verify(request: Request) -> Response:
        head = await newest(database, PUBLIC, covered=True)
        keys = "\n".join(key.vkey for key in (*known.log_keys(origin), *known.witnesses))
        size = 0 if head is None else head.size
        return face.answer(request, "verify.html", keys=keys, size=size)

    return router


async def standing(database: Database, item_id: str) -> dict[str, Any]:
    """How an item stands in the public log, for its page."""
    found = await entry_of(database, item_id)
    head = await newest(database, PUBLIC, covered=True)
    if found is None or found.index is None or head is None or found.index >= head.size:
        return {"is_covered": False}
    return {"is_covered": True, "index": found.index, "witnesses": head.witnesses}
