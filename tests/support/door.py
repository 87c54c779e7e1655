"""A door on the run's broker and database, publishers to knock at it, and what it wrote."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition

import mingjing_gateway.app
from mingjing_gateway.acts.publisher import add_publisher
from mingjing_gateway.settings import DoorSettings
from mingjing_shared.events import CATALOGUE, Event, example, subject_of
from mingjing_shared.messaging.envelope import content_digest, read_record
from mingjing_shared.messaging.reading import to_received

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from mingjing_shared.database import Database
    from support.stack import World

STRUCTURED = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
CASEWORK_TYPES = tuple(
    event_type for event_type, cls in CATALOGUE.items() if cls.__module__.endswith(".casework")
)
PARTITIONS = 24  # of every topic in earnest, for ever
_numbers = itertools.count(1)


def cloud_event(event_class: type[Event], source: str, *, data: Any = None, **about: Any) -> dict:
    """One event in structured form; ``about`` changes attributes, None takes one away."""
    event = {
        "specversion": "1.0",
        "id": f"d{next(_numbers)}",
        "source": source,
        "type": event_class.type,
        "time": "2026-09-18T09:30:00+08:00",
        "data": example(event_class) if data is None else data,
        **about,
    }
    return {name: value for name, value in event.items() if value is not None}


async def until(condition: Callable[[], Any], *, seconds: float = 15) -> Any:
    """The first true answer of a condition, asked again and again for a limited time."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.02)


@dataclass
class Knock:
    """A publisher at the door."""

    client: httpx.AsyncClient
    key: str
    source: str
    topic: str

    async def send(self, content: bytes, kind: str, **headers: str) -> httpx.Response:
        """Any body, as it is."""
        return await self.client.post(
            "/intake/events",
            content=content,
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": kind, **headers},
        )

    async def one(self, event: Any, **headers: str) -> httpx.Response:
        """One event in structured mode."""
        return await self.send(_json(event), STRUCTURED, **headers)

    async def batch(self, events: Any, **headers: str) -> httpx.Response:
        """Events in batch mode."""
        return await self.send(_json(events), BATCH, **headers)

    async def validate(self, event: Any, kind: str = STRUCTURED) -> httpx.Response:
        """A dry run."""
        return await self.client.post(
            "/intake/validate",
            content=_json(event),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": kind},
        )

    def event(self, event_class: type[Event], **changes: Any) -> dict:
        """An event of this publisher."""
        return cloud_event(event_class, **{"source": self.source, **changes})


def _json(value: Any) -> bytes:
    # The client's own writer: ASCII escapes and spaces, not the form that we keep.
    return httpx.Request("POST", "http://x", json=value).read()


@dataclass
class DoorHouse:
    """One world with a door."""

    world: World
    database: Database
    settings: DoorSettings
    keys: dict[str, str] = field(default_factory=dict)

    async def publisher(self, name: str, *, way: str = "door", **more: Any) -> str:
        """Register a publisher, its topic and rights made; its key."""
        types = more.pop("types", CASEWORK_TYPES)
        async with self.database.transaction() as tx:
            key = await add_publisher(
                tx,
                name=name,
                source=f"/huainan/{name}",
                types=types,
                way=way,
                by="测试",
                **more,
            )
        admin = self.world.admin()
        await asyncio.to_thread(admin.ensure_topic, f"inbound.{name}")
        if way == "door":
            await asyncio.to_thread(admin.grant_door, f"inbound.{name}")
        self.keys[name] = key
        return key

    @contextlib.asynccontextmanager
    async def served(self, **changes: Any) -> AsyncIterator[httpx.AsyncClient]:
        """A client of the application in this process, with changed settings."""
        settings = self.settings.model_copy(update=changes)
        app = mingjing_gateway.app.build(settings)
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://door", timeout=30) as client,
        ):
            yield client

    def knock(self, client: httpx.AsyncClient, name: str) -> Knock:
        """The publisher of that name, at a client."""
        return Knock(client, self.keys[name], f"/huainan/{name}", f"inbound.{name}")

    async def state_of(self, source: str, event_id: str) -> str | None:
        """What ``received`` says of an event."""
        rows = await self.database.all(
            "SELECT state FROM received WHERE source = :source AND event_id = :id",
            source=source,
            id=event_id,
        )
        return rows[0].state if rows else None

    async def written(self, topic: str) -> list[Written]:
        """Every record on a topic, read from its beginning to its end as it is now."""
        return [Written.of(record) for record in await records_of(self.world, topic)]


@dataclass(frozen=True)
class Written:
    """A record as a consumer understands it."""

    identity: tuple[str, str]
    digest: bytes
    key: str
    attributes: dict[str, str]
    value: bytes

    @classmethod
    def of(cls, record: Any) -> Written:
        envelope, data, plain = read_record(record.headers, record.value)
        found = to_received(CATALOGUE[envelope.type], envelope, data, plain, None)
        return cls(
            identity=envelope.identity,
            digest=content_digest(envelope, subject_of(found.event), plain),
            key=record.key.decode(),
            attributes={name: value.decode() for name, value in record.headers},
            value=record.value,
        )


async def records_of(world: World, topic: str) -> list[Any]:
    """The raw records of a topic, as the administrator may read them."""
    kafka = world.stack.started_kafka()
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.admin_user,
        sasl_plain_password=kafka.admin_password,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=50,
    )
    await consumer.start()
    try:
        name = world.prefix + topic
        count = world.partitions or PARTITIONS
        partitions = [TopicPartition(name, number) for number in range(count)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        found: list[Any] = []
        for tp in partitions:
            consumer.seek(tp, 0)
        while len(found) < sum(ends.values()):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found.extend(records)
        return found
    finally:
        await consumer.stop()
