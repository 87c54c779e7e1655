"""案件全景: one page a case, the same however its events came; stages, lanes and clocks."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from tasks.given import NUMBER, a_case, a_classified_case, a_decision, apply, correcting
from tasks.given import of_disclosure as dis
from tasks.test_any_order import EVENTS, ONE, OTHER, SECRET, arrivals, emptied

from mingjing_shared.clock import legal_now
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionProposed,
)
from mingjing_shared.events.disclosure import (
    DisclosureDue,
)
from mingjing_shared.events.review import (
    ReviewOpinionIssued,
    ReviewReturned,
    ReviewSubmitted,
)
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.command import law
from mingjing_tasks.pages import case as case_page
from mingjing_tasks.rules.clock import clocks_of, working_days_between
from mingjing_tasks.rules.stage import CaseDuty, Happening, stages_of
from support.events import A_TIME
from support.officers import CITY, STATION
from support.people import PERSONAL
from support.people import a_case as a_case_with_people
from support.people import a_proposal as a_proposal_with_people

TODAY = date(2026, 9, 24)


def whole(text):
    """A page without what differs from request to request."""
    return re.sub(r"请求编号 <code>.*?</code>|value=\"[^\"]*\"", "", text)


async def page_of(client, tasks, number=NUMBER, query=""):
    ref = tasks.installation.references.case(number)
    return await client.get(f"/tasks/cases/{ref}{query}")


@pytest.fixture
def standing_clock(monkeypatch):
    """Lanes reach until now: of two pages, both are made at the same now."""
    now = legal_now()
    monkeypatch.setattr(case_page, "legal_now", lambda: now)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=arrivals())
async def test_any_order_of_arrival_gives_the_same_page(browser, tasks, standing_clock, batches):
    async with browser("inspector", unit=CITY) as client:
        pages = []
        for arrival in ([EVENTS], batches):
            await emptied(tasks)
            for batch in arrival:
                await apply(tasks, *batch)
            pages.append([whole((await page_of(client, tasks, n)).text) for n in (ONE, OTHER)])
    assert pages[0] == pages[1]


async def test_a_classified_case_has_no_page(browser, tasks):
    await apply(tasks, a_case(), a_decision(), a_classified_case())
    async with browser("inspector", unit=CITY) as client:
        answer = await page_of(client, tasks)
        assert answer.status_code == 404
        assert "没有这个案件的时间线" in answer.text
        assert (await page_of(client, tasks, SECRET)).status_code == 404


@pytest.mark.parametrize(
    ("role", "about", "status"),
    [
        ("case_handler", {"number": "034211"}, 200),
        ("case_handler", {"number": "034999"}, 403),
        ("unit_head", {"unit": STATION}, 200),
        ("unit_head", {"unit": "340403000000"}, 403),
        ("legal_reviewer", {"unit": CITY}, 200),
        ("inspector", {"unit": CITY}, 200),
        ("operator", {"unit": CITY}, 403),
        ("administrator", {"unit": CITY}, 403),
    ],
)
async def test_who_may_see_a_case_and_every_look_is_noted(browser, tasks, role, about, status):
    await apply(tasks, a_case(unit=STATION, handlers=["034211", "034388"]))
    async with browser(role, **about) as client:
        assert (await page_of(client, tasks)).status_code == status
    (noted,) = await tasks.all("SELECT act, outcome, case_ref FROM audit")
    assert noted.act == "tasks.case"
    assert noted.outcome == ("seen" if status == 200 else "refused")
    assert noted.case_ref == tasks.installation.references.case(NUMBER)


async def test_no_person_and_no_prose_is_on_the_page(browser, tasks):
    await apply(tasks, a_case_with_people(NUMBER), a_proposal_with_people(NUMBER))
    async with browser("inspector", unit=CITY) as client:
        text = (await page_of(client, tasks)).text
    assert not [value for value in PERSONAL if value in text and not value.isdecimal()]


async def test_the_page_says_who_handles_what_and_where_it_stands(browser, tasks):
    made = a_decision(
        made_on="2026-09-18", unit=STATION, outcome={"kinds": ["fine"], "fine": "30000"}
    )
    due = dis(
        DisclosureDue,
        about={"causationid": made.envelope.id},
        due_on="2026-09-29",
        provisional=False,
    )
    case = a_case(unit=STATION, handlers=["034211"], cause={"code": "c", "name": "无证驾驶案"})
    await apply(tasks, due, case, made)
    async with browser("inspector", unit=CITY) as client:
        text = (await page_of(client, tasks)).text
        of_review = (await page_of(client, tasks, query="?show=disclosure")).text
        assert (await page_of(client, tasks, query="?show=x")).status_code == 400
    for shown in ("无证驾驶案", "大通派出所", "034211", "罚款 30,000 元", "作出决定", "应当公示"):
        assert shown in text
    assert '<td class="tight">作出决定</td>' in text  # the cause of the one is the other
    assert 'hx-get="/review/fragments/case?case_ref=c_' in text
    assert "办理程序" not in of_review.split('id="events"')[1]


async def test_units_are_named_with_their_codes_beside(browser, tasks):
    await apply(tasks, a_case(unit=STATION), a_decision(unit=STATION))
    async with browser("inspector", unit=CITY) as client:
        pages = [(await page_of(client, tasks)).text, (await client.get("/tasks/events")).text]
    for text in pages:
        assert f'<span title="{STATION}"><small>单位</small> 大通派出所</span>' in text
        assert f"单位 {STATION}" not in text


async def test_what_was_corrected_is_struck_and_counts_no_more(browser, tasks):
    first = a_decision(made_on="2026-09-18")
    await apply(tasks, a_case(), first, a_decision(about=correcting(first), made_on="2026-09-21"))
    async with browser("inspector", unit=CITY) as client:
        text = (await page_of(client, tasks)).text
    assert text.count("已被更正") == 1
    assert text.count("<title>") == 1 + 2  # the page's own, and two marks of what holds


async def test_a_timeline_is_exported_for_spreadsheets_without_formulas(browser, tasks):
    case = a_case(unit=STATION, about={"source": "/huainan/casework", "id": "=1+1"})
    await apply(tasks, case, a_decision(unit=STATION))
    ref = tasks.installation.references.case(NUMBER)
    async with browser("inspector", unit=CITY) as client:
        answer = await client.get(f"/tasks/cases/{ref}/timeline.csv")
    async with browser("operator", unit=CITY) as client:
        assert (await client.get(f"/tasks/cases/{ref}/timeline.csv")).status_code == 403
    noted = await tasks.all("SELECT outcome, subject_kind, reason FROM audit ORDER BY number")
    assert [tuple(row) for row in noted] == [
        ("seen", "timeline", "inspection"),
        ("refused", "timeline", "not-allowed"),
    ]
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["事件", "受理案件", "作出决定"]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@" and cell]


def happened(*items):
    """Happenings of these classes, an hour after each other, with their examples' codes."""
    found = []
    for n, (cls, codes) in enumerate(items):
        what = cls.type.removeprefix("cn.mingjing.")
        found.append(Happening(what, A_TIME + timedelta(hours=n), codes))
    return found


ACCEPTED, ACT = (CaseAccepted, {}), (ActionPerformed, {"action_id": "A1"})
PROPOSED = (DecisionProposed, {})
OPINION = (ReviewOpinionIssued, {"round": 2, "opinion": "agree"})
SENT, BACK = (ReviewSubmitted, {}), (ReviewReturned, {})
OPEN, LATE = date(2026, 9, 24), date(2026, 9, 23)


@pytest.mark.parametrize(
    ("items", "duties", "standings"),
    [
        ([], [], "todo todo todo todo todo todo"),
        ([ACCEPTED], [], "done now todo todo todo todo"),
        ([ACT], [], "todo now todo todo todo todo"),
        ([ACCEPTED, PROPOSED], [CaseDuty("review", "open", OPEN)], "done done now todo todo todo"),
        ([ACCEPTED, PROPOSED], [CaseDuty("review", "open", LATE)], "done done late todo todo todo"),
        (
            [ACCEPTED, PROPOSED],
            [CaseDuty("review", "open", LATE, provisional=True)],
            "done done now todo todo todo",
        ),
        ([ACCEPTED, PROPOSED], [CaseDuty("review", "done")], "done done done now todo todo"),
        ([ACCEPTED, PROPOSED], [CaseDuty("review", "void")], "done done void now todo todo"),
    ],
)
def test_each_stage_is_judged_by_itself(items, duties, standings):
    found = stages_of(happened(*items), duties, TODAY)
    assert " ".join(stage.standing for stage in found) == standings


def stage_of(code, happenings, duties):
    return next(s for s in stages_of(happenings, duties, TODAY) if s.code == code)


@pytest.mark.parametrize(
    ("state", "due", "standing"),
    [("open", OPEN, "now"), ("open", LATE, "late"), ("done", LATE, "done"), ("void", OPEN, "void")],
)
def test_publication_stands_by_its_duty(state, due, standing):
    duty = CaseDuty("publication", state, due, done_on=due)
    assert stage_of("publication", [], [duty]).standing == standing


def test_what_was_withdrawn_is_no_longer_public():
    events = [
        Happening("disclosure.published", A_TIME, {}),
        Happening("disclosure.withdrawn", A_TIME + timedelta(days=1), {}),
    ]
    stage = stage_of("publication", events, [CaseDuty("publication", "done", OPEN, done_on=OPEN)])
    assert (stage.standing, stage.said) == ("void", {"withdrawn": True})


def test_a_bypassed_review_is_late_whatever_came_after():
    duties = [CaseDuty("review", "missed"), CaseDuty("review", "done")]
    assert stage_of("review", [], duties).standing == "late"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([SENT], {"submitted": True, "returned": False}),
        ([SENT, BACK], {"submitted": True, "returned": True}),
        ([SENT, BACK, SENT], {"submitted": True, "returned": False}),
        ([SENT, OPINION], {"rounds": 2, "opinion": "agree"}),
    ],
)
def test_review_says_in_whose_hands_the_text_is(items, said):
    stage = stage_of("review", happened(*items), [CaseDuty("review", "open", OPEN)])
    assert {name: stage.said[name] for name in said} == said


@pytest.mark.parametrize(
    ("today", "due_on", "left"),
    [
        (date(2026, 9, 24), date(2026, 9, 24), 0),
        (date(2026, 9, 18), date(2026, 9, 29), 7),  # a Sunday is worked, three days are not
        (date(2026, 9, 29), date(2026, 9, 18), -7),
        (date(2026, 9, 24), date(2026, 9, 28), 1),
    ],
)
def test_what_is_left_is_counted_in_working_days(today, due_on, left):
    assert working_days_between(today, due_on, published_calendar()) == left


def clocks(happenings, duties=(), kind="traffic", today=TODAY):
    found = clocks_of(happenings, list(duties), kind, today, published_calendar())
    return {clock.code: clock for clock in found}


def test_an_open_duty_is_a_clock_with_its_rule_and_task():
    duty = CaseDuty("publication", "open", date(2026, 9, 29), rule="disclosure.penalty")
    clock = clocks([], [duty])["publication"]
    assert (clock.left, clock.working, clock.task, clock.tone) == (2, True, 6, "good")
    assert clock.rule == "disclosure.penalty"


def to_be_public(due_on, rule="disclosure.penalty", made_on="2026-09-18"):
    """Why, of an open publication that was told so."""
    told = {"item_id": "I1", "decision_id": "D1", "due_on": str(due_on), "rule": rule}
    of_another = {"decision_id": "D2", "made_on": "2026-09-01"}
    items = [
        Happening("decision.made", A_TIME, {"decision_id": "D1", "made_on": made_on}),
        Happening("decision.made", A_TIME, of_another),
        Happening("disclosure.due", A_TIME, told),
    ]
    duty = CaseDuty("publication", "open", due_on, rule=rule, subject="I1")
    return clocks(items if made_on else items[1:], [duty])["publication"].why


def test_a_publication_says_why_by_its_day_as_the_command_does():
    said = CliRunner().invoke(law, ["deadline", "disclosure.penalty", "2026-09-18"]).output
    assert to_be_public(date(2026, 9, 29)) == said.strip()
    assert "国办发〔2018〕118号" in said


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"rule": "disclosure.unheard_of"}, "没有规则 disclosure.unheard_of"),
        ({"made_on": None}, "没有该决定的作出日期"),
        ({"made_on": "2018-12-04"}, "2018-12-04 没有有效版本"),
        ({"made_on": "2026-09-17"}, "自 2026-09-17 算得 2026-09-28"),
    ],
)
def test_where_it_is_not_known_why_that_is_said_and_nothing_guessed(given, says):
    why = to_be_public(date(2026, 9, 29), **given)
    assert says in why
    assert why.endswith("见公示部门。")
    assert "国办发" not in why


async def test_the_page_of_a_case_opens_why_it_must_be_public_by_its_day(browser, tasks):
    due = dis(DisclosureDue, due_on="2026-09-29", provisional=False, rule="disclosure.penalty")
    await apply(tasks, a_case(), a_decision(made_on="2026-09-18"), due)
    async with browser("inspector", unit=CITY) as client:
        text = (await page_of(client, tasks)).text
    assert "<summary>为什么</summary>“行政处罚决定公开”的期限至2026年9月29日" in text


@pytest.mark.parametrize(
    ("due_on", "provisional", "tone"),
    [
        (date(2026, 9, 23), False, "late"),
        (date(2026, 9, 23), True, "soon"),
        (date(2026, 9, 24), False, "soon"),
        (date(2026, 9, 27), False, "soon"),
        (date(2026, 9, 28), False, "good"),
        (None, False, "none"),
    ],
)
def test_a_clock_is_late_only_beyond_doubt(due_on, provisional, tone):
    duty = CaseDuty("casefile", "open", due_on, provisional=provisional)
    assert clocks([], [duty])["casefile"].tone == tone


def test_a_case_that_is_not_decided_has_its_term_and_says_why():
    accepted = [Happening("case.accepted", datetime(2026, 9, 1, 4, tzinfo=UTC), {})]
    other, public = clocks(accepted)["deciding"], clocks(accepted, kind="public_security")
    assert (other.due_on, public["deciding"].due_on) == (date(2026, 11, 30), date(2026, 10, 8))
    assert "§60" in other.why
    decided = [*accepted, Happening("decision.made", A_TIME, {})]
    assert "deciding" not in clocks(decided)


def test_a_party_may_apply_while_its_term_runs():
    served = [Happening("decision.served", A_TIME, {"served_on": "2026-09-21"})]
    clock = clocks(served)["reconsideration"]
    assert (clock.due_on, clock.left, clock.source) == (
        date(2026, 11, 20),
        57,
        "行政复议法（2023年修订）§20",
    )
    assert "reconsideration" not in clocks(served, today=date(2026, 11, 21))


def test_a_file_whose_term_has_not_begun_says_so():
    clock = clocks([])["casefile"]
    assert (clock.left, clock.tone, clock.task) == (None, "none", 17)
