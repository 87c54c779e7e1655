"""The storm: three publishers, and blows dealt at random moments to everything that runs.

Also to the trace store and to the keeper of figures: nothing may depend on them.

    python tests/guarantees/storm.py [--blows 20] [--seed N] [--events 20000]

Afterwards the books are balanced: lost 0, applied twice 0, outgoing twice 0 behind the
consumer's inbox, order per publisher and case broken 0, every log place used once.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import secrets
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from guarantees.books import Balance, balance
from guarantees.processes import Program, elapsed_since
from guarantees.publishers import Plan, by_aiokafka, by_door, by_librdkafka
from guarantees.watchers import Figures, TraceStore, Watchers

from mingjing_gateway.acts.publisher import add_publisher
from mingjing_shared.events import CATALOGUE
from support.running import register, until
from support.stack import Stack, World

KINDS = (
    "worker kill -9", "worker SIGSTOP", "broker kill -9", "broker SIGSTOP",
    "database kill -9", "database SIGSTOP", "door kill -9", "door SIGSTOP", "rebalance",
    "traces kill -9", "traces SIGSTOP", "figures kill -9", "figures SIGSTOP",
)  # fmt: skip
DISCLOSURE_WORKERS = 3
SESSION_SECONDS = 6
ZOMBIE_SECONDS = 8.0
SHORT_STOP_SECONDS = 3.0
SETTLED_SECONDS = 240.0
SEEN_SECONDS = 90.0  # a window is closed every half minute, and that is a trace


@dataclass
class Storm:
    """One run: a world, its processes, its publishers, its blows."""

    stack: Stack
    world: World
    seed: int
    events: int
    blows_a_kind: int
    say: Callable[[str], None] = print
    workers: list[Program] = field(default_factory=list)
    door: Program | None = None
    watchers: Watchers | None = None
    dealt: dict[str, int] = field(default_factory=dict)
    started_at: float = field(default_factory=monotonic)

    async def run(self) -> Balance:
        """Let it blow, wait until everything is settled, balance the books."""
        self.say(f"seed {self.seed}: {self.events} events, {self.blows_a_kind} blows a kind")
        await self._start()
        plans = self._plans()
        key = await self._register(plans)
        publishing = asyncio.gather(*self._publish(plans, key))
        dealing = asyncio.create_task(self._deal(publishing))
        try:
            self.say(f"repeats by way: {await publishing}")
            await dealing
            self.say(f"{elapsed_since(self.started_at)} all sent, all blows dealt: {self.dealt}")
            total = sum(plan.total for plan in plans)
            databases = {s: await self.world.database(s) for s in ("disclosure", "tasks")}
            await self._settled(databases, total)
            found = await balance(databases, plans)
            await self._watched()
        finally:
            dealing.cancel()
            for program in self._programs():
                program.stop()
            if self.watchers is not None:
                self.watchers.stop()
        self.say(f"{elapsed_since(self.started_at)} {found}")
        return found

    async def _start(self) -> None:
        for service in ("gateway", "disclosure", "tasks"):
            settings = await self.world.settings(service)
            self.world._settings[service] = settings.model_copy(
                update={
                    "kafka_session_timeout_ms": SESSION_SECONDS * 1000,
                    "database_pool_size": 4,
                }
            )
        for number in range(DISCLOSURE_WORKERS):
            self.workers.append(Program(self.world, "disclosure", "worker", number))
        self.workers.append(Program(self.world, "tasks", "worker", 9))
        self.door = Program(self.world, "gateway", "app", 0)
        home = self.stack.home
        traces = TraceStore(home / "traces")
        self.watchers = Watchers(traces, Figures(home / "figures", self._programs()))
        for program in self._programs():
            program.more = traces.environment
            program.start()
        await asyncio.to_thread(traces.start)
        await asyncio.to_thread(self.watchers.figures.start)

    async def _watched(self) -> None:
        """Those who looked on look on again: else it was no storm for them."""
        assert self.watchers is not None
        watchers = self.watchers

        async def seen() -> bool:
            self._supervise()
            spans = await asyncio.to_thread(watchers.traces.services)
            answering = await asyncio.to_thread(watchers.figures.answering)
            return spans >= {"disclosure", "tasks"} and answering == len(self._programs())

        await until(seen, SEEN_SECONDS)

    def _programs(self) -> list[Program]:
        return [*self.workers, *([self.door] if self.door else [])]

    def _supervise(self) -> None:
        """Start what has ended, as the supervisor does."""
        for program in self._programs():
            program.ensure_running()

    def _plans(self) -> list[Plan]:
        decisions = 15
        cases = max(1, self.events // 3 // (1 + decisions))
        names = ("casework", "recorders", "casework-direct")
        return [Plan(name, cases, decisions) for name in names]

    async def _register(self, plans: list[Plan]) -> str:
        admin = self.world.admin()
        types = [t for t, c in CATALOGUE.items() if c.home == "inbound"]
        for plan in plans:
            await asyncio.to_thread(admin.ensure_topic, plan.topic)
            for service in ("disclosure", "tasks", "gateway"):
                await register(self.world, service, plan.name)
        await asyncio.to_thread(admin.grant_door, plans[0].topic)
        gateway = await self.world.database("gateway")
        async with gateway.transaction() as tx:
            return await add_publisher(
                tx,
                name=plans[0].name,
                source=plans[0].source,
                types=types,
                way="door",
                by="storm",
            )

    def _publish(self, plans: list[Plan], key: str) -> list[Any]:
        kafka = self.stack.started_kafka()
        client = {
            "bootstrap_servers": kafka.bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": kafka.mechanism,
            "sasl_plain_username": kafka.admin_user,
            "sasl_plain_password": kafka.admin_password,
        }
        windows = sum(1 for _ in plans[0].windows())
        pause = self._planned_seconds() / windows
        prefix = self.world.prefix
        assert self.door is not None
        url = f"http://127.0.0.1:{self.door.port}/intake/events"
        return [
            by_door(plans[0], url, key, pause),
            by_aiokafka(plans[1], client, prefix, pause),
            asyncio.to_thread(by_librdkafka, plans[2], client, prefix, pause),
        ]

    def _planned_seconds(self) -> float:
        return 4.5 * self.blows_a_kind * len(KINDS)

    async def _deal(self, publishing: Any) -> None:
        """Deal every blow, in an order and at moments that the seed gives."""
        chance = random.Random(self.seed)
        blows = [kind for kind in KINDS for _ in range(self.blows_a_kind)]
        chance.shuffle(blows)
        for kind in blows:
            await asyncio.sleep(chance.uniform(0.2, 2.0))
            self.say(f"{elapsed_since(self.started_at)} {kind}")
            await self._blow(kind, chance)
            self.dealt[kind] = self.dealt.get(kind, 0) + 1
            self._supervise()
            if publishing.done() and publishing.exception():
                return

    async def _blow(self, kind: str, chance: random.Random) -> None:
        whom, _, what = kind.partition(" ")
        if whom == "worker":
            target: Any = chance.choice(self.workers)
        elif whom == "door":
            target = self.door
        elif whom == "rebalance":
            leaver = chance.choice(self.workers[:DISCLOSURE_WORKERS])
            await asyncio.to_thread(leaver.stop)
            await asyncio.sleep(chance.uniform(0.5, 2))
            leaver.start()
            return
        else:
            assert self.watchers is not None
            target = {
                "broker": self.stack.kafka,
                "database": self.stack.postgres,
                "traces": self.watchers.traces,
                "figures": self.watchers.figures,
            }[whom]
        if what == "kill -9":
            await asyncio.to_thread(target.kill)
            await asyncio.sleep(chance.uniform(0.1, 1.0))
            await asyncio.to_thread(target.start)
            return
        target.pause()
        await asyncio.sleep(ZOMBIE_SECONDS if whom == "worker" else SHORT_STOP_SECONDS)
        target.resume()

    async def _settled(self, databases: dict[str, Any], total: int) -> None:
        """Wait until nothing more is on its way."""

        seen = "nothing yet"

        async def quiet() -> bool:
            nonlocal seen
            self._supervise()
            [mine] = await databases["disclosure"].all(
                "SELECT (SELECT count(*) FROM case_facts)"
                " + (SELECT count(*) FROM decision_facts) AS n"
            )
            [out] = await databases["disclosure"].all(
                "SELECT count(*) FILTER (WHERE published_at IS NULL) AS open, count(*) AS n"
                " FROM outbox WHERE topic = 'disclosure'"
            )
            [theirs] = await databases["tasks"].all("SELECT count(*) AS n FROM event_archive")
            seen = f"{total} sent; disclosure has {mine.n}, sent {out.n}, of them {out.open} open;"
            seen += f" tasks has {theirs.n}"
            return bool(mine.n >= total and out.open == 0 and theirs.n >= total + out.n)

        try:
            await until(quiet, SETTLED_SECONDS)
        except AssertionError as error:
            ends = "\n".join(program.last_words() for program in self._programs())
            raise AssertionError(f"{seen}\n{ends}") from error


def _hush() -> None:
    """The clients' complaints about servers that we ourselves killed say nothing."""
    for name in ("aiokafka", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


async def run_storm(
    events: int, blows: int, seed: int | None, say: Callable[[str], None] = print
) -> Balance:
    """A storm on servers of its own; they are stopped and their files removed at the end."""
    _hush()
    seed = secrets.randbelow(10**6) if seed is None else seed
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stack = Stack(Path(folder))
        world = None
        try:
            await asyncio.to_thread(stack.started_kafka)
            world = await (await stack.world(None)).with_topics()
            return await Storm(stack, world, seed, events, blows, say).run()
        finally:
            if world is not None:
                await world.close()
            await asyncio.to_thread(stack.stop)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--blows", type=int, default=20)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    outcome = asyncio.run(run_storm(given.events, given.blows, given.seed))
    sys.exit(0 if outcome.is_clean else 1)
