"""The start page: the four departments, the portal, the contract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it at run time

if TYPE_CHECKING:
    from mingjing_shared.web.shell import Shell

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]")
_FRONT_PORT = 8080


def routes(shell: Shell, public_portal_url: str) -> APIRouter:
    """``/``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def start(request: Request) -> Response:
        return shell.page(request, "start.html", portal=public_portal_url or _beside(request))

    return router


def _beside(request: Request) -> str:
    """The portal's address where nobody said another: on this host, one port further."""
    host, _, port = request.headers.get("host", "").rpartition(":")
    if not port.isdigit():
        host, port = request.headers.get("host", ""), str(_FRONT_PORT)
    if not _HOST.fullmatch(host):
        host = "127.0.0.1"
    return f"http://{host}:{int(port[:5]) + 1}/"
