"""The term for an opinion is extended once a round, by a leader who is not the one who asks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review.test_acts import unchanged

from mingjing_review.rules.opinion import Pause, coordination_clock, opinion_clock
from mingjing_shared.law.calendar import published_calendar
from support.reviewing import (
    a_leader,
    a_reviewer_who_handles,
    an_inspector,
    the_handler,
    the_head,
    the_manager,
    the_reviewer,
)

CALENDAR = published_calendar()
MONDAY = date(2026, 9, 21)
DAYS = st.dates(date(2026, 1, 5), date(2026, 10, 31))


@pytest.fixture
async def in_review(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    bench.before = await bench.steps()
    return bench


@pytest.fixture
async def asked(in_review):
    await in_review.ask_extension()
    in_review.before = await in_review.steps()
    return in_review


@pytest.mark.parametrize("officer", [the_handler, the_head, a_leader, an_inspector])
async def test_only_who_reviews_asks_for_more_time(in_review, officer):
    await unchanged(in_review, await in_review.ask_extension(officer), 403, "权限")


@pytest.mark.parametrize("officer", [the_handler, the_head, the_reviewer, an_inspector])
async def test_only_a_leader_or_the_case_managers_answer(asked, officer):
    await unchanged(asked, await asked.answer_extension(officer=officer), 403, "权限")


async def test_nobody_grants_what_he_asked_for_himself(in_review):
    await in_review.ask_extension(the_manager)
    in_review.before = await in_review.steps()
    answer = await in_review.answer_extension(officer=the_manager)
    await unchanged(in_review, answer, 403, "不能由申请人自己批准")


async def test_who_handles_the_case_neither_asks_nor_answers(in_review):
    answer = await in_review.ask_extension(a_reviewer_who_handles)
    await unchanged(in_review, answer, 403, "是本案承办人")


async def test_a_request_needs_a_reason_and_an_answer_too(asked):
    await unchanged(asked, await asked.answer_extension(note=""), 400, "请填写批准或者不批准的理由")
    await unchanged(asked, await asked.answer_extension(""), 400, "请选择是否批准")


@pytest.mark.parametrize("answer", ["granted", "refused"])
async def test_it_is_asked_for_once_a_round(asked, answer):
    await unchanged(asked, await asked.ask_extension(), 409, "已经申请过延长")
    await asked.answer_extension(answer)
    asked.before = await asked.steps()
    await unchanged(asked, await asked.ask_extension(), 409, "已经申请过延长")
    await unchanged(asked, await asked.answer_extension(), 409, "没有待批准的延长申请")


async def test_nothing_is_granted_that_nobody_asked_for(in_review):
    await unchanged(in_review, await in_review.answer_extension(), 409, "没有待批准的延长申请")


async def test_until_it_is_granted_the_term_stays_then_it_is_longer(asked):
    assert str((await asked.review.review()).due_on) == "2026-09-29"
    assert (await asked.answer_extension()).status_code == 303
    row = await asked.review.review()
    assert (str(row.due_on), row.state, row.asked) == ("2026-10-12", "in_review", None)
    assert "经批准延长5个工作日" in row.due_says
    [told] = await asked.told_of("review.extended")
    assert (told["decide_by"], told["asked_by"], told["by"]) == (
        "2026-10-12",
        the_reviewer.number,
        a_leader.number,
    )


async def test_a_refusal_changes_no_term_and_is_told_to_nobody(asked):
    assert (await asked.answer_extension("refused")).status_code == 303
    row = await asked.review.review()
    assert (str(row.due_on), row.asked) == ("2026-09-29", None)
    assert await asked.told_of("review.extended") == []


async def test_the_last_day_it_may_still_be_granted_the_day_after_no_more(asked):
    asked.clock.move_to("2026-09-30 09:00")
    await unchanged(asked, await asked.answer_extension(), 409, "审核期限已于 2026-09-29 届满")
    asked.clock.move_to("2026-09-29 23:00")
    assert (await asked.answer_extension()).status_code == 303


async def test_an_extended_term_passes_later_and_is_told_once(asked):
    await asked.answer_extension()
    asked.clock.move_to("2026-09-30 00:00")
    await asked.fire()
    assert await asked.told_of("review.overdue") == []
    asked.clock.move_to("2026-10-13 00:00")
    await asked.fire()
    await asked.fire()
    assert [one["decide_by"] for one in await asked.told_of("review.overdue")] == ["2026-10-12"]


async def test_the_request_waits_for_a_leader_who_reads_it_by_duty(asked):
    assert (await asked.get(a_leader, "/review/fragments/bell")).text == "1"
    page = await asked.get(a_leader, "/review/cases/D1/extension")
    assert page.status_code == 200
    assert "案情复杂，需补充鉴定" in page.text
    await asked.answer_extension()
    assert (await asked.get(a_leader, "/review/fragments/bell")).text == "0"


async def test_a_further_round_may_be_extended_again(asked):
    await asked.answer_extension()
    await asked.speak("correct")
    await asked.submit()
    assert (await asked.ask_extension()).status_code == 303
    assert (await asked.review.review()).asked == "extension"


@given(DAYS)
def test_an_extension_adds_exactly_five_working_days(day):
    plain = opinion_clock(day, [], CALENDAR)
    longer = opinion_clock(day, [], CALENDAR, is_extended=True)
    between = range(plain.due_on.toordinal() + 1, longer.due_on.toordinal() + 1)
    assert sum(CALENDAR.is_working_day(date.fromordinal(d)) for d in between) == 5


@given(DAYS, st.integers(0, 6), st.integers(0, 9))
def test_a_pause_lengthens_an_extended_term_as_it_does_any_other(day, after, days):
    since = date.fromordinal(day.toordinal() + after)
    until = date.fromordinal(since.toordinal() + days)
    pauses = [Pause(since, until)]
    plain = opinion_clock(day, pauses, CALENDAR)
    longer = opinion_clock(day, pauses, CALENDAR, is_extended=True)
    assert longer.due_on > plain.due_on
    assert CALENDAR.is_working_day(longer.due_on)
    assert opinion_clock(day, [], CALENDAR, is_extended=True).due_on <= longer.due_on


@pytest.mark.parametrize(
    ("disagreed_on", "due_on"),
    [
        (date(2026, 9, 13), date(2026, 9, 18)),
        (date(2026, 9, 14), date(2026, 9, 20)),
        (MONDAY, date(2026, 9, 29)),
    ],
)
def test_a_disagreement_has_five_working_days_and_fires_nothing(disagreed_on, due_on):
    clock = coordination_clock(disagreed_on, CALENDAR)
    assert (clock.due_on, clock.due_at) == (due_on, None)
    assert "提出异议" in clock.says
