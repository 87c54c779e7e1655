"""Every address of tasks by every role: who is refused, who is let in, and what that shows."""

import re

import pytest
from tasks.given import NUMBER, a_bypass, a_case, a_decision, apply, audited

from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.permissions import About, acts, allowing_role
from mingjing_tasks.app import build
from support.officers import CITY, COUNTY, CSRF, ELSEWHERE, STATION, an_officer, calling, signed_in
from support.web import browsing

OTHER = "田公（网）2026-01184"
# Address, and the act of the table that opens it; lists need any reach, one thing its own.
PAGES = {
    "/tasks/": "tasks.see",
    "/tasks/task/6": "tasks.see",
    "/tasks/indicators/review_done": "tasks.see",
    "/tasks/cases": "tasks.case",
    "/tasks/cases/{case_ref}": "tasks.case",
    "/tasks/api/cases/{case_ref}": "tasks.case",
    "/tasks/warnings": "tasks.warnings",
    "/tasks/warnings/{warning_id}": "tasks.warnings",
    "/tasks/api/warnings": "tasks.warnings",
    "/tasks/events": "tasks.events",
    "/tasks/api/events": "tasks.events",
    "/tasks/letters": "tasks.letters",
    "/tasks/live": "tasks.see_live",
    "/tasks/import": "tasks.import",
    "/tasks/cases/{case_ref}/timeline.csv": "tasks.case",
}
ACTS = {
    "/tasks/task/16/accept": ("tasks.report", {"unit": STATION}),
    "/tasks/task/16/report": ("tasks.report", {"unit": STATION, "words": "x", "share": "1"}),
    "/tasks/warnings/{warning_id}/take": ("tasks.take_unit_head", {}),
}
FRAGMENTS = ("todo", "bell", "log")


@pytest.fixture
async def planted(tasks, directory):
    """A decision of the station without review, handled by 034211."""
    await apply(
        tasks, a_case(unit=STATION, handlers=["034211"]), a_decision(unit=STATION), a_bypass()
    )
    (row,) = await tasks.all("SELECT warning_id FROM warnings")
    case_ref = tasks.installation.references.case(NUMBER)
    return {"case_ref": case_ref, "warning_id": row.warning_id}


@pytest.fixture
async def anybody(world, planted):
    app = build(await world.settings("tasks"))
    async with browsing(app) as client:
        yield client
    await app.state.database.close()


ABOUT = About(unit=STATION, handlers=frozenset({"034211"}))


def allowed(role, act):
    officer = an_officer(role, unit=STATION)
    return allowing_role(officer, act, ABOUT) is not None


@pytest.mark.parametrize("address", [*PAGES, *(f"/tasks/fragments/{name}" for name in FRAGMENTS)])
async def test_nobody_comes_in_without_signing_in(anybody, planted, address):
    answer = await anybody.get(address.format(**planted))
    assert answer.status_code == (401 if "/api/" in address else 303)
    assert NUMBER not in answer.text


@pytest.mark.parametrize("address", PAGES)
async def test_a_publisher_s_key_opens_nothing_here(anybody, planted, address):
    answer = await anybody.get(address.format(**planted), headers=calling())
    assert answer.status_code == 403


@pytest.mark.parametrize("role", [*ROLES, None])
async def test_every_page_by_every_role(anybody, planted, tasks, role):
    officer = an_officer(*([role] if role else []), unit=STATION)
    for address, act in PAGES.items():
        answer = await anybody.get(address.format(**planted), headers=signed_in(officer))
        expected = 200 if role and allowed(role, act) else 403
        assert answer.status_code == expected, (address, role)
        if expected == 403:
            text = answer.text if "/api/" not in address else answer.json()["detail"]
            assert "不在您的权限之内" in text
            assert "可由" in text
            assert (await audited(tasks))[-1] == (act, "refused")


@pytest.mark.parametrize("role", [*ROLES, None])
async def test_every_act_by_every_role(anybody, planted, tasks, role):
    officer = an_officer(*([role] if role else []), unit=STATION)
    for address, (act, values) in ACTS.items():
        answer = await anybody.post(
            address.format(**planted), headers=signed_in(officer), data={"csrf": CSRF, **values}
        )
        expected = 303 if role and allowed(role, act) else 403
        assert answer.status_code == expected, (address, role, answer.text[:300])
        if expected == 403 and role is not None:
            assert (act, "refused") in await audited(tasks)


@pytest.mark.parametrize("address", ACTS)
async def test_a_form_of_another_session_is_refused(anybody, planted, tasks, address):
    for mark in ("", "another"):
        answer = await anybody.post(
            address.format(**planted),
            headers=signed_in(an_officer("unit_head", unit=STATION)),
            data={"csrf": mark, **ACTS[address][1]},
        )
        assert answer.status_code == 403
        assert "不属于当前会话" in answer.text
    assert await tasks.all("SELECT 1 FROM task_acts") == []


async def test_lists_hold_only_what_the_officer_may_see(anybody, planted, tasks):
    case = a_case(OTHER, unit=ELSEWHERE, handlers=["034999"])
    decision = a_decision(OTHER, decision_id="D2", unit=ELSEWHERE)
    await apply(tasks, case, decision, a_bypass(OTHER, decision_id="D2"))
    seen = {
        ("unit_head", COUNTY, "034100"): {NUMBER},
        ("unit_head", ELSEWHERE, "034100"): {OTHER},
        ("unit_head", CITY, "034100"): {NUMBER, OTHER},
        ("legal_reviewer", COUNTY, "034100"): {NUMBER},
        ("case_handler", STATION, "034211"): {NUMBER},
        ("case_handler", STATION, "034999"): {OTHER},
        ("case_handler", STATION, "034100"): set(),
        ("inspector", CITY, "034100"): {NUMBER, OTHER},
    }
    for (role, unit, number), wanted in seen.items():
        headers = signed_in(an_officer(role, unit=unit, number=number))
        for address in ("/tasks/cases", "/tasks/warnings", "/tasks/api/warnings"):
            text = (await anybody.get(address, headers=headers)).text
            assert {n for n in (NUMBER, OTHER) if n in text} == wanted, (role, unit, address)


async def test_buttons_stand_only_where_they_may_be_pressed(anybody, planted):
    address = f"/tasks/warnings/{planted['warning_id']}"
    for role, buttons in (
        ("unit_head", {"take"}),
        ("inspector", {"close"}),
        ("bureau_leader", {"close"}),
        ("legal_reviewer", set()),
        ("case_manager", {"take"}),
    ):
        headers = signed_in(an_officer(role, unit=STATION))
        text = (await anybody.get(address, headers=headers)).text
        assert set(re.findall(rf'action="{address}/(\w+)"', text)) == buttons, role


def test_the_table_has_a_row_for_every_role_that_a_warning_may_have():
    from mingjing_tasks.acts.warning import take_act
    from mingjing_tasks.rules.warning import ALL_KINDS

    for kind in ALL_KINDS.values():
        assert kind.owner_role in acts()[take_act(kind.owner_role)].reach
