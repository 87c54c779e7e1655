"""One service's database with a log in it, and what the tests put there."""

import pytest

from mingjing_shared.clock import machine_now
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.relay import sequence


@pytest.fixture
async def gateway(world):
    return await world.database("gateway")


@pytest.fixture(scope="module")
async def made(stack):
    """A sound log to be copied and broken."""
    from trust.log_made import made_log  # it emits by what stands below

    world, log = await made_log(stack)
    yield log
    await world.close()


@pytest.fixture
async def broken(made):
    copy = await made.copy()
    yield copy
    await made.drop(copy)


async def emit(database, count, first=0):
    """So many events are emitted and get their places in the log."""
    async with database.transaction() as tx:
        outbox.add(
            tx,
            [
                Outgoing(PlatformProbed(probe_id=f"p{number}", probed_at=machine_now()))
                for number in range(first, first + count)
            ],
        )
    async with database.transaction() as tx:
        await sequence(tx, limit=100_000)
