"""The web process of a service: settings, logs, server, graceful stop."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

import structlog
import uvicorn
from pydantic import ValidationError

from mingjing_shared.errors import MISCONFIGURED_EXIT, MingjingError, Misconfigured
from mingjing_shared.settings import Settings
from mingjing_shared.telemetry.logs import configure_logs
from mingjing_shared.telemetry.tracing import configure_tracing, end_tracing

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

GRACE_SECONDS = 10
_log = structlog.get_logger()


def run_app(service: str, build: Callable[[Settings], FastAPI]) -> None:
    """Serve what ``build`` gives until SIGTERM or SIGINT; the composition root calls this.

    Stopping, it takes nothing new and lets what runs end. An installation that is wrong ends
    the process with the exit code that tells the supervisor not to try again.
    """
    configure_logs(service, "web")
    try:
        traces = configure_tracing(service, "web")
        settings = _settings(service)
        app = build(settings)
    except MingjingError as error:
        _log.error("misconfigured", message=error.message, way_out=error.way_out)
        sys.exit(MISCONFIGURED_EXIT)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_serve(uvicorn.Server(config), app))
    end_tracing(traces)


async def _serve(server: uvicorn.Server, app: FastAPI) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, server, app)
    await server._serve()  # noqa: SLF001 - serve() would end the process by the signal itself
    if not server.started:
        sys.exit(1)


def _stop(server: uvicorn.Server, app: FastAPI) -> None:
    server.should_exit = True
    app.state.stopping.set()


def _settings(service: str) -> Settings:
    try:
        return Settings(service=service)
    except ValidationError as error:
        names = "、".join(f"MINGJING_{str(one['loc'][0]).upper()}" for one in error.errors())
        raise Misconfigured(f"环境变量 {names} 的值不合要求。", "改正后重新启动。") from error
