"""What being watched costs: one worker without traces, and with a trace store that is well or not.

    python tests/bench/telemetry.py [--events 30000] [--runs 3]

disclosure's worker in a process of its own takes ``decision.made`` from a full topic: *off* traces
nothing, *on* sends every span to a running Zipkin, *killed* loses that Zipkin by kill -9 after a
third of the events, *hung* has it stopped (SIGSTOP: it takes connections and never answers).
Wanted: killed and hung are not slower than on, beyond the spread between the runs of one kind.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import asyncpg
import httpx
import uvloop
from guarantees.processes import Program
from guarantees.watchers import TraceStore

from bench.pipeline import fill, know_cases, new_group
from bench.place import a_watched_world
from support.running import register, until
from support.stack import World

KINDS = ("off", "on", "killed", "hung")
BLOW_AT = 3  # after a third of the events
STARTED_SECONDS, FINISHED_SECONDS = 60, 600


async def one_run(world: World, traces: TraceStore, kind: str, count: int) -> tuple[float, str]:
    """Events a second of one kind of run; and what became of the spans."""
    settings = await world.settings("disclosure")
    owner = await asyncpg.connect(world.stack.started_postgres().dsn(settings.database_name))
    await owner.execute("TRUNCATE inbox, outbox, items, decision_facts, clocks")
    await asyncio.to_thread(new_group, world)
    more = {} if kind == "off" else traces.environment
    worker = Program(world, "disclosure", "worker", 0, more=more)
    blow: dict[str, Callable[[], object]] = {"killed": traces.kill, "hung": traces.pause}

    async def settled() -> int:
        return int(await owner.fetchval("SELECT count(*) FROM inbox"))

    async def begun() -> bool:
        return await settled() > 0

    async def at_blow() -> bool:
        return await settled() >= count // BLOW_AT

    async def finished() -> bool:
        return await settled() >= count

    await asyncio.to_thread(traces.start)
    worker.start()
    try:
        await until(begun, STARTED_SECONDS)
        first, started = await settled(), time.perf_counter()
        if kind in blow:
            await until(at_blow, FINISHED_SECONDS)
            await asyncio.to_thread(blow[kind])
        await until(finished, FINISHED_SECONDS)
        took = time.perf_counter() - started
        return (count - first) / took, await _spans(worker)
    finally:
        traces.resume()
        await asyncio.to_thread(worker.stop)
        await owner.close()


async def _spans(worker: Program) -> str:
    async with httpx.AsyncClient() as client:
        said = (await client.get(f"http://127.0.0.1:{worker.port}/metrics")).text
    lost = [line.split() for line in said.splitlines() if line.startswith("mj_spans_dropped_total")]
    return ", ".join(f"{name[23:-1]} {float(value):.0f}" for name, value in lost)


async def main(count: int, runs: int) -> None:
    """Fill the topic once, let each kind of run read it in turn, print what came out."""
    async with a_watched_world() as (world, traces):
        await register(world, "disclosure", "casework")
        await fill(world, count)
        await know_cases(world)
        figures: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for _run in range(runs):
            for kind in KINDS:
                speed, lost = await one_run(world, traces, kind, count)
                figures[kind].append(speed)
                print(f"{kind:7} {speed:9.0f} events/s   spans dropped: {lost}", flush=True)
    for kind, values in figures.items():
        ratios = [v / o for v, o in zip(values, figures["on"], strict=True)]
        print(
            f"{kind:7} median {statistics.median(values):9.0f} events/s,"
            f" {statistics.median(ratios):.2f} of on ({min(ratios):.2f} to {max(ratios):.2f})"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=30_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    uvloop.run(main(given.events, given.runs))
