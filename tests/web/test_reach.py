"""How far roles reach in lists: never further than in one thing, and not less far."""

import orjson
import pytest

from mingjing_shared.directory.tree import Unit, UnitTree
from mingjing_shared.errors import NotAllowed
from mingjing_shared.web.officer import ROLES, HeldRole, Officer
from mingjing_shared.web.permissions import About, acts, allowing_role
from mingjing_shared.web.reach import Reach, needs_tree, reach_of, reaches, refuse_nothing
from support.officers import CITY, COUNTY, ELSEWHERE, STATION, an_officer

TREE = UnitTree(
    {
        CITY: Unit(CITY, "市局", "city", CITY, None),
        COUNTY: Unit(COUNTY, "分局", "county", CITY, None),
        STATION: Unit(STATION, "派出所", "station", COUNTY, None),
        ELSEWHERE: Unit(ELSEWHERE, "另一分局", "county", CITY, None),
    }
)
ME, LENT, OTHER = "034211", "034388", "034999"
THINGS = [(unit, who) for unit in TREE.units for who in ((), (ME,), (LENT,), (OTHER, ME))]


@pytest.fixture
async def database(world):
    return await world.database("review")


async def within(database, reach):
    """The places in ``THINGS`` of what a list would show."""
    condition, values = reach.condition("unit", officers="handlers")
    rows = await database.all(
        "SELECT place FROM unnest(CAST(:units AS text[]), CAST(:whose AS text[]))"
        " WITH ORDINALITY AS t(unit, whose, place),"
        f" LATERAL (SELECT CAST(whose AS jsonb) AS handlers) AS h WHERE {condition}",
        units=[unit for unit, _ in THINGS],
        whose=[orjson.dumps(who).decode() for _, who in THINGS],
        **values,
    )
    return {row.place - 1 for row in rows}


def test_who_has_no_role_reaches_nothing_and_is_told_who_may():
    reach = reach_of(an_officer(), "review.see", TREE)
    assert reach.is_nothing
    assert reach.condition("unit", officers="handlers") == ("false", {})
    with pytest.raises(NotAllowed) as refused:
        refuse_nothing(an_officer(), "review.see", reach)
    assert "“查看法制审核”不在您的权限之内" in refused.value.message
    assert "承办民警（本人承办的案件）" in refused.value.way_out


def test_own_cases_are_not_within_reach_where_a_table_does_not_tell_whose_they_are():
    reach = reach_of(an_officer("case_handler"), "review.see", TREE)
    assert not reach.is_nothing
    assert reach.condition("unit") == ("false", {})
    assert reach.condition("unit", case="case_key") == ("false", {})


def test_without_the_tree_the_units_below_are_not_reached():
    reach = reach_of(an_officer("unit_head", unit=COUNTY), "review.see", None)
    assert reach.units == (COUNTY,)


@pytest.mark.parametrize("role", ROLES)
async def test_a_list_shows_a_thing_if_and_only_if_the_officer_may_open_it(database, role):
    held = [HeldRole(role, COUNTY), HeldRole("case_handler", STATION, instead_of=LENT)]
    for roles in (held[:1], held):
        officer = Officer(ME, "测试民警", STATION, "测试单位", tuple(roles), "c")
        for act in acts():
            allowed = {
                place
                for place, (unit, who) in enumerate(THINGS)
                if allowing_role(officer, act, About(unit, frozenset(who)), TREE)
            }
            assert await within(database, reach_of(officer, act, TREE)) == allowed, act


async def test_two_reaches_in_one_query_do_not_mix(database):
    mine, values = Reach(units=(STATION,), officers=(ME,)).condition(
        "unit", officers="handlers", name="mine"
    )
    other, more = Reach(units=(ELSEWHERE,), officers=(OTHER,)).condition(
        "unit", officers="handlers", name="other"
    )
    rows = await database.all(
        f"SELECT {mine} AS mine, {other} AS other FROM (SELECT CAST(:unit AS text) AS unit,"
        " CAST('[]' AS jsonb) AS handlers) AS t",
        unit=STATION,
        **values,
        **more,
    )
    assert tuple(rows[0]) == (True, False)


@pytest.mark.parametrize(
    ("roles", "needed"),
    [
        ([], False),
        ([("case_handler", STATION)], False),
        ([("inspector", CITY)], False),
        ([("unit_head", COUNTY), ("inspector", CITY)], False),
        ([("unit_head", COUNTY)], True),
        ([("unit_head", COUNTY), ("case_handler", STATION)], True),
    ],
)
def test_the_tree_is_needed_only_where_units_below_are_reached(roles, needed):
    officer = an_officer(*roles)
    assert needs_tree(officer, "review.see") is needed
    with_tree, without = (reach_of(officer, "review.see", tree) for tree in (TREE, None))
    assert (with_tree != without) is needed


async def test_every_act_asked_for_has_its_own_reach(database):
    officer = an_officer(("unit_head", STATION), ("inspector", CITY))
    found = await reaches(database, officer, ["review.see", "review.submit", "review.opinion"])
    assert found["review.see"].everything
    assert found["review.submit"].units == (STATION,)
    assert found["review.opinion"].is_nothing
