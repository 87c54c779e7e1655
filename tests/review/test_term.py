"""The term for an opinion: from when it runs, how it stands still, that it fires once."""

from datetime import date

import pytest

from mingjing_review.handlers import ALARMS
from mingjing_review.rules.opinion import Pause, opinion_clock
from mingjing_review.store.standing import CLOCK
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging.clocks import fire_due
from support.officers import STATION
from support.review import PERSON, a_decision
from support.reviewing import the_reviewer

MONDAY = date(2026, 9, 21)
CALENDAR = published_calendar().until(2026)


@pytest.mark.parametrize(
    ("complete_on", "pauses", "due_on"),
    [
        # the Mid-Autumn and National days are off, 20 September and 10 October are worked
        (date(2026, 9, 14), [], date(2026, 9, 20)),
        (MONDAY, [], date(2026, 9, 29)),
        # returned and supplemented on one day: nothing is lost
        (MONDAY, [Pause(date(2026, 9, 22), date(2026, 9, 22))], date(2026, 9, 29)),
        # one working day does not count, two do not, and days off are no working days anyway
        (MONDAY, [Pause(date(2026, 9, 22), date(2026, 9, 23))], date(2026, 9, 30)),
        (MONDAY, [Pause(date(2026, 9, 22), date(2026, 9, 24))], date(2026, 10, 8)),
        (MONDAY, [Pause(date(2026, 9, 24), date(2026, 9, 27))], date(2026, 9, 29)),
        # two pauses
        (
            MONDAY,
            [
                Pause(date(2026, 9, 21), date(2026, 9, 22)),
                Pause(date(2026, 9, 23), date(2026, 9, 24)),
            ],
            date(2026, 10, 8),
        ),
        # a pause after the last day changes nothing
        (MONDAY, [Pause(date(2026, 9, 30), date(2026, 10, 9))], date(2026, 9, 29)),
        (MONDAY, [Pause(date(2026, 9, 29), None)], date(2026, 9, 29)),
    ],
)
def test_the_days_of_a_pause_do_not_count(complete_on, pauses, due_on):
    assert opinion_clock(complete_on, pauses, CALENDAR).due_on == due_on


def test_while_it_stands_still_there_is_no_last_day_but_what_is_left_of_it():
    clock = opinion_clock(MONDAY, [Pause(date(2026, 9, 22), None)], CALENDAR)
    assert (clock.due_on, clock.due_at, clock.left) == (None, None, 4)
    assert "已用1个工作日，余4个工作日" in clock.says
    assert "2026年9月22日退回补正" in clock.says


def test_it_says_why_it_ends_when_it_ends():
    clock = opinion_clock(MONDAY, [Pause(date(2026, 9, 22), date(2026, 9, 23))], CALENDAR)
    assert "2026年9月22日退回补正至2026年9月23日补正送达" in clock.says
    assert "至2026年9月30日当日届满" in clock.says


def test_into_a_year_without_a_holiday_notice_it_is_provisional():
    clock = opinion_clock(
        date(2026, 12, 28), [Pause(date(2026, 12, 29), date(2026, 12, 30))], CALENDAR
    )
    assert clock.provisional
    assert "暂定" in clock.says


async def due(bench):
    row = await bench.review.review()
    return row.due_on, row.clock


async def fire(bench):
    """Fire the opinion's clock alone."""
    async with bench.review.database.transaction() as tx:
        return await fire_due(tx, {CLOCK: ALARMS[CLOCK]})


async def clocks(bench):
    rows = await bench.review.database.all(
        "SELECT subject, fired_at IS NOT NULL AS fired FROM clocks WHERE kind = :kind"
        " ORDER BY subject",
        kind=CLOCK,
    )
    return [(row.subject, row.fired) for row in rows]


async def test_before_anything_is_handed_in_nobody_can_be_late(bench):
    await bench.propose()
    bench.clock.move_to("2026-12-01 10:00")
    assert await clocks(bench) == []
    assert await fire(bench) == 0


async def test_it_runs_from_the_submission_that_was_complete(bench):
    await bench.propose()
    await bench.submit()
    assert await due(bench) == (date(2026, 9, 29), "D1@1")
    await bench.hand_back()
    assert await due(bench) == (None, None)
    bench.clock.move_to("2026-09-23 10:00")
    await bench.submit()
    assert await due(bench) == (date(2026, 10, 8), "D1@1")
    bench.clock.move_to("2026-09-24 10:00")
    await bench.accept()
    assert await due(bench) == (date(2026, 10, 8), "D1@1")


async def test_a_return_stops_it_and_the_supplement_lets_it_run_on(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    bench.clock.move_to("2026-09-22 10:00")
    await bench.hand_back()
    assert await due(bench) == (None, None)
    assert await clocks(bench) == []
    row = await bench.review.review()
    assert "已停表" in row.due_says
    assert "余4个工作日" in row.due_says
    (returned,) = await bench.told_of("review.returned")
    assert (returned["effect"], returned["missing"]) == ("stopped", ["other"])
    bench.clock.move_to("2026-11-02 10:00")
    assert await fire(bench) == 0
    await bench.submit()
    assert await due(bench) == (date(2026, 11, 6), "D1@1")
    submitted = await bench.told_of("review.submitted")
    assert [(one["kind"], one["decide_by"]) for one in submitted] == [
        ("first", "2026-09-29"),
        ("supplement", "2026-11-06"),
    ]


async def test_on_the_last_day_it_is_in_time_and_at_midnight_it_is_overdue_once(bench):
    await bench.propose()
    await bench.submit()
    bench.clock.move_to("2026-09-29 23:59")
    assert await fire(bench) == 0
    bench.clock.move_to("2026-09-30 00:01")
    assert await fire(bench) == 1
    assert await fire(bench) == 0
    (told,) = await bench.told_of("review.overdue")
    assert (told["decision_id"], told["decide_by"], told["round"]) == ("D1", "2026-09-29", 1)
    await bench.accept()
    await bench.speak("correct")
    await bench.submit(note="已改正")
    assert await fire(bench) == 0
    assert await clocks(bench) == [("D1@1", True), ("D1@2", False)]


@pytest.mark.parametrize("opinion", ["agree", "correct", "transfer"])
async def test_an_opinion_ends_it(bench, opinion):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak(opinion)
    bench.clock.move_to("2026-12-01 10:00")
    assert await clocks(bench) == []
    assert await fire(bench) == 0


async def test_a_decision_made_meanwhile_ends_it(bench):
    await bench.propose()
    await bench.submit()
    await bench.review.apply(
        a_decision(parties=[PERSON], unit=STATION, outcome={"kinds": ["fine"], "fine": "4000"})
    )
    assert await bench.review.state() == "bypassed"
    assert await clocks(bench) == []


async def test_a_synthetic_case_is_overdue_as_a_synthetic_one(bench):
    from support.reviewing import a_case_at_work, a_text, the_directory

    mode = {"about": {"mode": "synthetic"}}
    await bench.review.apply(*the_directory(), a_case_at_work(**mode), a_text(**mode))
    await bench.submit()
    bench.clock.move_to("2026-10-30 10:00")
    assert await fire(bench) == 1
    told = await bench.review.last_told()
    assert told.attributes["type"] == "cn.mingjing.review.overdue"
    assert told.attributes["mjmode"] == "synthetic"


async def test_the_page_says_why_the_day_is_what_it_is(bench):
    await bench.propose()
    await bench.submit()
    text = (await bench.get(the_reviewer, "/review/cases/D1")).text
    assert "剩 5 个工作日" in text
    assert "2026年9月21日材料齐备" in text
