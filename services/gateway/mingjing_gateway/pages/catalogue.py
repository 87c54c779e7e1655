"""The contract for people: every type, what it carries and who takes it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it at run time

from mingjing_shared.events import catalogue_rows, event_class

if TYPE_CHECKING:
    from mingjing_shared.events.overview import CatalogueRow
    from mingjing_shared.web.shell import Shell

_HOMES = {
    "inbound": "外部系统发来",
    "review": "审核部门发出",
    "recording": "记录部门发出",
    "disclosure": "公示部门发出",
    "tasks": "任务部门发出",
    "directory": "名录（前门发出）",
    "platform": "平台自检（前门发出）",
}
SERVICE_NAMES = {
    "gateway": "前门",
    "disclosure": "公示",
    "recording": "记录",
    "review": "审核",
    "tasks": "任务",
}


def routes(shell: Shell) -> APIRouter:
    """``/intake/catalogue``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/intake/catalogue")
    async def catalogue(request: Request) -> Response:
        return shell.page(
            request,
            "catalogue.html",
            headers={"Cache-Control": "public, max-age=3600"},
            groups=_groups(),
            names=SERVICE_NAMES,
        )

    return router


@cache
def _groups() -> list[tuple[str, str, list[CatalogueRow]]]:
    """The types by where they come from: code, Chinese name, types in the contract's order."""
    groups: dict[str, list[CatalogueRow]] = {home: [] for home in _HOMES}
    for row in catalogue_rows():
        cls = event_class(row.type)
        if cls is not None:
            groups[cls.home].append(row)
    return [(home, _HOMES[home], rows) for home, rows in groups.items() if rows]
