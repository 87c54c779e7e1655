"""The event process of a service: consumer, relay, clocks, log and witness as its tasks."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import structlog
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from mingjing_shared.errors import MISCONFIGURED_EXIT, MingjingError
from mingjing_shared.looping import pause
from mingjing_shared.messaging.clocks import Rung, run_clocks
from mingjing_shared.messaging.counting import begin_at_zero
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.messaging.probes import last_probe
from mingjing_shared.messaging.reconciling import keep_reconciling
from mingjing_shared.messaging.relay import Relay
from mingjing_shared.messaging.watching import keep_measuring
from mingjing_shared.messaging.windows import keep_closing
from mingjing_shared.messaging.worker import Worker
from mingjing_shared.privacy.key_check import check_keys
from mingjing_shared.settings import Settings
from mingjing_shared.telemetry.logs import configure_logs
from mingjing_shared.telemetry.metrics import exposition
from mingjing_shared.telemetry.tracing import configure_tracing, end_tracing
from mingjing_shared.trust.desk import log_of, witness_of, witness_route

if TYPE_CHECKING:
    from starlette.requests import Request

    from mingjing_shared.database import Database
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

_log = structlog.get_logger()

Task: TypeAlias = Callable[["Database", asyncio.Event], Awaitable[None]]


class Process:
    """One running event process."""

    def __init__(
        self,
        settings: Settings,
        handlers: Handlers,
        alarms: Alarms,
        extra: Sequence[Task] = (),
    ) -> None:
        self.settings = settings
        self.database = open_database(settings)
        self.worker = Worker(settings, self.database, handlers)
        self.log = log_of(settings, self.database)
        self.witness = witness_of(settings, self.database)
        self.relay = Relay(settings, self.database, first=self.log.look_back)
        self._alarms = alarms
        self.rung = Rung()
        self._taken = frozenset(cls.type for cls in handlers)
        self._extra = extra
        self.stop = asyncio.Event()

    async def run(self) -> None:
        """Work until told to stop, then settle what is in hand and leave.

        Raises:
            Misconfigured: the keys are not those the data were written with.
        """
        begin_at_zero(self.settings.service, self._taken, self._alarms)
        await self._wait_for_database()
        tasks = [
            self.worker.run(self.stop),
            self.relay.run(self.stop),
            self.log.run(self.stop, lambda: self.relay.leads),
            run_clocks(self.database, self._alarms, self.stop, self.rung),
            keep_closing(self.database, self.stop),
            keep_reconciling(self.database, self._taken, self.stop),
            keep_measuring(self.database, self.stop),
            *(task(self.database, self.stop) for task in self._extra),
        ]
        try:
            await asyncio.gather(*tasks)
        finally:
            await self.database.close()

    async def _wait_for_database(self) -> None:
        while not self.stop.is_set():
            try:
                async with self.database.transaction() as tx:
                    await check_keys(tx)
                return  # noqa: TRY300 - the loop is the retry
            except MingjingError:
                raise
            except Exception as error:  # noqa: BLE001 - the process's edge: any restart order must work
                _log.warning("database is awaited", error=type(error).__name__)
                await pause(self.stop, 1.0)

    async def readiness(self) -> dict[str, Any]:
        """What ``/readyz`` says."""
        reason = self.worker.trouble
        probe = None
        try:
            probe = await asyncio.wait_for(last_probe(self.database), 3)
        except Exception as error:  # noqa: BLE001 - readiness reports any trouble
            reason = f"数据库不可用（{type(error).__name__}）"
        if reason is None and not self.worker.assigned_topics:
            reason = "未分配到分区"
        if reason is None and probe is None:
            reason = "尚未收到探测事件"
        return {
            "ready": reason is None,
            "reason": reason,
            "last_probe": probe,
            "publishers": self.worker.known_publishers,
            "topics": self.worker.assigned_topics,
            "relay_leads": self.relay.leads,
            "log_stopped": self.log.stopped,
            "clocks_rung_until": self.rung.until and self.rung.until.isoformat(),
        }


def status_app(process: Process) -> Starlette:
    """``/healthz``, ``/readyz``, ``/metrics`` of an event process."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        body = await process.readiness()
        return JSONResponse(body, status_code=200 if body["ready"] else 503)

    async def metrics(request: Request) -> Response:
        body, content_type = exposition(request.headers.get("accept"))
        return Response(body, headers={"Content-Type": content_type})

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            witness_route(process.witness),
        ]
    )


def run_process(
    service: str, handlers: Handlers, alarms: Alarms, extra: Sequence[Task] = ()
) -> None:
    """Run a service's event process until SIGTERM or SIGINT; the composition root calls this."""
    configure_logs(service, "worker")
    try:
        traces = configure_tracing(service, "worker")
        settings = Settings(service=service)
        uvloop.run(_main(settings, handlers, alarms, extra))
        end_tracing(traces)
    except MingjingError as error:
        _log.error("misconfigured", message=error.message, way_out=error.way_out)
        sys.exit(MISCONFIGURED_EXIT)


async def _main(
    settings: Settings, handlers: Handlers, alarms: Alarms, extra: Sequence[Task]
) -> None:
    process = Process(settings, handlers, alarms, extra)
    # A batch allocates many objects that all die together: rarer collections, same memory.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    loop = asyncio.get_running_loop()
    server = uvicorn.Server(
        uvicorn.Config(
            status_app(process),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            lifespan="off",
        )
    )
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    web = asyncio.create_task(server._serve())  # noqa: SLF001 - serve() would take the signals
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, process.stop.set)
    try:
        await process.run()
    finally:
        server.should_exit = True
        await web
