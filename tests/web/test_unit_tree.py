"""The tree of units: built once for what the directory holds, anew as soon as it holds another."""

from datetime import date

import pytest
from sqlalchemy import event

from mingjing_shared.directory.store import unit_tree
from support.officers import CITY, COUNTY, STATION

DAY = date(2026, 9, 18)


@pytest.fixture
async def database(world):
    return await world.database("review")


async def tell(database, code, parent, name, day="2020-01-01"):
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO directory_units AS d (code, versions, told_at, told_by) VALUES (:code,"
            " jsonb_build_array(jsonb_build_object('valid_from', CAST(:day AS text), 'name',"
            " CAST(:name AS text), 'level', 'x', 'parent', CAST(:parent AS text))), now(), 't')"
            " ON CONFLICT (code) DO UPDATE SET versions = d.versions || excluded.versions",
            code=code,
            parent=parent,
            name=name,
            day=day,
        )


async def test_a_tree_is_not_kept_beyond_what_the_directory_holds(database):
    assert (await unit_tree(database, DAY)).units == {}
    await tell(database, CITY, None, "市局")
    await tell(database, STATION, CITY, "派出所")
    assert (await unit_tree(database, DAY)).within(CITY) == [CITY, STATION]
    await tell(database, COUNTY, CITY, "分局")
    assert COUNTY in (await unit_tree(database, DAY)).within(CITY)
    await tell(database, STATION, COUNTY, "派出所", day="2026-09-18")
    assert (await unit_tree(database, DAY)).within(COUNTY) == [COUNTY, STATION]


async def test_each_day_has_its_own_tree(database):
    await tell(database, STATION, CITY, "旧名")
    await tell(database, STATION, CITY, "新名", day="2026-09-18")
    names = [(await unit_tree(database, day)).name_of(STATION) for day in (date(2026, 9, 17), DAY)]
    assert names == ["旧名", "新名"]


async def test_what_an_uncommitted_change_tells_is_seen_by_it_alone(database):
    await tell(database, CITY, None, "市局")
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM directory_units")
        assert (await unit_tree(tx, DAY)).units == {}
        assert list((await unit_tree(database, DAY)).units) == [CITY]


async def test_as_long_as_nothing_changes_no_unit_is_read(database):
    await tell(database, CITY, None, "市局")
    first = await unit_tree(database, DAY)
    asked = []
    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert await unit_tree(database, DAY) is first
    assert len(asked) == 1
    assert "SELECT code, versions" not in asked[0]
