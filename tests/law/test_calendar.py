"""Which days are worked: the notices of 2019 and 2026 written out by hand, and the edges."""

from datetime import date, timedelta

import pytest

from mingjing_shared.law.calendar import DayKind
from mingjing_shared.law.errors import NoCalendar


def days(text):
    """Days from a list such as "2019: 02-04..02-10 04-05"."""
    year, _, spans = text.partition(":")
    for span in spans.split():
        first, _, last = span.partition("..")
        day, end = (date.fromisoformat(f"{year}-{part}") for part in (first, last or first))
        while day <= end:
            yield day
            day += timedelta(days=1)


MADE_UP = {
    2018: "2018: 12-29",
    2019: "2019: 02-02 02-03 04-28 05-05 09-29 10-12",
    2026: "2026: 01-04 02-14 02-28 05-09 09-20 10-10",
}
OFF = {
    2018: "2018: 12-30..12-31",
    2019: "2019: 01-01 02-04..02-10 04-05 05-01..05-04 06-07 09-13 10-01..10-07",
    2026: "2026: 01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21"
    " 09-25..09-27 10-01..10-07",
}


@pytest.mark.parametrize("year", [2018, 2019, 2026])
def test_every_make_up_day_is_worked(year, calendar):
    kinds = {day: calendar.kind_of(day) for day in days(MADE_UP[year])}
    assert set(kinds.values()) == {DayKind.MAKEUP}, kinds


@pytest.mark.parametrize("year", [2018, 2019, 2026])
def test_no_day_given_off_is_worked(year, calendar):
    assert not [day for day in days(OFF[year]) if calendar.is_working_day(day)]


@pytest.mark.parametrize("year", [2019, 2026])
def test_all_other_days_of_the_year_are_worked_from_monday_to_friday(year, calendar):
    named = {*days(MADE_UP[year]), *days(OFF[year])}
    day = date(year, 1, 1)
    while day.year == year:
        if day not in named:
            assert calendar.is_working_day(day) == (day.weekday() < 5), day
        day += timedelta(days=1)


def test_the_first_holidays_of_2020_are_those_prolonged_in_the_epidemic(calendar):
    assert calendar.kind_of(date(2020, 1, 31)) is DayKind.HOLIDAY
    assert calendar.is_working_day(date(2020, 2, 3))


def test_a_year_without_a_notice_is_worked_from_monday_to_friday_and_is_not_published(calendar):
    assert calendar.is_working_day(date(2027, 1, 1))
    assert not calendar.is_working_day(date(2027, 1, 2))
    assert not calendar.is_published(date(2027, 1, 1))
    assert calendar.is_published(date(2026, 12, 31))


def test_every_year_since_the_three_systems_began_is_published(calendar):
    assert calendar.published_years >= set(range(2018, 2027))


def test_a_day_before_the_first_notice_is_refused_with_the_first_year(calendar):
    first = min(calendar.published_years)
    with pytest.raises(NoCalendar, match=str(first)):
        calendar.is_working_day(date(first - 1, 12, 31))


@pytest.mark.parametrize(
    ("day", "next_worked"),
    [
        (date(2026, 9, 24), date(2026, 9, 24)),  # a Thursday, itself
        (date(2026, 9, 25), date(2026, 9, 28)),  # Mid-autumn
        (date(2026, 9, 19), date(2026, 9, 20)),  # a Saturday before a make-up Sunday
        (date(2026, 2, 15), date(2026, 2, 24)),  # nine days of Spring Festival
    ],
)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(day, next_worked, calendar):
    assert calendar.next_working_day(day) == next_worked


def test_a_holiday_is_called_by_its_full_name(calendar):
    assert calendar.holidays[date(2026, 9, 25)] == "中秋节"
    assert calendar.makeup_days[date(2026, 9, 20)] == "国庆节"
