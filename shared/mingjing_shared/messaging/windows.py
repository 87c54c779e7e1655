"""Closed windows: each service tells what it published, so that others can see what they miss.

Lag shows what waits; nothing shows what is gone. Therefore whoever publishes tells, some time
after the broker acknowledged it, the ids and digests of every stretch of its log; whoever takes
compares (``reconciling``). Stretches without events are told too: they are the heartbeat from
each service's database through its relay and the broker into every other service's database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from mingjing_shared.clock import machine_now
from mingjing_shared.events import event_class
from mingjing_shared.events.platform import WindowClosed
from mingjing_shared.looping import keep_doing
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.envelope import content_digest, read_attributes
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.strict_json import strict_loads
from mingjing_shared.messaging.tables import WINDOW_HEADS

if TYPE_CHECKING:
    import asyncio

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

OUTBOX_STREAM = "outbox"
EVENTS_MAX = 1000
SETTLED_AFTER = timedelta(seconds=30)  # what was acknowledged before has mostly been taken
QUIET_AFTER = timedelta(seconds=30)  # a window is closed then even if nothing happened
LOOK_SECONDS = 5.0
CATCHING_UP_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a window."""

    source: str
    type: str
    event_id: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Stretch:
    """Events that were published one after the other, and how far that reaches."""

    events: Sequence[Told]
    place: Any


Read: TypeAlias = Callable[["Transaction", Any, int], Awaitable[Stretch]]
"""Reads the next stretch behind a place (none: the beginning), of so many events at most."""


async def outbox_stretch(tx: Transaction, place: Any, limit: int) -> Stretch:
    """What this service published behind a place in its log, as far as all of it is out."""
    start = 0 if place is None else int(place)
    rows = await tx.all(
        "SELECT log_index, topic, attributes, value FROM outbox"
        " WHERE log_index >= :start AND published_at < :before"
        " UNION ALL SELECT log_index, NULL, NULL, NULL FROM log_notes WHERE log_index >= :start"
        " ORDER BY log_index LIMIT :limit",
        start=start,
        before=machine_now() - SETTLED_AFTER,
        limit=limit,
    )
    events = []
    for row in rows:
        if row.log_index != start:
            break  # something before it is not acknowledged yet
        start += 1
        if row.topic is not None and (told := _told(row)):
            events.append(told)
    return Stretch(events, start)


def _told(row: Row[Any]) -> Told | None:
    """The event of a row that others take; windows and references are for nobody to miss."""
    cls = event_class(row.attributes["type"])
    if cls is None or cls is WindowClosed or row.topic not in (cls.home, cls.also_home):
        return None
    envelope = read_attributes(row.attributes)
    plain = strict_loads(bytes(row.value))[1]
    digest = content_digest(envelope, row.attributes["subject"], plain)
    return Told(envelope.source, envelope.type, envelope.id, digest)


async def close_window(tx: Transaction, stream: str, read: Read) -> int | None:
    """Tell the next window of a stream when it is time; how many events are in it.

    None when it is not time yet, or another process is at it.
    """
    now = machine_now()
    await tx.insert_new(
        WINDOW_HEADS, [{"stream": stream, "number": 0, "place": None, "closed_at": now}]
    )
    head = await tx.first(
        "SELECT number, place, closed_at FROM window_heads WHERE stream = :stream"
        " FOR UPDATE SKIP LOCKED",
        stream=stream,
    )
    if head is None:
        return None
    found = await read(tx, head.place, EVENTS_MAX)
    if not found.events and head.number and now - head.closed_at < QUIET_AFTER:
        return None
    number = head.number + 1
    outbox.add(tx, [Outgoing(_window(tx.installation.service, stream, number, found.events))])
    await tx.upsert(
        WINDOW_HEADS,
        [{"stream": stream, "number": number, "place": found.place, "closed_at": now}],
    )
    return len(found.events)


def _window(service: str, stream: str, number: int, events: Sequence[Told]) -> WindowClosed:
    sources = {event.source: None for event in events}
    types = {event.type: None for event in events}
    source_at = {name: place for place, name in enumerate(sources)}
    type_at = {name: place for place, name in enumerate(types)}
    return WindowClosed(
        service=service,
        stream=stream,
        number=number,
        closed_at=machine_now(),
        origins=tuple(sources),
        types=tuple(types),
        events=tuple(
            f"{source_at[e.source]} {type_at[e.type]} {e.digest[:8].hex()} {e.event_id}"
            for e in events
        ),
    )


async def keep_closing(
    database: Database,
    stop: asyncio.Event,
    stream: str = OUTBOX_STREAM,
    read: Read = outbox_stretch,
) -> None:
    """Close windows of a stream as they fall due, until told to stop. No trouble ends it."""

    async def work() -> float:
        async with database.transaction() as tx:
            closed = await close_window(tx, stream, read)
        return CATCHING_UP_SECONDS if closed == EVENTS_MAX else LOOK_SECONDS

    await keep_doing(work, stop, trouble="windows wait", after_trouble_seconds=LOOK_SECONDS)
