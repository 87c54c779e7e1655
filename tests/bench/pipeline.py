"""One worker with full semantics beside two bare loops, on one broker and one database.

    python tests/bench/pipeline.py [--events 40000]

*bare*: ``getmany(500)``, one ``insert … select unnest``, commit of offsets a batch. *full*:
disclosure's worker on ``decision.made`` (strict decoding, inbox with digests, facts, derived
items, clocks, outgoing events). *one a tx*: the same worker, and a bare insert, with one
transaction an event. Events are about 0.9 kB over 24 partitions. Each loop reads the same topic
with a group of its own; runs alternate.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import asyncpg
import orjson
import uvloop
from aiokafka import AIOKafkaConsumer

from bench.machine import machine_facts
from mingjing_disclosure.handlers import ALARMS, HANDLERS
from mingjing_shared.event_process import Process
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from support.events import received, record_of
from support.people import BASIS
from support.running import producing, register, until
from support.stack import Stack, World

CASES = 5_000
PER_EVENT_COUNT = 1_500
ADULT = {
    "kind": "person", "name": "测试甲", "resident_id": "11010519491231002X", "role": "penalised",
}  # fmt: skip


async def fill(world: World, count: int) -> int:
    """Put cases and decisions on the topic; the mean size of a decision's value."""
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
    size = 0
    async with producing(world) as out:
        waiting = []
        for number in range(count):
            item = received(
                DecisionMade,
                case_number=f"田公（交）2026-{number % CASES:05d}",
                decision_id=f"D{number}",
                basis=BASIS,
                kind="penalty",
                parties=[],
                facts="经查，当事人于当日实施违法行为，事实清楚，证据确实充分。" * 4,
                about={"id": f"d{number}"},
            )
            key, value, headers = record_of(item)
            size += len(value)
            topic = world.prefix + "inbound.casework"
            waiting.append(await out.send(topic, value, key=key, headers=headers))
            if len(waiting) == 2_000:
                await asyncio.gather(*waiting)
                waiting = []
        await asyncio.gather(*waiting)
    return size // count


async def know_cases(world: World) -> None:
    """Have disclosure know the cases before the clock starts."""
    database = await world.database("disclosure")
    for start in range(0, CASES, 500):
        cases = [
            received(
                CaseAccepted,
                case_number=f"田公（交）2026-{number:05d}",
                kind="traffic",
                parties=[ADULT],
            )
            for number in range(start, start + 500)
        ]
        async with database.transaction() as tx:
            await HANDLERS[CaseAccepted](cases, tx)


def consumer_of(world: World, group: str) -> AIOKafkaConsumer:
    kafka = world.stack.started_kafka()
    return AIOKafkaConsumer(
        world.prefix + "inbound.casework",
        bootstrap_servers=kafka.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.admin_user,
        sasl_plain_password=kafka.admin_password,
        group_id=world.prefix + group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=2 * 1024 * 1024,
        fetch_max_wait_ms=100,
    )


async def bare(world: World, count: int, run: int) -> float:
    """Events a second of the bare loop."""
    connection = await asyncpg.connect(world.stack.started_postgres().dsn())
    await connection.execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (id text, data jsonb)")
    consumer = consumer_of(world, f"bare{run}")
    await consumer.start()
    done, started = 0, 0.0
    try:
        while done < count:
            batches = await consumer.getmany(timeout_ms=200, max_records=500)
            if not batches:
                continue
            started = started or time.perf_counter()
            records = [record for batch in batches.values() for record in batch]
            ids = [orjson.loads(record.value)["decision_id"] for record in records]
            values = [record.value.decode() for record in records]
            await connection.execute(
                "INSERT INTO bare SELECT i, d::jsonb"
                " FROM unnest($1::text[], $2::text[]) AS r(i, d)",
                ids,
                values,
            )
            await consumer.commit()
            done += len(records)
    finally:
        await consumer.stop()
        await connection.close()
    return count / (time.perf_counter() - started)


async def per_event(world: World, count: int, run: int) -> float:
    """Events a second with one transaction an event."""
    connection = await asyncpg.connect(world.stack.started_postgres().dsn())
    await connection.execute("DROP TABLE IF EXISTS one; CREATE TABLE one (id text, data jsonb)")
    consumer = consumer_of(world, f"one{run}")
    await consumer.start()
    done, started = 0, 0.0
    try:
        async for record in consumer:
            started = started or time.perf_counter()
            identity = orjson.loads(record.value)["decision_id"]
            await connection.execute(
                "INSERT INTO one VALUES ($1, $2::jsonb)", identity, record.value.decode()
            )
            done += 1
            if done == count:
                break
        return count / (time.perf_counter() - started)
    finally:
        await consumer.stop()
        await connection.close()


async def full(stack: Stack, source: World, count: int, batch: int = 500) -> float:
    """Events a second of disclosure's worker, from its first batch to its last commit."""
    settings = (await source.settings("disclosure")).model_copy(update={"batch_max_records": batch})
    database = await source.database("disclosure")
    owner = await asyncpg.connect(stack.started_postgres().dsn(settings.database_name))
    await owner.execute("TRUNCATE inbox, outbox, items, decision_facts, clocks")
    await owner.close()
    await asyncio.to_thread(new_group, source)
    process = Process(settings, HANDLERS, ALARMS)
    worker = asyncio.create_task(process.worker.run(process.stop))

    async def finished() -> bool:
        rows = await database.all("SELECT count(*) AS n FROM inbox")
        return bool(rows[0].n >= count)

    await until(lambda: _started(process), 60)
    started = time.perf_counter()
    await until(finished, 600)
    took = time.perf_counter() - started
    process.stop.set()
    await worker
    await process.database.close()
    return count / took


async def _started(process: Process) -> bool:
    return process.worker.last_settled_at > 0


def new_group(world: World) -> None:
    """Have the worker's group begin at the beginning again."""
    from confluent_kafka.admin import AdminClient

    from mingjing_deploy.kafka.admin import client_settings

    kafka = world.stack.started_kafka()
    client = AdminClient(client_settings(kafka.bootstrap, kafka.admin_user, kafka.admin_password))
    group = world.prefix + "disclosure"
    for answer in client.delete_consumer_groups([group]).values():
        try:
            answer.result(10)
        except Exception as error:
            print(f"(group: {error})", file=sys.stderr)


async def main(count: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        try:
            await asyncio.to_thread(stack.started_kafka)
            world = await (await stack.world(None)).with_topics()
            await register(world, "disclosure", "casework")
            size = await fill(world, count)
            await know_cases(world)
            print(machine_facts())
            print(f"{count} events of {size} bytes, {runs} runs in turn")
            names = ("bare", "full", "full, one a tx", "bare, one a tx")
            figures: dict[str, list[float]] = {name: [] for name in names}
            for run in range(runs):
                figures["bare"].append(await bare(world, count, run))
                figures["full"].append(await full(stack, world, count))
                alone = await full(stack, world, PER_EVENT_COUNT, batch=1)
                figures["full, one a tx"].append(alone)
                figures["bare, one a tx"].append(await per_event(world, PER_EVENT_COUNT, run))
            for name, values in figures.items():
                row = " ".join(f"{value:9.0f}" for value in values)
                print(f"{name:15} {row}  median {statistics.median(values):9.0f} events/s")
            ratio = statistics.median(
                f / b for f, b in zip(figures["full"], figures["bare"], strict=True)
            )
            times = statistics.median(
                f / o for f, o in zip(figures["full"], figures["full, one a tx"], strict=True)
            )
            print(f"full / bare = {ratio:.2f} (wanted >= 0.5); full / one a tx = {times:.1f}")
            await world.close()
        finally:
            await asyncio.to_thread(stack.stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=40_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    gc.set_threshold(100_000, 50, 100)  # as the event process sets it
    uvloop.run(main(given.events, given.runs))
