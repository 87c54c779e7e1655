"""``python -m mingjing_tasks.stream``: the process of live oversight. A composition root."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import signal
import sys
from typing import TYPE_CHECKING

import structlog
import uvicorn
from faust.contrib.asgi import faust_app_running

from mingjing_shared.clock import machine_now
from mingjing_shared.errors import MISCONFIGURED_EXIT, MingjingError
from mingjing_shared.events import DEPARTMENTS
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.privacy.key_check import check_keys
from mingjing_shared.telemetry.logs import configure_logs
from mingjing_tasks.rules.live import Window
from mingjing_tasks.settings import SERVICE, TasksSettings
from mingjing_tasks.stream.face import face
from mingjing_tasks.stream.faust_app import FAILED_EXIT, live_app
from mingjing_tasks.stream.places import Places
from mingjing_tasks.stream.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mingjing_shared.database import Database
    from mingjing_tasks.stream.faust_app import LiveApp

WATCH_SECONDS = 3.0
STALL_SECONDS = 30.0
STOP_SECONDS_MAX = 10.0
_log = structlog.get_logger()


def pattern_of(settings: TasksSettings) -> str:
    """The topics that are watched: all publishers', all departments', directory and heartbeats."""
    names = [settings.topic(name) for name in sorted({*DEPARTMENTS, "directory", "platform"})]
    inbound = re.escape(settings.topic("inbound.")) + r"[^.]+"
    return "^(" + "|".join([*map(re.escape, names), inbound]) + ")$"


async def again_and_again(
    stop: asyncio.Event, act: Callable[[], Awaitable[None]], seconds: float, what: str
) -> None:
    """Act at intervals until told to stop. No trouble ends it."""
    while not stop.is_set():
        try:
            await act()
        except Exception as error:  # noqa: BLE001 - the process's edge: watching outlives any trouble
            _log.warning(what, error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)


class Stalls:
    """Ends the process when records wait and none comes, twice at the same place.

    The client's inner tasks can die without anybody being told; only a new process helps.
    """

    def __init__(self, app: LiveApp, places: Places) -> None:
        self._app, self._places = app, places
        self._waiting: dict[tuple[str, int], int] = {}

    async def look(self) -> None:
        """Compare where partitions end with where we are."""
        ends = await self._app.ends()
        places = self._places.next
        waiting = {one: places[one] for one, end in ends.items() if places.get(one, end) < end}
        before, self._waiting = self._waiting, waiting
        if any(before.get(one) == place for one, place in waiting.items()):
            _log.error("records wait and none comes")
            os._exit(FAILED_EXIT)


async def _ready_database(database: Database, stop: asyncio.Event) -> None:
    """Wait for the database; any restart order must work.

    Raises:
        Misconfigured: the keys are not those the data were written with.
    """
    while not stop.is_set():
        try:
            async with database.transaction() as tx:
                await check_keys(tx)
            return  # noqa: TRY300 - the loop is the retry
        except MingjingError:
            raise
        except Exception as error:  # noqa: BLE001 - the process's edge: any restart order must work
            _log.warning("database is awaited", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)


async def _ready_broker(bootstrap: str, stop: asyncio.Event) -> None:
    """Wait until the broker lets us connect: Faust does not wait, it ends."""
    host, _, port = bootstrap.partition(":")
    while not stop.is_set():
        try:
            _reader, writer = await asyncio.open_connection(host, int(port))
        except OSError as error:
            _log.warning("broker is awaited", error=type(error).__name__)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
        else:
            writer.close()
            return


async def _live(watch: Watch, app: LiveApp, stop: asyncio.Event) -> None:
    """Run Faust and what looks after it until told to stop; a Faust that ends by itself ends us."""

    async def look_around() -> None:
        await watch.refresh()
        await watch.remember()
        await watch.judge()

    stalls = Stalls(app, watch.places)
    async with faust_app_running(app, stop_timeout=STOP_SECONDS_MAX):
        watch.trouble = None
        work = [
            asyncio.create_task(
                again_and_again(stop, look_around, WATCH_SECONDS, "live oversight waits")
            ),
            asyncio.create_task(
                again_and_again(stop, stalls.look, STALL_SECONDS, "ends are not known")
            ),
        ]
        ended = asyncio.create_task(app.wait_until_stopped())
        await asyncio.wait(
            {ended, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED
        )
        if not stop.is_set():
            _log.error("live oversight ended by itself")
            os._exit(FAILED_EXIT)
        ended.cancel()
        await asyncio.gather(*work)


async def _main(settings: TasksSettings) -> None:
    database, stop = open_database(settings), asyncio.Event()
    now = machine_now().timestamp()
    places = Places(Window(settings.live_hours).since(now) * 1000)
    watch = Watch(settings, database, places)
    watch.trouble = "尚未连接 Kafka"
    server = uvicorn.Server(
        uvicorn.Config(
            face(watch),
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            lifespan="off",
        )
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    web = asyncio.create_task(server._serve())  # noqa: SLF001 - serve() would take the signals
    try:
        await _ready_database(database, stop)
        await _ready_broker(settings.kafka_bootstrap, stop)
        if not stop.is_set():
            await watch.refresh()
            await _live(watch, live_app(settings, pattern_of(settings), places, watch.take), stop)
    finally:
        server.should_exit = True
        await web
        await database.close()


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    configure_logs(SERVICE, "stream")
    for name in ("faust", "mode"):
        logging.getLogger(name).setLevel(logging.WARNING)
    try:
        asyncio.run(_main(TasksSettings(service=SERVICE)))
    except MingjingError as error:
        _log.error("misconfigured", message=error.message, way_out=error.way_out)
        sys.exit(MISCONFIGURED_EXIT)
    except Exception as error:  # noqa: BLE001 - the process's edge: the supervisor starts it anew
        _log.error("live oversight ends", error=type(error).__name__, said=str(error)[:200])
        sys.exit(FAILED_EXIT)


if __name__ == "__main__":
    main()
