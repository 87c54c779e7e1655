"""The door beside a route that only parses, and beside a bare idempotent producer.

    python tests/bench/door.py [--events 20000]

Batches of 100 CloudEvents by one client over one connection. *parse only*: a FastAPI route in a
process like the door's that parses the same JSON and answers. *producer*: aiokafka, idempotent,
``acks=all``, the same records, 100 awaited at a time.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx
import orjson
from guarantees.processes import Program
from guarantees.publishers import _structured

from bench.machine import machine_facts
from mingjing_deploy.local.ports import free_port
from mingjing_gateway.acts.publisher import add_publisher
from mingjing_shared.events import CATALOGUE
from mingjing_shared.events.casework import DecisionMade
from support.events import received, record_of
from support.people import BASIS
from support.running import producing, until
from support.stack import Stack, World

BATCH = 100
PARSE_ONLY = """
import orjson, sys, uvicorn
from fastapi import FastAPI, Request

app = FastAPI()

@app.post("/parse", status_code=202)
async def parse(request: Request) -> list[dict[str, int]]:
    events = orjson.loads(await request.body())
    return [{"index": n} for n, _ in enumerate(events)]

uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
"""


def batches(count: int, run: str) -> list[list[Any]]:
    items = [
        received(
            DecisionMade,
            case_number=f"门-{number % 1000:04d}",
            decision_id=f"{run}-{number}",
            basis=BASIS,
            about={"id": f"{run}-{number}"},
        )
        for number in range(count)
    ]
    return [items[start : start + BATCH] for start in range(0, count, BATCH)]


async def through(url: str, headers: dict[str, str], bodies: list[bytes]) -> float:
    """Events a second through a URL, one request after the other."""
    async with httpx.AsyncClient(timeout=30) as client:
        started = time.perf_counter()
        for body in bodies:
            answer = await client.post(url, content=body, headers=headers)
            assert answer.status_code == 202, answer.text[:300]
        return len(bodies) * BATCH / (time.perf_counter() - started)


async def produced(world: World, groups: list[list[Any]]) -> float:
    async with producing(world) as out:
        started = time.perf_counter()
        for group in groups:
            waiting = []
            for item in group:
                key, value, headers = record_of(item)
                topic = world.prefix + "inbound.casework"
                waiting.append(await out.send(topic, value, key=key, headers=headers))
            await asyncio.gather(*waiting)
        return len(groups) * BATCH / (time.perf_counter() - started)


def parse_only(port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PARSE_ONLY, str(port)])


async def answers(url: str) -> bool:
    async with httpx.AsyncClient() as client:
        try:
            return (await client.get(url)).status_code < 500
        except httpx.HTTPError:
            return False


async def main(count: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        parse_port = free_port()
        parser = parse_only(parse_port)
        try:
            await asyncio.to_thread(stack.started_kafka)
            world = await (await stack.world(None)).with_topics()
            await world.settings("gateway")
            gateway = await world.database("gateway")
            await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
            await asyncio.to_thread(world.admin().grant_door, "inbound.casework")
            async with gateway.transaction() as tx:
                types = [t for t, c in CATALOGUE.items() if c.home == "inbound"]
                key = await add_publisher(
                    tx, name="casework", source="/huainan/casework", types=types, way="door",
                    by="bench",
                )  # fmt: skip
            door = Program(world, "gateway", "app", 0)
            door.start()
            await until(lambda: answers(f"http://127.0.0.1:{door.port}/healthz"))
            await until(lambda: answers(f"http://127.0.0.1:{parse_port}/docs"))
            headers = {
                "authorization": f"Bearer {key}",
                "content-type": "application/cloudevents-batch+json",
            }
            figures: dict[str, list[float]] = {"door": [], "parse only": [], "producer": []}
            for run in range(runs):
                groups = batches(count, f"r{run}")
                bodies = [orjson.dumps([_structured(item) for item in group]) for group in groups]
                url = f"http://127.0.0.1:{door.port}/intake/events"
                figures["door"].append(await through(url, headers, bodies))
                url = f"http://127.0.0.1:{parse_port}/parse"
                figures["parse only"].append(await through(url, {}, bodies))
                figures["producer"].append(await produced(world, groups))
            print(machine_facts())
            print(f"{count} events in batches of {BATCH}, {runs} runs in turn")
            for name, values in figures.items():
                row = " ".join(f"{value:9.0f}" for value in values)
                print(f"{name:10} {row}  median {statistics.median(values):9.0f} events/s")
            medians = {name: statistics.median(values) for name, values in figures.items()}
            print(
                f"door / parse only = {medians['door'] / medians['parse only']:.2f};"
                f" door / producer = {medians['door'] / medians['producer']:.2f}"
            )
            door.stop()
            await world.close()
        finally:
            parser.terminate()
            parser.wait()
            await asyncio.to_thread(stack.stop)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--events", type=int, default=20_000)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    asyncio.run(main(given.events, given.runs))
