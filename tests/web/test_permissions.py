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
OWN, OTHER = "034211", "034999"
# What an act may be about, seen from the county, for which every role is held here.
THINGS = {
    "own case": About(ELSEWHERE, frozenset({OWN})),
    "own unit": About(COUNTY, frozenset({OTHER})),
    "unit below": About(STATION, frozenset({OTHER})),
    "unit above": About(CITY, frozenset({OTHER})),
    "unit elsewhere": About(ELSEWHERE, frozenset({OTHER})),
    "no unit": About(None),
}
OWN_CASE, OWN_UNIT = {"own case"}, {"own unit"}
BELOW = {"own unit", "unit below"}
CITYWIDE = set(THINGS)
HANDLER = {"case_handler": OWN_CASE}
HEAD = {"unit_head": BELOW}
LEADER = {"bureau_leader": CITYWIDE}
REVIEWER = {"legal_reviewer": BELOW}
MANAGER = {"case_manager": CITYWIDE}
EDITOR, CHECKER = {"disclosure_editor": CITYWIDE}, {"disclosure_checker": CITYWIDE}
INSPECTOR = {"inspector": CITYWIDE}
OPERATOR, ADMINISTRATOR = {"operator": CITYWIDE}, {"administrator": CITYWIDE}
# Who may look at nothing of another unit, and asks its leader.
FOREIGN = dict.fromkeys(("case_handler", "unit_head", "legal_reviewer", "bureau_leader"), CITYWIDE)
# Who may do what, and about what: written down here anew, not read from the table. Who is not
# named may not. Whoever changes the table changes this as well, and says why.
WHO_MAY = {
    "gateway.propose_role": ADMINISTRATOR,
    "gateway.approve_role": ADMINISTRATOR,
    "gateway.manage_account": ADMINISTRATOR,
    "gateway.delegate": {"unit_head": OWN_UNIT} | LEADER,
    "disclosure.original": HEAD | EDITOR | CHECKER | LEADER | INSPECTOR,
    "disclosure.edit": EDITOR,
    "disclosure.check": CHECKER,
    "disclosure.return": CHECKER | HEAD | LEADER,
    "disclosure.approve": HEAD | LEADER,
    "disclosure.withhold": HEAD | LEADER,
    "disclosure.release": LEADER,
    "disclosure.correct": EDITOR,
    "disclosure.keep": HEAD | LEADER,
    "disclosure.withdraw": HEAD | LEADER,
    "disclosure.feedback": EDITOR | CHECKER,
    "recording.view": HANDLER | HEAD | REVIEWER | MANAGER | INSPECTOR,
    "recording.request_access": FOREIGN,
    "recording.decide_access": HEAD | LEADER,
    "recording.view_approved": FOREIGN,  # and only what was approved
    "recording.upload": HANDLER | HEAD,
    "recording.link": HANDLER | HEAD | MANAGER,
    "recording.explain": HANDLER | HEAD,
    "recording.archive": HANDLER | HEAD | MANAGER,
    "review.read": HANDLER | HEAD | REVIEWER | MANAGER | INSPECTOR | LEADER,
    "review.submit": HANDLER | HEAD,
    "review.accept": REVIEWER | MANAGER,
    "review.return": REVIEWER | MANAGER,
    "review.opinion": REVIEWER | MANAGER,
    "review.ask_extension": REVIEWER | MANAGER,
    "review.answer_extension": MANAGER | LEADER,
    "review.disagree": HANDLER | HEAD,
    "review.re_review": REVIEWER | MANAGER,
    "review.coordinate": REVIEWER | MANAGER,
    "review.discuss": MANAGER | LEADER,
    "review.judge_finding": REVIEWER | MANAGER,
    "review.people": HEAD | REVIEWER | MANAGER | INSPECTOR | LEADER,
    "review.assign": REVIEWER | MANAGER,
    "review.engage": REVIEWER | MANAGER,
    "review.absence": REVIEWER | MANAGER,
    "review.register": MANAGER,
    "review.gate": HANDLER | HEAD | REVIEWER | MANAGER | LEADER,
    "review.hearing_record": HANDLER | HEAD,
    "review.hearing_decide": REVIEWER | MANAGER,
    "review.hearing_notice": REVIEWER | MANAGER,
    "review.hearing_hold": REVIEWER | MANAGER,
    "review.hearing_report": REVIEWER | MANAGER,
    "review.ask_case_extension": HANDLER | HEAD,
    "review.extend_case": HEAD | LEADER,  # and only of the unit that the law names
    "review.name_crime": HANDLER | HEAD | REVIEWER | MANAGER,
    "review.approve_transfer": HEAD | LEADER,
    "review.catalogue_draft": {"legal_reviewer": OWN_UNIT} | MANAGER,
    "review.catalogue_guide": REVIEWER | MANAGER,  # and the act asks for a unit above
    "review.catalogue_approve": {"unit_head": OWN_UNIT} | LEADER,
    "review.catalogue_publish": {"legal_reviewer": OWN_UNIT} | MANAGER,
    "review.law_change": MANAGER,
    "tasks.events": MANAGER | INSPECTOR | LEADER | OPERATOR,
    "tasks.see_live": MANAGER | INSPECTOR | LEADER | OPERATOR,
    "tasks.case": HANDLER | HEAD | REVIEWER | MANAGER | EDITOR | CHECKER | INSPECTOR | LEADER,
    "tasks.import": MANAGER,
    "tasks.report": {"unit_head": OWN_UNIT} | MANAGER,
    "tasks.verify": INSPECTOR,
    "tasks.take_unit_head": HEAD | MANAGER,
    "tasks.take_legal_reviewer": REVIEWER | MANAGER,
    "tasks.take_disclosure_editor": EDITOR | MANAGER,
    "tasks.take_operator": OPERATOR,
    "tasks.take_inspector": INSPECTOR,
    "audit.search": INSPECTOR,
    "tasks.close": INSPECTOR | LEADER,
    "tasks.letters": OPERATOR | ADMINISTRATOR,
}
# Lists without a name and without a text: what they show follows the reach (test_reach).
LISTS = {"disclosure.see", "recording.see", "review.see", "tasks.see", "tasks.warnings"}


def test_every_act_that_changes_or_opens_anything_stands_in_this_table():
    assert set(acts()) - set(WHO_MAY) == LISTS
    assert set(WHO_MAY) - set(acts()) == set()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", WHO_MAY)
def test_a_role_may_what_this_table_says_and_nothing_else(act, role):
    officer = an_officer((role, COUNTY), number=OWN)
    allowed = {name for name, about in THINGS.items() if allowing_role(officer, act, about, TREE)}
    assert allowed == WHO_MAY[act].get(role, set())


@pytest.mark.parametrize("role", ROLES)
def test_no_role_both_does_a_thing_and_checks_it(role):
    for does, checks in (
        ("disclosure.edit", "disclosure.check"),
        ("disclosure.edit", "disclosure.approve"),
        ("disclosure.check", "disclosure.approve"),
        ("review.submit", "review.opinion"),
        ("review.catalogue_draft", "review.catalogue_approve"),
        ("tasks.import", "tasks.verify"),
    ):
        assert not {does, checks} <= {act for act, row in acts().items() if role in row.reach}


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
