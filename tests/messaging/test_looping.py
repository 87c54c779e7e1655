"""Work done again and again: trouble does not end it, being told to stop does."""

import asyncio

from mingjing_shared.looping import keep_doing, pause


async def test_trouble_does_not_end_it_and_a_stop_does_at_once():
    stop, done = asyncio.Event(), []

    async def work():
        done.append(len(done))
        if len(done) == 1:
            raise RuntimeError("once")
        if len(done) == 3:
            stop.set()
        return 0.0 if len(done) < 3 else 3600.0

    async with asyncio.timeout(5):
        await keep_doing(work, stop, trouble="work waits", after_trouble_seconds=0.0)
    assert done == [0, 1, 2]


async def test_it_begins_nothing_once_told_to_stop():
    stop, done = asyncio.Event(), []
    stop.set()

    async def work():
        done.append(1)
        return 0.0

    await keep_doing(work, stop, trouble="work waits", after_trouble_seconds=0.0)
    assert done == []


async def test_a_pause_ends_with_the_stop_or_with_its_time():
    stop = asyncio.Event()
    async with asyncio.timeout(5):
        await pause(stop, 0.01)
        stop.set()
        await pause(stop, 3600)
