"""By when something is due: tables first, then what holds for every day."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import BadStart, NoCalendar, NoRuleInForce
from mingjing_shared.law.rules import Dated

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNTIL_2026 = published_calendar().until(2026)
STARTS = st.dates(date(2018, 12, 5), date(2030, 12, 31))

# Computed by hand from the notices: made on, +3, +5, +7, +20 working days.
WORKING_DAYS = [
    ("2019-09-03", "2019-09-06", "2019-09-10", "2019-09-12", "2019-10-08"),
    ("2019-09-27", "2019-10-08", "2019-10-10", "2019-10-12", "2019-10-30"),
    ("2018-12-28", "2019-01-03", "2019-01-07", "2019-01-09", "2019-01-28"),
    ("2019-04-26", "2019-04-30", "2019-05-06", "2019-05-08", "2019-05-27"),
    ("2026-02-13", "2026-02-25", "2026-02-27", "2026-03-02", "2026-03-19"),
    ("2026-04-30", "2026-05-08", "2026-05-11", "2026-05-13", "2026-06-01"),
    ("2026-09-18", "2026-09-22", "2026-09-24", "2026-09-29", "2026-10-22"),
]


@pytest.mark.parametrize(
    ("made_on", "count", "due_on"),
    [
        (made_on, count, due_on)
        for made_on, *row in WORKING_DAYS
        for count, due_on in zip((3, 5, 7, 20), row, strict=True)
    ],
)
def test_working_days_are_counted_from_the_day_after(made_on, count, due_on, a_rule, calendar):
    result = deadline(a_rule(count=count), date.fromisoformat(made_on), calendar)
    assert (str(result.due_on), result.provisional) == (due_on, False)


@pytest.mark.parametrize(
    ("count", "due_on", "provisional"),
    [
        (3, "2026-12-30", False),
        (4, "2026-12-31", False),
        (5, "2027-01-01", True),
        (7, "2027-01-05", True),
        (20, "2027-01-22", True),
    ],
)
def test_a_term_into_a_year_without_a_notice_is_provisional(
    count, due_on, provisional, a_rule, calendar
):
    result = deadline(a_rule(count=count), date(2026, 12, 25), calendar)
    assert (str(result.due_on), result.provisional) == (due_on, provisional)


def test_a_provisional_term_is_firm_and_never_earlier_once_the_notice_is_known(a_rule):
    rule = a_rule(count=7)
    before = deadline(rule, date(2025, 12, 26), published_calendar().until(2025))
    after = deadline(rule, date(2025, 12, 26), UNTIL_2026)
    assert (before.provisional, str(before.due_on)) == (True, "2026-01-06")
    assert (after.provisional, str(after.due_on)) == (False, "2026-01-07")


@pytest.mark.parametrize(
    ("start", "roll", "due_on"),
    [
        ("2026-08-25", "next_working_day", "2026-09-24"),  # the day before the holiday
        ("2026-08-26", "next_working_day", "2026-09-28"),  # onto Mid-autumn
        ("2026-08-29", "next_working_day", "2026-09-28"),  # the day after it
        ("2026-08-26", "none", "2026-09-25"),
        ("2026-08-21", "next_working_day", "2026-09-20"),  # a Sunday that is worked
    ],
)
def test_calendar_days_run_through_and_only_the_end_rolls(start, roll, due_on, a_rule, calendar):
    rule = a_rule(unit="day", count=30, roll=roll)
    assert str(deadline(rule, date.fromisoformat(start), calendar).due_on) == due_on


@pytest.mark.parametrize(
    ("start", "due_on"),
    [
        ("2025-01-30", "2025-02-28"),
        ("2025-01-31", "2025-02-28"),
        ("2025-02-01", "2025-03-01"),
        ("2024-01-31", "2024-02-29"),
        ("2026-12-31", "2027-01-31"),
    ],
)
def test_a_month_ends_on_its_number_or_on_the_last_day(start, due_on, a_rule, calendar):
    rule = a_rule(unit="month", count=1)
    assert str(deadline(rule, date.fromisoformat(start), calendar).due_on) == due_on


def test_a_month_may_roll_off_a_holiday(a_rule, calendar):
    rule = a_rule(unit="month", count=1, roll="next_working_day")
    result = deadline(rule, date(2026, 9, 1), calendar)
    assert (result.nominal_end, result.due_on) == (date(2026, 10, 1), date(2026, 10, 8))
    assert len(result.rolled_over) == 7


def test_a_term_without_rolling_needs_no_notice_and_is_never_provisional(a_rule, calendar):
    assert not deadline(a_rule(unit="day", count=30), date(2026, 12, 25), calendar).provisional


def test_a_term_that_rolls_in_a_year_without_a_notice_is_provisional(a_rule, calendar):
    rule = a_rule(unit="day", count=30, roll="next_working_day")
    assert deadline(rule, date(2026, 12, 25), calendar).provisional


def test_hours_run_through_the_holidays(a_rule, calendar):
    rule = a_rule(unit="hour", count=24)
    result = deadline(rule, datetime(2026, 9, 30, 18, 20, tzinfo=SHANGHAI), calendar)
    assert result.due_at == datetime(2026, 10, 1, 18, 20, tzinfo=SHANGHAI)
    assert result.due_on == date(2026, 10, 1)


def test_an_instant_of_another_zone_is_the_same_instant_and_is_shown_in_shanghai(a_rule, calendar):
    result = deadline(
        a_rule(unit="hour", count=24), datetime(2026, 9, 18, 20, tzinfo=UTC), calendar
    )
    assert result.as_json()["start"] == "2026-09-19T04:00:00+08:00"
    assert result.as_json()["due_at"] == "2026-09-20T04:00:00+08:00"


def test_the_start_day_counts_only_where_the_rule_says_so(a_rule, calendar):
    start = date(2026, 9, 21)
    assert deadline(a_rule(count=1), start, calendar).due_on == date(2026, 9, 22)
    included = [
        deadline(a_rule(count=1, unit=unit, include_start=True), start, calendar).due_on
        for unit in ("working_day", "day", "month")
    ]
    assert included == [start, start, date(2026, 10, 20)]


def test_a_start_on_a_day_off_that_would_count_is_skipped(a_rule, calendar):
    rule = a_rule(count=1, include_start=True)
    assert deadline(rule, date(2026, 9, 26), calendar).due_on == date(2026, 9, 28)


def test_a_rule_takes_the_version_of_the_start_day(a_rule, calendar):
    old = a_rule(count=3, valid_to=date(2021, 7, 14))
    new = a_rule(count=5, valid_from=date(2021, 7, 15))
    rule = Dated("test.rule", (old, new))
    assert deadline(rule, date(2021, 7, 14), calendar).count == 3
    assert deadline(rule, date(2021, 7, 15), calendar).count == 5
    with pytest.raises(NoRuleInForce, match="2018-12-04"):
        deadline(rule, date(2018, 12, 4), calendar)


def test_the_version_of_an_instant_is_that_of_its_local_date(a_rule, calendar):
    rule = Dated("test.rule", (a_rule(unit="hour", valid_from=date(2026, 1, 1)),))
    assert deadline(rule, datetime(2025, 12, 31, 16, tzinfo=UTC), calendar).count == 7
    with pytest.raises(NoRuleInForce):
        deadline(rule, datetime(2025, 12, 31, 15, 59, tzinfo=UTC), calendar)


@pytest.mark.parametrize(
    ("unit", "start"),
    [
        ("hour", date(2026, 9, 18)),
        ("hour", datetime(2026, 9, 18, 10, 20)),  # noqa: DTZ001 (that is what is refused)
        ("working_day", datetime(2026, 9, 18, 10, 20, tzinfo=SHANGHAI)),
        ("day", datetime(2026, 9, 18, 10, 20, tzinfo=SHANGHAI)),
        ("day", date(9999, 12, 31)),
        ("day", date(1899, 1, 1)),
        ("hour", datetime.min.replace(tzinfo=SHANGHAI)),
        ("hour", datetime.max.replace(tzinfo=SHANGHAI)),
    ],
)
def test_a_start_of_the_wrong_kind_or_age_is_refused(unit, start, a_rule, calendar):
    with pytest.raises(BadStart):
        deadline(a_rule(unit=unit), start, calendar)


def test_days_before_the_first_notice_are_refused_not_guessed(a_rule, calendar):
    with pytest.raises(NoCalendar):
        deadline(a_rule(valid_from=date(1990, 1, 1)), date(1999, 1, 1), calendar)


def test_overdue_begins_with_the_midnight_that_ends_the_day(a_rule, calendar):
    result = deadline(a_rule(), date(2026, 9, 18), calendar)
    midnight = datetime(2026, 9, 30, tzinfo=SHANGHAI)
    assert result.due_at == midnight
    assert not result.is_overdue(midnight - timedelta(microseconds=1))
    assert result.is_overdue(midnight)


def test_the_last_instant_of_a_term_in_hours_is_in_time(a_rule, calendar):
    result = deadline(a_rule(unit="hour", count=24), datetime(2026, 9, 18, tzinfo=UTC), calendar)
    assert not result.is_overdue(datetime(2026, 9, 19, tzinfo=UTC))
    assert result.is_overdue(datetime(2026, 9, 19, microsecond=1, tzinfo=UTC))


def test_what_is_provisional_is_never_overdue(a_rule, calendar):
    result = deadline(a_rule(), date(2026, 12, 25), calendar)
    assert not result.is_overdue(datetime(2099, 1, 1, tzinfo=UTC))


@given(start=STARTS, count=st.integers(1, 60))
def test_a_term_in_working_days_ends_on_one_and_counts_each_once(start, count, a_rule):
    result = deadline(a_rule(count=count), start, UNTIL_2026)
    counted = [day for day in result.counted if day.number is not None]
    skipped = [day for day in result.counted if day.number is None]
    assert [day.number for day in counted] == list(range(1, count + 1))
    assert counted[-1].day == result.due_on
    assert all(UNTIL_2026.is_working_day(day.day) for day in counted)
    assert not any(UNTIL_2026.is_working_day(day.day) for day in skipped)
    everything = [start, *(day.day for day in result.counted)]
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(everything))


@given(start=STARTS, count=st.integers(1, 60), more=st.integers(1, 30))
def test_a_longer_term_ends_later(start, count, more, a_rule):
    short, long = (deadline(a_rule(count=n), start, UNTIL_2026) for n in (count, count + more))
    assert short.due_on < long.due_on


@given(
    starts=st.tuples(STARTS, st.integers(0, 400)),
    unit=st.sampled_from(["working_day", "day", "month"]),
    roll=st.sampled_from(["next_working_day", "none"]),
    count=st.integers(1, 40),
)
def test_who_starts_later_never_ends_earlier(starts, unit, roll, count, a_rule):
    rule = a_rule(unit=unit, count=count, roll="none" if unit == "working_day" else roll)
    start, later = starts
    first = deadline(rule, start, UNTIL_2026)
    second = deadline(rule, start + timedelta(days=later), UNTIL_2026)
    assert start < first.due_on <= second.due_on


@given(start=STARTS, unit=st.sampled_from(["day", "month"]), count=st.integers(1, 40))
def test_a_term_that_rolls_ends_on_the_first_working_day_from_its_end_on(
    start, unit, count, a_rule
):
    rule = a_rule(unit=unit, count=count, roll="next_working_day")
    result = deadline(rule, start, UNTIL_2026)
    passed = [day.day for day in result.rolled_over]
    assert UNTIL_2026.is_working_day(result.due_on)
    assert not any(UNTIL_2026.is_working_day(day) for day in passed)
    assert len(passed) == (result.due_on - result.nominal_end).days


@given(start=STARTS, count=st.integers(1, 24))
def test_a_month_keeps_the_number_of_the_day_or_clamps_to_the_last(start, count, a_rule):
    end = deadline(a_rule(unit="month", count=count), start, UNTIL_2026).due_on
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == count
    assert end.day == start.day or (
        end.day < start.day and (end + timedelta(days=1)).month != end.month
    )


@given(start=STARTS, count=st.integers(1, 60))
def test_a_term_is_provisional_exactly_when_it_reaches_a_year_without_a_notice(
    start, count, a_rule
):
    result = deadline(a_rule(count=count), start, UNTIL_2026)
    assert result.provisional == (result.due_on.year > 2026)
