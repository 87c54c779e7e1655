"""From acceptance at the door to the effect committed in the last service, at 120 events/s.

    python tests/bench/latency.py [--seconds 60] [--rate 120]

Events are cases, each followed by an act, a proposal and a decision, sent singly through the
door. All four departments take them with their own workers. Accepted is the timestamp at which
the broker appended the record; effective is the commit timestamp that the database keeps of the
transaction that entered the event in the inbox of the last service that takes its type.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx
import orjson
from aiokafka import AIOKafkaConsumer
from guarantees.processes import Program
from guarantees.publishers import ADULT, _structured

from bench.machine import machine_facts
from mingjing_gateway.acts.publisher import add_publisher
from mingjing_shared.events import CATALOGUE
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DecisionProposed,
)
from support.events import received
from support.people import BASIS
from support.running import register, until
from support.stack import Stack, World

DEPARTMENTS = ("disclosure", "recording", "review", "tasks")
TAKERS = {cls.type: cls.takers for cls in CATALOGUE.values()}


def events(count: int) -> list[Any]:
    made = []
    for number in range(count // 4 + 1):
        case = f"迟-{number:05d}"
        made += [
            received(CaseAccepted, case_number=case, kind="traffic", parties=[ADULT]),
            received(ActionPerformed, case_number=case, action_id=f"a{number}"),
            received(DecisionProposed, case_number=case, decision_id=f"d{number}", parties=[]),
            received(
                DecisionMade, case_number=case, decision_id=f"d{number}", parties=[], basis=BASIS
            ),
        ]
    return made[:count]


async def committed(database: Any) -> dict[str, float]:
    """When the effect of each event was committed, by the database's own commit timestamps."""
    rows = await database.all(
        "SELECT event_id, pg_xact_commit_timestamp(xmin) AS at FROM inbox"
        " WHERE source = '/huainan/casework'"
    )
    return {row.event_id: row.at.timestamp() for row in rows}


async def batches_of(program: Program) -> str:
    """How many batches a worker settled and how long each took, from its own metrics."""
    async with httpx.AsyncClient() as client:
        text = (await client.get(f"http://127.0.0.1:{program.port}/metrics")).text
    found = dict(re.findall(r"mj_batch_seconds_(count|sum){[^}]*} ([0-9.e+-]+)", text))
    count, total = float(found.get("count", 0)), float(found.get("sum", 0))
    return f"{count:.0f} batches of {1000 * total / max(count, 1):.1f} ms"


async def accepted_at(world: World, count: int) -> dict[str, float]:
    """When the broker appended each event's record, by its own clock."""
    kafka = world.stack.started_kafka()
    consumer = AIOKafkaConsumer(
        world.prefix + "inbound.casework",
        bootstrap_servers=kafka.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.admin_user,
        sasl_plain_password=kafka.admin_password,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    found: dict[str, float] = {}
    try:
        while len(found) < count:
            for records in (await consumer.getmany(timeout_ms=500)).values():
                for record in records:
                    found[dict(record.headers)["ce_id"].decode()] = record.timestamp / 1000
    finally:
        await consumer.stop()
    return found


async def send(url: str, key: str, items: list[Any], rate: float) -> list[float]:
    """Send singly at an even rate; how long each waited for its 202, in seconds."""
    answered: list[float] = []
    headers = {
        "authorization": f"Bearer {key}",
        "content-type": "application/cloudevents+json",
    }

    async def one(client: httpx.AsyncClient, item: Any) -> None:
        begun = time.perf_counter()
        answer = await client.post(url, content=orjson.dumps(_structured(item)), headers=headers)
        assert answer.status_code == 202, answer.text[:300]
        answered.append(time.perf_counter() - begun)

    started, waiting = time.perf_counter(), []
    async with httpx.AsyncClient(timeout=30) as client:
        for number, item in enumerate(items):
            await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
            waiting.append(asyncio.create_task(one(client, item)))
        await asyncio.gather(*waiting)
    return answered


async def prepare(stack: Stack) -> tuple[World, str, list[Program]]:
    world = await (await stack.world(None)).with_topics()
    for service in (*DEPARTMENTS, "gateway"):
        await world.settings(service)
        await register(world, service, "casework")
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
    await asyncio.to_thread(world.admin().grant_door, "inbound.casework")
    gateway = await world.database("gateway")
    async with gateway.transaction() as tx:
        types = [t for t, c in CATALOGUE.items() if c.home == "inbound"]
        key = await add_publisher(
            tx, name="casework", source="/huainan/casework", types=types, way="door", by="bench"
        )
    programs = [Program(world, "gateway", "app", 0), Program(world, "gateway", "worker", 0)]
    programs += [Program(world, service, "worker", 0) for service in DEPARTMENTS]
    for program in programs:
        program.start()
    for program in programs:
        address = f"http://127.0.0.1:{program.port}/readyz"
        await until(lambda address=address: ready(address), 60)
    return world, key, programs


async def ready(url: str) -> bool:
    async with httpx.AsyncClient() as client:
        try:
            return (await client.get(url)).status_code == 200
        except httpx.HTTPError:
            return False


async def warm(url: str, key: str) -> bool:
    """One event before the clock starts: connections and topics are then there."""
    item = received(CaseAccepted, case_number="迟-warm", about={"id": "warm"})
    headers = {"authorization": f"Bearer {key}", "content-type": "application/cloudevents+json"}
    async with httpx.AsyncClient(timeout=30) as client:
        answer = await client.post(url, content=orjson.dumps(_structured(item)), headers=headers)
    return answer.status_code == 202


def print_figures(name: str, values: list[float]) -> None:
    cuts = statistics.quantiles(values, n=100)
    print(
        f"{name:34} p50 {cuts[49] * 1000:6.0f} ms  p95 {cuts[94] * 1000:6.0f} ms"
        f"  p99 {cuts[98] * 1000:6.0f} ms  max {max(values) * 1000:6.0f} ms"
    )


async def main(seconds: int, rate: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        programs: list[Program] = []
        try:
            await asyncio.to_thread(stack.started_kafka)
            world, key, programs = await prepare(stack)
            items = events(int(seconds * rate))
            databases = {name: await world.database(name) for name in DEPARTMENTS}
            url = f"http://127.0.0.1:{programs[0].port}/intake/events"
            await until(lambda: warm(url, key), 60)
            answered = await send(url, key, items, rate)
            wanted = {n: sum(n in TAKERS[i.event.type] for i in items) for n in DEPARTMENTS}

            async def all_there() -> bool:
                found = [await committed(databases[name]) for name in DEPARTMENTS]
                return all(len(f) >= wanted[n] for f, n in zip(found, DEPARTMENTS, strict=True))

            await until(all_there, 60)
            accepted = await accepted_at(world, len(items) + 1)
            effective = {name: await committed(databases[name]) for name in DEPARTMENTS}
            print(machine_facts())
            print(f"{len(items)} events at {rate:.0f}/s, each through the door singly")
            print_figures("request to 202", answered)
            last = [
                max(effective[taker][item.envelope.id] for taker in TAKERS[item.event.type])
                - accepted[item.envelope.id]
                for item in items
            ]
            print_figures("accepted to last service's commit", [max(0.0, v) for v in last])
            for name, program in zip(DEPARTMENTS, programs[2:], strict=True):
                mine = [
                    max(0.0, effective[name][i.envelope.id] - accepted[i.envelope.id])
                    for i in items
                    if name in TAKERS[i.event.type]
                ]
                print_figures(f"  {name}", mine)
                print(f"{'':34} {await batches_of(program)}")
            await world.close()
        except BaseException:
            for program in programs[:1]:
                print(program.log.read_text()[-200000:])
            raise
        finally:
            for program in programs:
                program.stop()
            await asyncio.to_thread(stack.stop)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--rate", type=float, default=120)
    given = arguments.parse_args()
    asyncio.run(main(given.seconds, given.rate))
