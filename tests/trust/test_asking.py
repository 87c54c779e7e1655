"""A log asks its witnesses again and again, also twice at once: nothing of it looks like a fork."""

import asyncio

import pytest
from trust.neighbourhood import neighbourhood


@pytest.fixture
async def place(world):
    async with neighbourhood(world) as found:
        yield found


async def test_looking_back_while_it_works_stops_nothing(place):
    log = await place.log()
    first = 0
    for step in (1, 3, 2):
        await place.grow(log, step, first)
        first += step
        async with place.databases["gateway"].transaction() as tx:
            await tx.execute("UPDATE log_checkpoints SET signed_at = signed_at - interval '1 min'")
        await asyncio.gather(*(log.look_back() for _ in range(3)), *(log.work() for _ in range(3)))
        assert log.stopped is None
    assert await place.told() == []
