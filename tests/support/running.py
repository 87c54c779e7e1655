"""Event processes inside the test's own loop, and producers that speak as publishers."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from aiokafka import AIOKafkaProducer

from mingjing_shared.clock import machine_now
from mingjing_shared.event_process import Process
from mingjing_shared.events import CATALOGUE
from support.events import record_of
from support.stack import World

WAIT_SECONDS = 30.0


@contextlib.asynccontextmanager
async def running(
    world: World, service: str, handlers: Any, alarms: Any = None
) -> AsyncIterator[Process]:
    """A service's event process (without its status page), stopped at the end."""
    process = Process(await world.settings(service), handlers, alarms or {})
    task = asyncio.create_task(process.run())
    try:
        yield process
    finally:
        process.stop.set()
        await asyncio.wait_for(task, 20)


@contextlib.asynccontextmanager
async def producing(world: World) -> AsyncIterator[AIOKafkaProducer]:
    """A producer with all rights (the admin's), acks=all."""
    kafka = world.stack.started_kafka()
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.admin_user,
        sasl_plain_password=kafka.admin_password,
        enable_idempotence=True,
        acks="all",
    )
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def send(producer: AIOKafkaProducer, world: World, topic: str, *items: Any) -> None:
    """Send received-like events as records."""
    waiting = []
    for item in items:
        key, value, headers = record_of(item)
        waiting.append(await producer.send(world.prefix + topic, value, key=key, headers=headers))
    await asyncio.gather(*waiting)


async def register(world: World, service: str, name: str, **changes: Any) -> None:
    """Put a publisher in a service's register, as if the directory had said so."""
    database = await world.database(service)
    given = {
        "name": name,
        "topic": f"inbound.{name}",
        "source": f"/huainan/{name}",
        "types": json.dumps([t for t, c in CATALOGUE.items() if c.home == "inbound"]),
        "modes": "[]",
    } | changes
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO publishers (name, topic, source, types, modes, registered_at,"
            " registered_by) VALUES (:name, :topic, :source, CAST(:types AS jsonb),"
            " CAST(:modes AS jsonb), :now, 'test') ON CONFLICT DO NOTHING",
            now=machine_now(),
            **given,
        )


async def until(condition: Callable[[], Awaitable[Any]], seconds: float = WAIT_SECONDS) -> Any:
    """Ask again and again until the answer is true; give it. Fails loudly when it never is."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while True:
        found = await condition()
        if found:
            return found
        if loop.time() > end:
            raise AssertionError(f"did not come true within {seconds} s: last {found!r}")
        await asyncio.sleep(0.05)
