"""What the process of live oversight answers on its own port; no personal data is in any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from mingjing_shared.telemetry.metrics import exposition
from mingjing_tasks.rules.figures import cells_of
from mingjing_tasks.rules.live import hour_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from mingjing_tasks.stream.watch import Watch


def face(watch: Watch) -> Starlette:
    """``/healthz``, ``/readyz``, ``/metrics``, ``/figures``, and ``/hours/N`` of one hour."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        reason = watch.trouble
        if reason is None and watch.is_rebuilding:
            reason = f"正在重建：最近 {watch.window.hours} 小时已读 {watch.places.share:.0%}"
        body = {"ready": reason is None, "reason": reason}
        return JSONResponse(body, status_code=200 if reason is None else 503)

    async def metrics(request: Request) -> Response:
        watch.figures()
        body, content_type = exposition(request.headers.get("accept"))
        return Response(body, headers={"Content-Type": content_type})

    async def figures(_request: Request) -> Response:
        return JSONResponse(watch.figures())

    async def hour(request: Request) -> Response:
        asked = hour_of(request.path_params["at"])
        state = "rebuilding" if watch.is_rebuilding else "live"
        return JSONResponse({"state": state, "cells": cells_of(watch.window.hour(asked))})

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            Route("/figures", figures),
            Route("/hours/{at:int}", hour),
        ]
    )
