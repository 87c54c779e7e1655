"""``/healthz``, ``/readyz``, ``/metrics`` of a web process, for its machine only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from mingjing_shared.telemetry.metrics import exposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

Check: TypeAlias = Callable[[], Awaitable[str | None]]
"""Gives a Chinese reason why the process is not ready, or nothing."""

CHECK_SECONDS = 3


class Reads(Protocol):
    """A database that can be asked."""

    async def all(self, statement: str, /) -> Sequence[Row[Any]]:
        """All rows of one query."""
        ...

    async def close(self) -> None:
        """Give all connections back."""
        ...


def health(database: Reads, checks: Sequence[Check] = ()) -> APIRouter:
    """The three addresses; ready means: the database answers and every check is content."""
    router = APIRouter(include_in_schema=False)

    async def database_answers() -> str | None:
        await database.all("SELECT 1")
        return None

    @router.get("/healthz")
    async def healthz() -> Response:
        return PlainTextResponse("ok")

    @router.get("/readyz")
    async def readyz() -> Response:
        reason = await first_reason([database_answers, *checks])
        status = 200 if reason is None else 503
        return JSONResponse({"ready": reason is None, "reason": reason}, status)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        body, content_type = exposition(request.headers.get("accept"))
        return Response(body, headers={"Content-Type": content_type})

    return router


async def first_reason(checks: Sequence[Check]) -> str | None:
    """The first reason why something is not ready; the first check is the database's."""
    for place, check in enumerate(checks):
        try:
            reason = await asyncio.wait_for(check(), CHECK_SECONDS)
        except Exception as error:  # noqa: BLE001 - readiness reports any trouble
            part = "数据库不可用" if place == 0 else "检查未通过"
            reason = f"{part}（{type(error).__name__}）。"
        if reason is not None:
            return reason
    return None
