"""The consuming loop: a partition in trouble waits, and what was read behind it waits with it."""

import asyncio
from time import monotonic

import asyncpg
import pytest

from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.messaging.stall import StallWatch
from mingjing_shared.messaging.worker import CannotLeave
from support.effects import Effects, applied, effects_table
from support.events import received
from support.running import producing, register, running, send, until

TOPIC = "inbound.casework"
KEYS = ("甲", "乙")  # of two partitions in a world with four


@pytest.fixture
async def world(world_with_topics):
    """A world with a registered publisher and a table of effects."""
    await asyncio.to_thread(world_with_topics.admin().ensure_topic, TOPIC)
    await register(world_with_topics, "disclosure", "casework")
    await effects_table(world_with_topics, "disclosure")
    return world_with_topics


def numbered(number):
    """The n-th event of each key."""
    return [received(CaseAccepted, case_number=key, about={"id": f"{key}{number}"}) for key in KEYS]


class InTrouble(Effects):
    """The database refuses the first batch, and again the first event of it that is tried alone.
    The other partition takes its time, until the pause of the first is over.
    """

    def __init__(self):
        super().__init__()
        self.worker = None
        self.refused = None
        self.first_batch = asyncio.Event()
        self.goes_on = asyncio.Event()

    async def note(self, received, tx):
        if self.refused is None and len(received) > 1:
            self.refused = ""
            self.first_batch.set()
            await self.goes_on.wait()
            raise asyncpg.LockNotAvailableError("planted")
        if self.refused == "":
            self.refused = received[0].key
            raise asyncpg.LockNotAvailableError("planted")
        if self.worker._due and received[0].key != self.refused:
            await until(self.pause_is_over)
        await super().note(received, tx)

    async def pause_is_over(self):
        return all(due <= monotonic() for due in self.worker._due.values())


async def test_what_stands_behind_a_held_event_is_not_applied_before_it(world):
    effects = InTrouble()
    database = await world.database("disclosure")
    async with producing(world) as out:
        await send(out, world, TOPIC, *numbered(1), *numbered(2))
        async with running(world, "disclosure", effects.handlers) as process:
            effects.worker = process.worker
            await asyncio.wait_for(effects.first_batch.wait(), 30)
            await send(out, world, TOPIC, *numbered(3))
            effects.goes_on.set()

            async def all_applied():
                return len(await applied(database)) == 3 * len(KEYS)

            await until(all_applied)
    order = await applied(database)
    assert effects.refused in KEYS
    for key in KEYS:
        assert [name for name in order if name[0] == key] == [f"{key}{n}" for n in (1, 2, 3)]


async def lose_the_fetcher(worker):
    """The client's inner task that fetches ends, and nobody is told."""
    fetcher = worker._consumer._fetcher
    fetcher._fetch_task.cancel()
    await asyncio.wait([fetcher._fetch_task, *fetcher._pending_tasks])


@pytest.fixture
async def effects(world):
    """Handlers that note what they apply; the first event has come through."""
    return Effects()


async def first_event(world, out, database):
    await send(out, world, TOPIC, *numbered(1))
    await until(lambda: _applied(database, len(KEYS)))


async def _applied(database, count):
    return len(await applied(database)) == count


async def test_a_client_that_fetches_no_more_is_noticed_and_made_anew(world, effects):
    database = await world.database("disclosure")
    async with (
        producing(world) as out,
        running(world, "disclosure", effects.handlers) as process,
    ):
        await first_event(world, out, database)
        process.worker.stalls = StallWatch(after_seconds=0.5)
        gone = process.worker._consumer
        await lose_the_fetcher(process.worker)
        await send(out, world, TOPIC, *numbered(2))
        await until(lambda: _applied(database, 2 * len(KEYS)))
        assert process.worker._consumer is not gone


async def test_a_quiet_topic_is_no_stall(world, effects):
    database = await world.database("disclosure")
    async with (
        producing(world) as out,
        running(world, "disclosure", effects.handlers) as process,
    ):
        await first_event(world, out, database)
        worker = process.worker
        watch = StallWatch(after_seconds=0.0)
        for _look in range(3):
            await watch.look(worker._consumer)


async def cannot_end(world, effects, out, database):
    """A consumer that fetches no more is given up, and its end does not come."""
    async with running(world, "disclosure", effects.handlers) as process:
        await first_event(world, out, database)
        worker = process.worker
        worker.stalls = StallWatch(after_seconds=0.2)
        worker.leave_seconds_max = 0.2
        consumer = worker._consumer
        end, consumer.stop = consumer.stop, asyncio.Event().wait
        await lose_the_fetcher(worker)
        await send(out, world, TOPIC, *numbered(2))
        await until(lambda: _is_gone(worker))
        await end()


async def test_a_client_that_does_not_end_ends_the_process(world, effects):
    database = await world.database("disclosure")
    async with producing(world) as out:
        with pytest.raises(CannotLeave):
            await cannot_end(world, effects, out, database)


async def _is_gone(worker):
    return worker._consumer is None
