"""Records that could not be taken, put aside the way the worker does it."""

from __future__ import annotations

from typing import Any

from aiokafka.structs import ConsumerRecord

from mingjing_shared.database import Database
from mingjing_shared.messaging.publishers import registered
from mingjing_shared.messaging.reading import Reader
from mingjing_shared.messaging.settling import ATTEMPTS_MAX, Item, Settler
from support.events import record_of

TOPIC = "inbound.casework"


def a_record(
    value: bytes, headers: list[tuple[str, bytes]], *, offset: int = 0, topic: str = TOPIC
) -> ConsumerRecord[Any, Any]:
    return ConsumerRecord(
        topic, 0, offset, 1_789_695_000_000, 1, b"key", value, None, 3, len(value), tuple(headers)
    )


def saying(item: Any, *, offset: int = 0, topic: str = TOPIC) -> ConsumerRecord[Any, Any]:
    """The record that says what an event says."""
    _key, value, headers = record_of(item)
    return a_record(value, headers, offset=offset, topic=topic)


async def settled(database: Database, handlers: Any, *records: ConsumerRecord[Any, Any]) -> None:
    """Settle records as the worker does, until it gives up on those whose handler fails."""
    reader = Reader(database.installation.service, frozenset(handlers), "")
    reader.publishers = await registered(database)
    settler = Settler(database, handlers, "")
    items = [Item(record, reader.read(record)) for record in records]
    for _ in range(ATTEMPTS_MAX):
        items = await settler.carefully(items)
    assert items == []
