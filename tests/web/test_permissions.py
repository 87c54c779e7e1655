"""The table role × act × scope, row by row: what it refuses first, then what it allows."""

from datetime import date

import pytest

from mingjing_shared.directory.tree import Unit, UnitTree, tree_on, version_on
from mingjing_shared.errors import NotAllowed
from mingjing_shared.web.officer import ROLES, HeldRole, Officer
from mingjing_shared.web.permissions import SCOPES, About, acts, allowing_role, permit
from support.officers import CITY, COUNTY, ELSEWHERE, STATION, an_officer

TREE = UnitTree(
    {
        CITY: Unit(CITY, "市局", "city", CITY, None),
        COUNTY: Unit(COUNTY, "分局", "county", CITY, None),
        STATION: Unit(STATION, "派出所", "station", COUNTY, None),
        ELSEWHERE: Unit(ELSEWHERE, "另一分局", "county", CITY, None),
    }
)
OWN = "034211"
ROWS = [(act.code, role, act.reach.get(role)) for act in acts().values() for role in ROLES]
REFUSED = {  # scope: about whom the role at a station or county reaches no more
    "own_case": [About(STATION, frozenset({"034999"}))],
    "own_unit": [About(COUNTY), About(ELSEWHERE), About(None)],
    "unit_and_below": [About(CITY), About(ELSEWHERE), About(None)],
    "city": [],
}
ALLOWED = {
    "own_case": [About(ELSEWHERE, frozenset({OWN}))],
    "own_unit": [About(STATION)],
    "unit_and_below": [About(STATION)],
    "city": [About(STATION), About(ELSEWHERE), About(None)],
}


@pytest.mark.parametrize(("act", "role", "scope"), ROWS)
def test_a_role_reaches_as_far_as_its_row_and_no_further(act, role, scope):
    officer = an_officer((role, STATION), number=OWN)
    refused = REFUSED[scope] if scope else [About(STATION, frozenset({OWN}))]
    for about in refused:
        assert allowing_role(officer, act, about, TREE) is None, about
    for about in ALLOWED[scope] if scope else []:
        assert allowing_role(officer, act, about, TREE) == HeldRole(role, STATION), about


@pytest.mark.parametrize("act", acts().values(), ids=lambda act: act.code)
def test_who_has_no_role_may_nothing_and_is_told_who_may(act):
    with pytest.raises(NotAllowed) as refused:
        permit(an_officer(), act.code, About(STATION), TREE)
    assert act.name in refused.value.message
    assert "无角色" in refused.value.message
    for role, scope in act.reach.items():
        assert f"{ROLES[role]}（{SCOPES[scope]}）" in refused.value.way_out


def test_a_role_for_a_county_reaches_its_stations_and_no_other_county():
    officer = an_officer(("unit_head", COUNTY))
    assert allowing_role(officer, "review.submit", About(STATION), TREE)
    assert allowing_role(officer, "review.submit", About(ELSEWHERE), TREE) is None
    assert allowing_role(officer, "review.submit", About(STATION)) is None


def test_who_stands_in_for_another_has_the_others_cases_and_says_so():
    held = HeldRole("case_handler", STATION, instead_of="034388")
    officer = Officer("034211", "x", STATION, "x", (held,), "c")
    assert allowing_role(officer, "review.submit", About(STATION, frozenset({"034388"}))) == held
    assert allowing_role(officer, "review.submit", About(STATION, frozenset({"034211"}))) is None
    assert officer.titles == "承办民警（代行）"


def test_an_own_role_comes_before_one_held_for_another():
    lent = HeldRole("unit_head", STATION, instead_of="034388")
    own = HeldRole("unit_head", STATION)
    officer = Officer("034211", "x", STATION, "x", (lent, own), "c")
    assert allowing_role(officer, "review.submit", About(STATION)) == own


def test_every_role_may_something_and_every_act_has_somebody():
    assert {role for act in acts().values() for role in act.reach} == set(ROLES)
    assert [act.code for act in acts().values() if not act.reach] == []


def test_a_circle_in_the_directory_ends():
    one, two = "340402000001", "340402000002"
    tree = UnitTree({one: Unit(one, "", "", two, None), two: Unit(two, "", "", one, None)})
    assert tree.above(one) == [one, two]
    assert tree.is_within(one, two)
    assert not tree.is_within(one, CITY)


@pytest.mark.parametrize(
    ("day", "name"),
    [("2019-12-31", None), ("2020-01-01", "旧"), ("2024-02-29", "旧"), ("2024-03-01", "新")],
)
def test_the_version_of_a_day_is_the_last_that_had_begun(day, name):
    versions = [
        {"valid_from": "2024-03-01", "name": "新", "level": "station"},
        {"valid_from": "2020-01-01", "name": "旧", "level": "station"},
    ]
    on = date.fromisoformat(day)
    found = version_on(versions, on)
    assert (found["name"] if found else None) == name
    assert tree_on(on, [(STATION, versions)]).name_of(STATION) == (name or "旧")
