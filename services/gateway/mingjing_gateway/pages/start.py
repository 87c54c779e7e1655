"""The start page for whoever comes, 待办 for who is signed in; search and what waits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it at run time

from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.officer import Officer

if TYPE_CHECKING:
    from mingjing_shared.web.shell import Shell

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")
_FRONT_PORT = 8080
_SEARCH_CHARS_MIN = 2


def routes(shell: Shell, public_portal_url: str) -> APIRouter:
    """``/`` and ``/search``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def start(request: Request) -> Response:
        signed_in = isinstance(request.state.who, Officer)
        portal = public_portal_url or _beside(request)
        return shell.page(request, "home.html" if signed_in else "start.html", portal=portal)

    @router.get("/search")
    async def empty(request: Request) -> Response:
        return shell.page(request, "search.html", q="", form=Form(), error=None)

    @router.post("/search")
    async def search(request: Request) -> Response:
        form = await read_form(request)
        q = form.values.get("q", "").strip()
        error = None
        if len(q) < _SEARCH_CHARS_MIN:
            error = InvalidInput(f"“{q}”太短。", "至少输入两个字符：案号、文书号、警号、单位。")
        return shell.page(request, "search.html", q=q, form=form, error=error)

    return router


def _beside(request: Request) -> str:
    """The portal's address where nobody said another: on this host, one port further."""
    host, _, port = request.headers.get("host", "").rpartition(":")
    if not port.isdigit():
        host, port = request.headers.get("host", ""), str(_FRONT_PORT)
    if not _HOST.fullmatch(host):
        host = "127.0.0.1"
    return f"http://{host}:{int(port[:5]) + 1}/"
