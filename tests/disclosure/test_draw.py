"""A draw in the public log: the plan before the sources speak, the result after, once."""

from datetime import timedelta

import pytest
from trust.test_draw import VALUES, a_plan

from mingjing_disclosure.acts.draw import commit_draw, tell_draw
from mingjing_disclosure.store.public_log import PublicWord, add_entry
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.trust.draw import Source, drawn


def plan(at, **changes):
    sources = tuple(Source(f"来源 {place}", at, len(values)) for place, values in enumerate(VALUES))
    return a_plan(sources=sources, **changes)


@pytest.fixture
async def database(world):
    return await world.database("disclosure")


async def commit(database, what):
    async with database.transaction() as tx:
        await commit_draw(tx, what)


async def tell(database, what, values=None):
    async with database.transaction() as tx:
        return await tell_draw(tx, what, values or VALUES, {})


async def test_a_plan_is_committed_to_once_and_only_before_its_sources_speak(database):
    soon = plan(machine_now() + timedelta(hours=1))
    await commit(database, soon)
    with pytest.raises(Conflict):
        await commit(database, soon)
    with pytest.raises(InvalidInput, match="已经公布"):
        await commit(database, plan(machine_now() - timedelta(seconds=1), draw_id="DR2"))
    rows = await database.all("SELECT type, item_id, version FROM public_entries")
    assert [tuple(row) for row in rows] == [("cn.mingjing.public.draw_committed", "DR1", 1)]


async def test_nothing_is_drawn_before_the_sources_have_spoken_or_by_another_plan(database):
    soon = plan(machine_now() + timedelta(hours=1))
    await commit(database, soon)
    with pytest.raises(InvalidInput, match="还没有全部公布"):
        await tell(database, soon)
    with pytest.raises(InvalidInput, match="没有事先存证"):
        await tell(database, plan(soon.sources[0].at, count=3))
    with pytest.raises(InvalidInput, match="没有事先存证"):
        await tell(database, plan(soon.sources[0].at, draw_id="DR9"))


async def test_a_draw_is_done_once(database, committed_long_ago):
    found = await tell(database, committed_long_ago)
    assert found == drawn(committed_long_ago, VALUES)
    with pytest.raises(Conflict, match="不能再抽"):
        await tell(database, committed_long_ago)
    other = plan(committed_long_ago.sources[0].at, draw_id="DR3")
    await _was_committed(database, other)
    with pytest.raises(InvalidInput, match="个数"):
        await tell(database, other, [[1], [2], [3]])


async def _was_committed(database, what):
    async with database.transaction() as tx:
        data = {"plan_sha256": what.digest, "subject": what.subject, "number": what.number}
        await add_entry(tx, PublicWord("draw_committed", what.draw_id, 1, data))


@pytest.fixture
async def committed_long_ago(database):
    """A plan whose sources have spoken since it was committed to."""
    made = plan(machine_now() - timedelta(hours=1))
    await _was_committed(database, made)
    return made
