"""Search: sent by a form, answered at an address that does not say what was looked for."""

from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_portal.acts.search import KEPT_SECONDS, Searches
from mingjing_portal.errors import TooOften
from mingjing_portal.pages.answer import READ, Face
from mingjing_portal.pages.item import GONE, rows_of
from mingjing_portal.rules.search import SIGNS_MAX, SIGNS_MIN, wanted_of
from mingjing_portal.store.item import listed_items
from mingjing_shared.database import Database
from mingjing_shared.errors import TooMuch

BODY_BYTES_MAX = 4096
_NOTHING: dict[str, Any] = {
    "why": "", "hint": "", "name": "", "searched": False, "rows": [], "next": None, "after": None,
}  # fmt: skip
UNKEPT = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def routes(face: Face, database: Database, searches: Searches) -> APIRouter:
    """The form, what it leads to, and what is found there, page by page."""
    router = APIRouter(include_in_schema=False)

    def page(request: Request, given: str, *, status: int = 200, **more: Any) -> Response:
        values = {**_NOTHING, "q": given[:SIGNS_MAX], **more}
        answer = face.uncached(request, "search.html", status=status, **values)
        answer.headers.update(UNKEPT)
        return answer

    @router.api_route("/search", methods=READ)
    async def form(request: Request, q: str = "") -> Response:
        hint = "请点“搜索”。地址中不再带搜索词，以免留在浏览记录里。" if q.strip() else ""
        return page(request, q, hint=hint)

    @router.post("/search")
    async def begin(request: Request) -> Response:
        given = await _words_sent(request)
        if wanted_of(given) is None:
            return page(request, given, why=f"请至少输入 {SIGNS_MIN} 个字。")
        try:
            name = searches.keep(given)
        except TooOften as error:
            answer = page(request, given, status=error.status, hint=error.message + error.way_out)
            answer.headers["Retry-After"] = str(error.details["retry_after_seconds"])
            return answer
        return RedirectResponse(f"{face.root}/search/{name}", 303, headers=UNKEPT)

    @router.api_route("/search/{name}", methods=READ)
    async def found(request: Request, name: str, after: str | None = None) -> Response:
        given = searches.words(name)
        wanted = wanted_of(given) if given is not None else None
        if given is None or wanted is None:
            hint = f"这次搜索已过期（保留 {KEPT_SECONDS // 60} 分钟），请重新输入。"
            return page(request, "", status=GONE, hint=hint)
        rows = rows_of(await listed_items(database, after, wanted=wanted), after)
        return page(request, given, name=name, searched=True, **rows)

    return router


async def _words_sent(request: Request) -> str:
    """What was typed.

    Raises:
        TooMuch: the form is longer than any search.
    """
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > BODY_BYTES_MAX:
            raise TooMuch("搜索内容太长。", f"请输入不超过 {SIGNS_MAX} 个字。")
    fields = dict(parse_qsl(raw.decode(errors="replace"), errors="replace"))
    return fields.get("q", "").replace("\0", "")
