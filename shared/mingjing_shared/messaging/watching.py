"""What waits in a service's database, measured by each of its processes.

By two of them, so that a dead relay does not hide its own backlog; in the background, so that no
scrape ever waits for a database.
"""

from __future__ import annotations

import asyncio
import contextlib
from time import monotonic
from typing import TYPE_CHECKING

import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.metrics import (
    LETTERS_OLDEST,
    LETTERS_OPEN,
    OUTBOX_OLDEST,
    OUTBOX_PENDING,
)
from mingjing_shared.telemetry.metrics import LOOP_LAG, POOL_CONNECTIONS, POOL_MAX

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from mingjing_shared.database import Database

EVERY_SECONDS = 5.0
_log = structlog.get_logger()


async def measure_waiting(database: Database) -> None:
    """Set the gauges of what waits: outgoing events, dead letters."""
    service = database.installation.service
    [row] = await database.all(
        "SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS outgoing,"
        " (SELECT min(created_at) FROM outbox WHERE published_at IS NULL) AS outgoing_since,"
        " (SELECT count(*) FROM dead_letters WHERE state = 'open') AS letters,"
        " (SELECT min(failed_at) FROM dead_letters WHERE state = 'open') AS letters_since"
    )
    OUTBOX_PENDING.labels(service).set(row.outgoing)
    OUTBOX_OLDEST.labels(service).set(_age(row.outgoing_since))
    LETTERS_OPEN.labels(service).set(row.letters)
    LETTERS_OLDEST.labels(service).set(_age(row.letters_since))


def measure_pool(database: Database) -> None:
    """Set the gauges of the connections of this process."""
    in_use, size = database.connections()
    POOL_CONNECTIONS.labels("used").set(in_use)
    POOL_CONNECTIONS.labels("idle").set(size - in_use)
    POOL_MAX.set(size)


async def keep_measuring(
    database: Database,
    stop: asyncio.Event,
    *measures: Callable[[Database], Awaitable[None]],
) -> None:
    """Measure what waits (or what is given) again and again, until told to stop.

    No trouble ends it.
    """
    while not stop.is_set():
        measure_pool(database)
        for measure in measures or (measure_waiting,):
            try:
                await measure(database)
            except Exception as error:  # noqa: BLE001 - the process's edge: measuring is never in the way
                _log.warning("not measured", what=measure.__name__, error=type(error).__name__)
        due = monotonic() + EVERY_SECONDS
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
        LOOP_LAG.observe(max(0.0, monotonic() - due))


def _age(since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (machine_now() - since).total_seconds())
