"""Reconciling: what others say they published, compared with what was settled here.

An event is found when it is in the inbox with the same content, or among the dead letters. What
is not found a while after its window came is missing: the one sign of an event that was lost
silently. It stays counted until it is found, however late.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.looping import keep_doing
from mingjing_shared.messaging.metrics import (
    CANARY_AT,
    CANARY_SECONDS,
    MISSING,
    WINDOWS_COMPARED,
    WINDOWS_MISSING,
)
from mingjing_shared.messaging.tables import WINDOWS

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.events.platform import WindowClosed
    from mingjing_shared.messaging.received import Received

COMPARED_AFTER = timedelta(seconds=60)
WINDOWS_AT_ONCE = 20
KEPT = timedelta(days=8)  # a day longer than the topic keeps them
LOOK_SECONDS = 10.0
_log = structlog.get_logger()


class ForeignWindow(ValueError):
    """A service closed a window in another's name."""


async def note_windows(received: Sequence[Received[WindowClosed]], tx: Transaction) -> None:
    """Keep what others published until it was compared; note that their events come through.

    Raises:
        ForeignWindow: the sender is not the service that the window names.
    """
    now = machine_now()
    for item in received:
        event = item.event
        if item.envelope.source != f"/mingjing/{event.service}":
            raise ForeignWindow(f"{item.envelope.source} closed a window of {event.service}")
        path = f"{event.service}-{tx.installation.service}"
        CANARY_AT.labels(path).set(now.timestamp())
        CANARY_SECONDS.labels(path).observe(max(0.0, (now - event.closed_at).total_seconds()))
    await tx.insert_new(
        WINDOWS,
        [
            {
                "service": item.event.service,
                "stream": item.event.stream,
                "number": item.event.number,
                "closed_at": item.event.closed_at,
                "received_at": now,
                "told": {
                    "origins": item.event.origins,
                    "types": item.event.types,
                    "events": item.event.events,
                },
                "state": "open",
                "missing": 0,
            }
            for item in received
        ],
    )


async def compare_windows(tx: Transaction, taken: frozenset[str]) -> int:
    """Look for the events of windows that came a while ago; how many windows were looked at.

    ``taken``: the types that this service takes; of others nothing is missed.
    """
    rows = await tx.all(
        "SELECT service, stream, number, told, state FROM windows"
        " WHERE state <> 'whole' AND received_at < :before"
        " ORDER BY received_at LIMIT :limit FOR UPDATE SKIP LOCKED",
        before=machine_now() - COMPARED_AFTER,
        limit=WINDOWS_AT_ONCE,
    )
    for row in rows:
        missing = await _missing(tx, row.told, taken)
        WINDOWS_COMPARED.labels(row.service, row.stream).inc()
        await tx.execute(
            "UPDATE windows SET state = :state, missing = :missing, received_at = :now,"
            " told = CASE WHEN :missing = 0 THEN NULL ELSE told END"
            " WHERE service = :service AND stream = :stream AND number = :number",
            state="missing" if missing else "whole",
            missing=missing,
            now=machine_now(),
            service=row.service,
            stream=row.stream,
            number=row.number,
        )
        if missing:
            _log.error(
                "published events are missing here",
                of=row.service,
                stream=row.stream,
                window=row.number,
                missing=missing,
            )
    return len(rows)


async def _missing(tx: Transaction, told: Any, taken: frozenset[str]) -> int:
    wanted: dict[tuple[str, str], bytes] = {}
    for line in told["events"]:
        source_at, type_at, digest, event_id = line.split(" ", 3)
        if told["types"][int(type_at)] in taken:
            wanted[told["origins"][int(source_at)], event_id] = bytes.fromhex(digest)
    if not wanted:
        return 0
    rows = await tx.all(
        "WITH wanted AS (SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[]))"
        "  AS w(source, event_id))"
        " SELECT source, event_id, digest FROM inbox JOIN wanted USING (source, event_id)"
        " UNION ALL SELECT source, event_id, NULL FROM dead_letters"
        " JOIN wanted USING (source, event_id)",
        sources=[source for source, _ in wanted],
        ids=[event_id for _, event_id in wanted],
    )
    found = {
        (row.source, row.event_id)
        for row in rows
        if row.digest is None or bytes(row.digest)[:8] == wanted[row.source, row.event_id]
    }
    return len(wanted.keys() - found)


async def report(tx: Transaction) -> None:
    """Set the gauges: events missing by who published them, and windows that never came."""
    rows = await tx.all(
        "SELECT service, sum(missing) AS missing, max(number) - min(number) + 1 - count(*) AS gaps"
        " FROM windows WHERE closed_at > :since GROUP BY service, stream",
        since=machine_now() - KEPT,
    )
    missing: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    for row in rows:
        missing[row.service] += row.missing
        gaps[row.service] += row.gaps
    here = tx.installation.service
    for service in missing:
        MISSING.labels(here, service).set(missing[service])
        WINDOWS_MISSING.labels(here, service).set(gaps[service])


async def keep_reconciling(database: Database, taken: frozenset[str], stop: asyncio.Event) -> None:
    """Compare windows as they come, until told to stop. No trouble ends it."""

    async def work() -> float:
        async with database.transaction() as tx:
            await compare_windows(tx, taken)
            await tx.execute(
                "DELETE FROM windows WHERE state = 'whole' AND closed_at < :before",
                before=machine_now() - KEPT,
            )
            await report(tx)
        return LOOK_SECONDS

    await keep_doing(work, stop, trouble="reconciling waits", after_trouble_seconds=LOOK_SECONDS)
