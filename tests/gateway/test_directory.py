"""The directory: what personnel systems told, as dated versions, in any order of arrival."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_gateway.handlers import HANDLERS
from mingjing_gateway.rules.directory import Told, versions_of
from mingjing_shared.events.directory import OfficerDescribed, UnitDescribed
from mingjing_shared.events.personnel import OfficerChanged, UnitChanged
from support.events import A_TIME, received
from support.officers import CITY, COUNTY, STATION


@pytest.fixture
async def database(world):
    return await world.database("gateway")


def a_unit(name, valid_from="2020-01-01", **about):
    return received(
        UnitChanged,
        code=STATION,
        name=name,
        level="station",
        parent=COUNTY,
        head="034300",
        valid_from=valid_from,
        about={"source": "/huainan/personnel", **about},
    )


def an_officer_who(unit=STATION, valid_from="2020-01-01", **about):
    return received(
        OfficerChanged,
        police_number="034211",
        name="李某",
        unit=unit,
        posts=["民警"],
        valid_from=valid_from,
        about={"source": "/huainan/personnel", **about},
    )


async def tell(database, *events):
    for event in events:
        async with database.transaction() as tx:
            await HANDLERS[type(event.event)]([event], tx)


async def last_said(database, event_type):
    rows = await database.all(
        "SELECT convert_from(value, 'UTF8')::jsonb AS said FROM outbox"
        " WHERE attributes->>'type' = :type ORDER BY position DESC LIMIT 1",
        type=event_type.type,
    )
    return rows[0].said


async def test_a_unit_is_told_with_all_its_versions(database):
    await tell(database, a_unit("朝阳所"), a_unit("朝阳派出所", "2024-03-01"))
    said = await last_said(database, UnitDescribed)
    assert [(v["valid_from"], v["name"]) for v in said["versions"]] == [
        ("2020-01-01", "朝阳所"),
        ("2024-03-01", "朝阳派出所"),
    ]


async def test_an_officer_who_moves_has_two_versions_and_an_epoch(database):
    await tell(database, an_officer_who(), an_officer_who(CITY, "2026-02-01"))
    said = await last_said(database, OfficerDescribed)
    assert [v["unit"] for v in said["versions"]] == [STATION, CITY]
    assert said["session_epoch"] == 0


async def test_what_was_corrected_does_not_count(database):
    wrong = a_unit("错名", id="w1")
    right = a_unit("朝阳派出所", id="r1", supersedes="/huainan/personnel#w1")
    await tell(database, right, wrong)
    said = await last_said(database, UnitDescribed)
    assert [v["name"] for v in said["versions"]] == ["朝阳派出所"]


def told(number, day, corrects=None):
    return Told(
        "s", f"e{number}", A_TIME, corrects, {"valid_from": f"2026-01-0{day}", "number": number}
    )


@settings(max_examples=60)
@given(st.permutations([told(1, 1), told(2, 1), told(3, 2), told(4, 3, "e3"), told(5, 2)]))
def test_the_versions_do_not_depend_on_the_order_of_arrival(arrived):
    assert [v["number"] for v in versions_of(arrived)] == [2, 5, 4]


def test_of_two_versions_from_one_day_the_newest_told_holds():
    for pair in itertools.permutations([told(1, 1), told(2, 1)]):
        assert [v["number"] for v in versions_of(pair)] == [2]
