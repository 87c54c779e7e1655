"""What the transparency log costs the relay: with and without it, in turns, on one database.

    python tests/bench/log.py [--events 20000] [--rounds 3]

*without*: the relay gives places, publishes and marks. *with*: beside it the service's log brings
entries into tiles and signs heads, as in the event process. *commitment*: what a salted digest
costs whoever writes an event. Events are about 0.9 kB.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uuid_utils
import uvloop

from bench.machine import machine_facts
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.commitment import canonical_event, commitment, new_salt
from mingjing_shared.messaging.relay import Relay
from mingjing_shared.trust.desk import log_of
from mingjing_shared.trust.store import INNER, size_of
from support.running import until
from support.stack import Stack

DATA = b'{"text":"%s"}' % (("经查，事实清楚，证据确实充分。" * 20).encode())
AT_ONCE = 1_000
LEFT = "SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL) AS some"
WITHIN_SECONDS = 300.0
HEAD = "SELECT size FROM log_head"


def attributes(number: int) -> dict[str, str]:
    """An envelope like those that services write."""
    return {
        "specversion": "1.0",
        "id": str(uuid_utils.uuid7()),
        "source": "/mingjing/gateway",
        "type": "cn.mingjing.platform.probed",
        "subject": f"p{number}",
        "time": "2026-11-27T09:30:00+08:00",
        "dataschema": "/intake/schemas/cn.mingjing.platform.probed/1",
        "partitionkey": f"p{number % 500}",
    }


async def fill(database, count: int) -> None:
    """So many events in the outbox."""
    for first in range(0, count, AT_ONCE):
        async with database.transaction() as tx:
            for number in range(first, min(first + AT_ONCE, count)):
                told = attributes(number)
                outbox.add_record(
                    tx,
                    event_id=told["id"],
                    topic="platform",
                    key=told["partitionkey"],
                    attributes=told,
                    value=DATA,
                )


async def relayed(settings, database, *, is_logged: bool) -> tuple[float, float]:
    """Seconds until everything is out, and until all of it is in tiles after that."""
    relay, stop = Relay(settings, database), asyncio.Event()
    log = log_of(settings, database)
    tasks = [asyncio.create_task(relay.run(stop))]
    began = perf_counter()
    if is_logged:
        tasks.append(asyncio.create_task(log.run(stop, lambda: True)))

    async def is_out() -> bool:
        return not (await database.all(LEFT))[0].some

    async def is_whole() -> bool:
        return await size_of(database, INNER) == (await database.all(HEAD))[0].size

    await until(is_out, WITHIN_SECONDS)
    out = perf_counter() - began
    if is_logged:
        await until(is_whole, WITHIN_SECONDS)
    whole = perf_counter() - began - out
    stop.set()
    await asyncio.gather(*tasks)
    await log.close()
    return out, whole


def commitment_seconds(count: int) -> float:
    """What the commitments of so many events cost."""
    told = [attributes(number) for number in range(count)]
    began = perf_counter()
    for one in told:
        commitment(new_salt(), canonical_event(one, DATA))
    return perf_counter() - began


async def main(events: int, rounds: int) -> None:
    """Print both rates and their ratio."""
    with tempfile.TemporaryDirectory() as home:
        stack = Stack(Path(home))
        stack.started_kafka()
        found: dict[bool, list[float]] = {False: [], True: []}
        for number in range(rounds * 2):
            world = await (await stack.world(partitions=24)).with_topics()
            settings = await world.settings("gateway")
            database = await world.database("gateway")
            await fill(database, 500)
            await relayed(settings, database, is_logged=False)  # topics and rights are known then
            await fill(database, events)
            is_logged = number % 2 == 1
            out, whole = await relayed(settings, database, is_logged=is_logged)
            found[is_logged].append(events / out)
            said = f"with, whole {whole:.1f} s later" if is_logged else "without"
            sys.stdout.write(f"{events / out:8.0f} ev/s {said}\n")
            await world.close()
        without, with_ = (statistics.median(found[one]) for one in (False, True))
        sys.stdout.write(
            f"{machine_facts()}\nwithout {without:.0f} ev/s, with {with_:.0f} ev/s:"
            f" {1 - with_ / without:.1%} slower (wanted: at most 5 %)\n"
            f"commitment: {commitment_seconds(events) / events * 1e6:.1f} µs an event\n"
        )
        stack.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    uvloop.run(main(asked.events, asked.rounds))
