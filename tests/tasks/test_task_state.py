"""Where a task stands: by its day, by a unit's word, by data, by a check."""

from datetime import date

import pytest

from mingjing_tasks.pages.board import percent_of
from mingjing_tasks.rules.due import read_due
from mingjing_tasks.rules.task import Figure, TaskAct, may_wait, state_of

TODAY = date(2026, 11, 26)
STANDING, NO_DAY = read_due("长期"), read_due("")
LAST_DAY, DAY_BEFORE = read_due("2026年11月26日前"), read_due("2026年11月25日前")
SIGNED, HALF = TaskAct("accepted"), TaskAct("reported")
CLAIM, PASSED, BACK = TaskAct("reported", done=True), TaskAct("verified"), TaskAct("rejected")
ALL_MET, ONE_MISSED, NOTHING = Figure(10, 10, 100), Figure(10, 9, 100), Figure(0, 0, 100)


@pytest.mark.parametrize(
    ("due", "acts", "figure", "state"),
    [
        (DAY_BEFORE, [], None, "overdue"),
        (DAY_BEFORE, [SIGNED, HALF], None, "overdue"),
        (DAY_BEFORE, [CLAIM, BACK], None, "overdue"),
        (LAST_DAY, [], None, "waiting"),
        (NO_DAY, [], None, "waiting"),
        (STANDING, [SIGNED], None, "doing"),
        (STANDING, [SIGNED, HALF], None, "doing"),
        (STANDING, [SIGNED, HALF], NOTHING, "doing"),
        (STANDING, [], ALL_MET, "data_met"),
        (STANDING, [], ONE_MISSED, "waiting"),
        (DAY_BEFORE, [CLAIM], None, "to_verify"),
        (DAY_BEFORE, [CLAIM, PASSED], None, "verified"),
        (STANDING, [CLAIM, PASSED, HALF], None, "doing"),
        (STANDING, [CLAIM], ONE_MISSED, "downgraded"),
        (STANDING, [CLAIM, PASSED], ONE_MISSED, "downgraded"),
        (STANDING, [CLAIM, PASSED], ALL_MET, "verified"),
        (STANDING, [CLAIM], ALL_MET, "to_verify"),
    ],
)
def test_a_task_stands_where_its_day_words_data_and_checks_put_it(due, acts, figure, state):
    assert state_of(due, acts, figure, TODAY) == state


STORIES = ([], [SIGNED], [HALF], [CLAIM], [CLAIM, BACK], [CLAIM, PASSED], [CLAIM, PASSED, HALF])


@pytest.mark.parametrize("due", [DAY_BEFORE, LAST_DAY, STANDING, NO_DAY])
@pytest.mark.parametrize("acts", STORIES)
def test_whatever_may_wait_for_somebody_is_known_without_its_figure(due, acts):
    states = {state_of(due, acts, figure, TODAY) for figure in (None, ALL_MET, ONE_MISSED, NOTHING)}
    waits = bool(states & {"to_verify", "downgraded", "overdue"})
    assert may_wait(due, acts, TODAY) is waits


@pytest.mark.parametrize(("acts", "waits"), [([], False), ([SIGNED, HALF], False), ([CLAIM], True)])
def test_where_no_day_is_owed_only_words_make_a_task_wait(acts, waits):
    assert may_wait(None, acts, TODAY) is waits


@pytest.mark.parametrize(
    ("counted", "met", "percent"),
    [(0, 0, "—"), (3, 3, "100.0%"), (3, 2, "66.6%"), (10_000, 9_999, "99.9%"), (7, 0, "0.0%")],
)
def test_a_share_is_never_rounded_up_to_all(counted, met, percent):
    assert percent_of(Figure(counted, met, 100)) == percent
