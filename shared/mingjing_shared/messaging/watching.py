"""What waits in a service's database, measured by each of its processes.

By two of them, so that a dead relay does not hide its own backlog; in the background, so that no
scrape ever waits for a database.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.looping import pause
from mingjing_shared.messaging.metrics import (
    LETTERS_OLDEST,
    LETTERS_OPEN,
    OUTBOX_OLDEST,
    OUTBOX_PENDING,
)
from mingjing_shared.telemetry.metrics import (
    LOOP_LAG,
    PG_BYTES,
    PG_EVENTS,
    PG_KINDS,
    PG_OLDEST,
    PG_ROWS,
    PG_SESSIONS,
    POOL_CONNECTIONS,
    POOL_MAX,
)

if TYPE_CHECKING:
    import asyncio
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


async def measure_server(database: Database) -> None:
    """Set the gauges of what the server says of this service's database.

    Of other services' transactions it tells a service nothing, and need not. What it calls
    rolled back is no trouble: looks that change nothing end so.
    """
    service = database.installation.service
    [row] = await database.all(
        "SELECT pg_database_size(datname) AS bytes, deadlocks, temp_bytes, xact_commit AS commits,"
        " blks_hit AS hit, blks_read AS read, numbackends AS used,"
        " (SELECT extract(epoch FROM max(clock_timestamp() - xact_start)) FROM pg_stat_activity"
        "  WHERE datname = current_database()) AS oldest"
        " FROM pg_stat_database WHERE datname = current_database()"
    )
    PG_BYTES.labels(service).set(row.bytes)
    PG_OLDEST.labels(service).set(max(0.0, float(row.oldest or 0)))
    for kind in PG_KINDS:
        PG_EVENTS.labels(service, kind).set(getattr(row, kind))
    PG_SESSIONS.labels(service).set(row.used)
    [dead] = await database.all(
        "SELECT coalesce(sum(n_dead_tup), 0) AS dead, coalesce(sum(n_live_tup), 0) AS live"
        " FROM pg_stat_user_tables"
    )
    PG_ROWS.labels(service, "dead").set(dead.dead)
    PG_ROWS.labels(service, "live").set(dead.live)


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
        for measure in measures or (measure_waiting, measure_server):
            try:
                await measure(database)
            except Exception as error:  # noqa: BLE001 - the process's edge: measuring is never in the way
                _log.warning("not measured", what=measure.__name__, error=type(error).__name__)
        due = monotonic() + EVERY_SECONDS
        await pause(stop, EVERY_SECONDS)
        LOOP_LAG.observe(max(0.0, monotonic() - due))


def _age(since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (machine_now() - since).total_seconds())
