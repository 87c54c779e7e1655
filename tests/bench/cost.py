"""What a thousand events from outside cost: processor time, disk, broker, spans.

    python tests/bench/cost.py [--cases 4000]

Four departments' workers, as they run in earnest, take whole cases (accepted, an act, a proposal,
a decision, the end: five events from outside each) from the broker, with every trace kept. What
they cause in each other is part of the cost. docs/scale.md is made with what is printed here.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import asyncpg
import httpx
import psutil
import uvloop
from guarantees.processes import Program
from guarantees.watchers import TraceStore

from bench.place import a_watched_world
from support.people import a_case, a_decision, a_proposal, an_act, an_end
from support.running import producing, register, send, until
from support.stack import World

SERVICES = ("review", "recording", "disclosure", "tasks")
QUIET_SECONDS = 5.0
SETTLED_SECONDS = 1200
AT_ONCE = 200


def whole_case(number: int) -> list[Any]:
    """What casework says of one case, in its order."""
    case, name = f"田公（网）2026-{number:06}", f"{number:06}"
    told = [
        (a_case, {}),
        (an_act, {"action_id": f"A{name}"}),
        (a_proposal, {"decision_id": f"D{name}"}),
        (a_decision, {"decision_id": f"D{name}"}),
        (an_end, {}),
    ]
    return [tell(case, about={"id": f"{tell.__name__}-{name}"}, **more) for tell, more in told]


class Meter:
    """Reads off what was used up so far."""

    def __init__(self, world: World, workers: dict[str, Program], traces: TraceStore) -> None:
        self._world, self._workers, self._traces = world, workers, traces
        self._owners: dict[str, asyncpg.Connection] = {}

    async def open(self) -> None:
        """A look into each database, with the server's own rights."""
        postgres = self._world.stack.started_postgres()
        for service in SERVICES:
            name = (await self._world.settings(service)).database_name
            self._owners[service] = await asyncpg.connect(postgres.dsn(name))

    async def close(self) -> None:
        """Look no more."""
        for owner in self._owners.values():
            await owner.close()

    async def standing(self) -> tuple[int, ...]:
        """What each service has settled and has still to publish."""
        found: list[int] = []
        for owner in self._owners.values():
            found += await owner.fetchrow(
                "SELECT (SELECT count(*) FROM inbox) AS settled,"
                " (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS waiting"
            )
        return tuple(found)

    async def read(self) -> dict[str, float]:
        """Everything that is counted, by name."""
        stack = self._world.stack
        found: dict[str, float] = {}
        for service, worker in self._workers.items():
            assert worker.process is not None
            found[f"cpu s, {service}'s worker"] = _cpu(worker.process.pid)
            owner = self._owners[service]
            await owner.execute("CHECKPOINT")
            size = await owner.fetchval("SELECT pg_database_size(current_database())")
            found[f"database MB, {service}"] = size / 1e6
            found[f"events caused by {service}"] = await owner.fetchval(
                "SELECT count(*) FROM outbox WHERE topic <> 'platform'"
            )
            found["effects"] = found.get("effects", 0) + await owner.fetchval(
                "SELECT count(*) FROM inbox"
            )
            found["transactions"] = found.get("transactions", 0) + await owner.fetchval(
                "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
            )
        wal = await self._owners["tasks"].fetchval(
            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
        )
        found["write-ahead log MB"] = float(wal) / 1e6
        found["cpu s, PostgreSQL"] = _cpu(stack.started_postgres().pid)
        found["cpu s, Kafka"] = _cpu(stack.started_kafka().pid)
        data = stack.home / "kafka"
        sizes = [file.stat().st_blocks * 512 for file in data.rglob("*.log") if file.is_file()]
        found["Kafka MB"] = sum(sizes) / 1e6
        async with httpx.AsyncClient() as client:
            said = (await client.get(f"{self._traces.address}/metrics")).json()
        found["spans"] = said.get("counter.zipkin_collector.spans.http", 0)
        return found


def _cpu(pid: int) -> float:
    """Processor seconds of a process, its children and those of them that have ended."""
    main = psutil.Process(pid)
    seconds = 0.0
    for one in [main, *main.children(recursive=True)]:
        times = one.cpu_times()
        seconds += times.user + times.system + times.children_user + times.children_system
    return seconds


async def settled(meter: Meter) -> None:
    """Wait until nothing more happens for a while."""
    seen, since = await meter.standing(), time.monotonic()

    async def quiet() -> bool:
        nonlocal seen, since
        now = await meter.standing()
        if now != seen or any(now[1::2]):
            seen, since = now, time.monotonic()
        return time.monotonic() - since > QUIET_SECONDS

    await until(quiet, SETTLED_SECONDS)


async def run(world: World, traces: TraceStore, cases: int) -> None:
    """Warm up, read the meter, send, wait, read the meter again."""
    for service in SERVICES:
        await register(world, service, "casework")
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
    workers = {
        service: Program(world, service, "worker", place, more=traces.environment)
        for place, service in enumerate(SERVICES)
    }
    meter = Meter(world, workers, traces)
    await meter.open()
    for worker in workers.values():
        worker.start()
    try:
        async with producing(world) as out:
            await _tell(out, world, range(cases, cases + AT_ONCE))
            await settled(meter)
            before, began = await meter.read(), time.monotonic()
            await _tell(out, world, range(cases))
            await settled(meter)
            took = time.monotonic() - began - QUIET_SECONDS
            after = await meter.read()
    finally:
        for worker in workers.values():
            await asyncio.to_thread(worker.stop)
        await meter.close()
    outside = 5 * cases
    print(f"{outside} events from outside in {took:.0f} s: {outside / took:.0f} a second")
    print("per 1,000 events from outside:")
    for name, value in sorted(after.items()):
        print(f"  {name:32} {(value - before[name]) * 1000 / outside:10.2f}")


async def _tell(out: Any, world: World, numbers: range) -> None:
    for start in range(0, len(numbers), AT_ONCE):
        some = [whole_case(number) for number in numbers[start : start + AT_ONCE]]
        for step in zip(*some, strict=True):
            await send(out, world, "inbound.casework", *step)


async def main(cases: int) -> None:
    """One broker, one database server, one trace store, four workers."""
    async with a_watched_world() as (world, traces):
        await asyncio.to_thread(traces.start)
        await run(world, traces, cases)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=4_000)
    uvloop.run(main(parser.parse_args().cases))
