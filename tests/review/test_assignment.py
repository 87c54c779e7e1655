"""Who is given a submission: the rule by itself, and as officers see it at work."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_review.rules.assignment import (
    Candidate,
    choose,
    distance_of,
    said_of,
    urgent_until,
)
from mingjing_review.rules.reviewer import person_of
from mingjing_shared.directory.tree import tree_on
from mingjing_shared.law.calendar import published_calendar
from support.officers import CITY, COUNTY, STATION, an_officer
from support.review import a_classified_case
from support.reviewers import (
    BUSY,
    FAR,
    LEGAL_TEAM,
    NEAR,
    a_version,
    described,
    far_reviewer,
    near_reviewer,
    staffed,
    the_head_of_law,
)
from support.reviewing import HANDLER, REVIEWER, the_handler, the_manager, the_reviewer

DAY = date(2026, 9, 21)


async def assignments(bench):
    rows = await bench.review.database.all(
        "SELECT assignee, how, by, round, considered FROM assignments ORDER BY decision_id, place"
    )
    return [(row.assignee, row.how, row.by, row.round) for row in rows]


async def waits(bench, officer):
    answer = await bench.get(officer, "/review/fragments/bell")
    return answer.text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"known": False}, "unknown"),
        ({"interest": "是本案承办人"}, "interest"),
        ({"distance": None}, "reach"),
        ({"absent": True}, "absent"),
        ({"qualified": False}, "unqualified"),
        ({"entry": "没有法律职业资格"}, "entry"),
    ],
)
def test_nobody_is_proposed_against_whom_something_stands(changes, why):
    choice = choose([Candidate(**{"number": NEAR, "distance": 0, **changes})], DAY)
    assert choice.assignee is None
    assert [one.left_out for one in choice.considered] == [why]
    assert "没有可以分派的审核人员" in said_of(None, [o.as_json() for o in choice.considered], {})


def test_the_nearest_legal_department_goes_before_the_emptiest_desk():
    choice = choose([Candidate(FAR, 2), Candidate(NEAR, 1, open=9, urgent=3)], DAY)
    assert choice.assignee == NEAR


def test_an_urgent_review_weighs_twice():
    urgent, many = Candidate(NEAR, 1, open=2, urgent=2), Candidate(BUSY, 1, open=3)
    assert choose([urgent, many], DAY).assignee == BUSY


def test_of_two_alike_the_lower_number_goes_first_whatever_the_order():
    two = [Candidate(FAR, 1), Candidate(NEAR, 1)]
    assert choose(two, DAY).assignee == choose(two[::-1], DAY).assignee == NEAR


def test_who_reviewed_the_round_before_goes_on_unless_something_stands_against_it():
    busy = Candidate(BUSY, 1, open=30)
    assert choose([Candidate(NEAR, 1), busy], DAY, same=BUSY).assignee == BUSY
    away = Candidate(BUSY, 1, open=30, absent=True)
    assert choose([Candidate(NEAR, 1), away], DAY, same=BUSY).assignee == NEAR


@given(
    st.lists(
        st.builds(
            Candidate,
            number=st.integers(100000, 999999).map(str),
            distance=st.none() | st.integers(0, 3),
            qualified=st.booleans(),
            absent=st.booleans(),
            open=st.integers(0, 9),
        ),
        unique_by=lambda one: one.number,
        max_size=8,
    )
)
def test_whoever_is_chosen_could_be_and_nobody_nearer_had_less(candidates):
    choice = choose(candidates, DAY)
    fit = [one for one in choice.considered if one.left_out is None]
    assert (choice.assignee is None) == (not fit)
    assert len(choice.considered) == len(candidates)
    if fit:
        mine = next(one for one in fit if one.number == choice.assignee)
        assert all((mine.distance, mine.load) <= (one.distance, one.load) for one in fit)


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 9, 17), date(2026, 9, 20)),  # a Sunday that is worked
        (date(2026, 9, 21), date(2026, 9, 23)),
        (date(2026, 9, 24), date(2026, 9, 29)),  # over the Mid-Autumn days off
    ],
)
def test_urgent_is_what_falls_due_within_two_working_days(day, until):
    assert urgent_until(day, published_calendar()) == until


def units(*rows):
    return tree_on(
        DAY,
        [
            (code, [{"valid_from": "2018-01-01", "name": name, "level": level, "parent": parent}])
            for code, name, level, parent in rows
        ],
    )


TREE = units(
    (CITY, "市公安局", "city", None),
    (COUNTY, "分局", "county", CITY),
    (LEGAL_TEAM, "分局法制大队", "station", COUNTY),
    (STATION, "派出所", "station", COUNTY),
)


@pytest.mark.parametrize(
    ("unit", "held_for", "distance"),
    [
        (LEGAL_TEAM, None, 1),  # the legal department of the branch that the station belongs to
        (COUNTY, None, 1),
        (CITY, None, 2),
        (STATION, None, None),  # no legal department
        (STATION, CITY, 2),  # as the role was last held
        (LEGAL_TEAM, "340403000000", None),
    ],
)
def test_a_legal_department_reaches_the_units_it_works_for(unit, held_for, distance):
    person = person_of(NEAR, [a_version(unit=unit)], DAY)
    assert distance_of(STATION, person, held_for, TREE, DAY) == distance


async def test_a_submission_waits_first_for_whom_the_rule_named(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    assert await assignments(bench) == [(NEAR, "proposed", None, 1)]
    assert (await waits(bench, near_reviewer), await waits(bench, far_reviewer)) == ("1", "0")


async def test_another_one_within_reach_may_still_take_it_on(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    assert (await bench.accept(far_reviewer)).status_code == 303
    assert (await waits(bench, near_reviewer), await waits(bench, far_reviewer)) == ("0", "1")


async def test_where_nobody_can_be_found_it_waits_for_all_and_the_manager_sees_it(bench):
    await staffed(bench)
    await bench.submit()
    assert await assignments(bench) == [(None, "proposed", None, 1)]
    assert (await waits(bench, the_reviewer), await waits(bench, the_manager)) == ("1", "1")
    page = await bench.get(the_manager, "/review/reviewers")
    assert "无人可派的送审" in page.text


async def test_who_handles_the_case_is_left_out_and_named_so(bench):
    await staffed(bench, described(HANDLER), described(NEAR))
    await bench.submit()
    page = await bench.get(the_manager, "/review/cases/D1/people")
    if page.status_code == 428:
        await bench.says_why(the_manager)
        page = await bench.get(the_manager, "/review/cases/D1/people")
    assert f"{HANDLER}：回避" in page.text
    assert (await assignments(bench))[0][0] == NEAR


async def test_the_second_round_goes_to_who_reviewed_the_first(bench):
    await staffed(bench, described(NEAR), described(REVIEWER))
    await bench.submit()
    await bench.accept(the_reviewer)
    await bench.speak("correct", the_reviewer)
    await bench.submit(note="已改正")
    assert (await assignments(bench))[-1] == (REVIEWER, "proposed", None, 2)


async def given_to(bench, officer, **fields):
    row = await bench.review.review()
    known = len(await assignments(bench))
    given_ = {"to": FAR, "reason": "熟悉此类案件", "seen": row.steps, "assigned": known}
    return await bench.post(officer, "/review/cases/D1/assign", **{**given_, **fields})


async def test_the_handling_unit_does_not_choose_its_reviewer(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    for officer in (the_handler, an_officer("unit_head", number="034300")):
        assert (await given_to(bench, officer)).status_code == 403
    assert len(await assignments(bench)) == 1


async def test_a_reviewer_who_leads_no_legal_department_gives_nothing_away(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    answer = await given_to(bench, near_reviewer)
    assert answer.status_code == 403
    assert "法制部门负责人" in answer.text


async def test_the_head_of_the_legal_department_gives_it_to_another_with_a_reason(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY), described(BUSY))
    await bench.submit()
    refused = await given_to(bench, the_head_of_law, reason="")
    assert (refused.status_code, "请填写改派理由" in refused.text) == (400, True)
    assert (await given_to(bench, the_head_of_law)).status_code == 303
    assert (await assignments(bench))[-1] == (FAR, "reassigned", BUSY, 1)
    assert await waits(bench, far_reviewer) == "1"
    page = await bench.get(the_head_of_law, "/review/cases/D1/people")
    assert "理由：熟悉此类案件" in page.text


async def test_nothing_is_given_to_who_must_not_have_it(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY, active=True))
    await bench.review.apply(described(HANDLER))
    await bench.submit()
    for number, why in ((HANDLER, "回避"), ("039999", "不在审核人员之列")):
        answer = await given_to(bench, the_manager, to=number)
        assert (answer.status_code, why in answer.text) == (409, True)


async def test_who_read_an_older_page_gives_nothing_away(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    answer = await given_to(bench, the_manager, assigned=0)
    assert answer.status_code == 409
    assert "熟悉此类案件" in answer.text


async def test_what_lies_on_a_desk_is_not_given_to_that_very_desk(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    await bench.submit()
    answer = await given_to(bench, the_manager, to=NEAR)
    assert (answer.status_code, f"现在就由 {NEAR} 办理" in answer.text) == (409, True)
    assert len(await assignments(bench)) == 1


async def test_what_waits_for_the_unit_is_not_given_away(bench):
    await staffed(bench, described(NEAR), described(FAR, unit=CITY))
    assert (await given_to(bench, the_manager)).status_code == 409


async def test_of_a_classified_case_no_assignment_stays(bench):
    await staffed(bench, described(NEAR))
    await bench.submit()
    await bench.review.apply(a_classified_case())
    assert await assignments(bench) == []
