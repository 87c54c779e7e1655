"""Which days are worked.

A working day is Monday to Friday unless the State Council's yearly notice gives it off, or a
Saturday or Sunday which the notice names as a make-up day. The notice of a year may touch the
last days of the year before (2018-12-29 was worked because of the notice for 2019).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from chinese_calendar import constants

from mingjing_shared.law.errors import NoCalendar

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WEEKDAY = "weekday"
    MAKEUP = "makeup"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def is_worked(self) -> bool:
        """Whether a day of this kind counts as a working day."""
        return self in {DayKind.WEEKDAY, DayKind.MAKEUP}


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCalendar:
    """The holiday notices we hold, as a value.

    In a year that is published the answer is the notice's; after the last published year it is
    Monday to Friday, which whoever counts must mark as provisional; before the first it raises.
    Compared by identity, so that it is a cheap key: hold one, pass it on.
    """

    published_years: frozenset[int]
    holidays: Mapping[date, str]
    makeup_days: Mapping[date, str]

    def is_published(self, day: date) -> bool:
        """Whether the notice of that day's year is known."""
        return day.year in self.published_years

    def kind_of(self, day: date) -> DayKind:
        """Why the day is worked or not.

        Raises:
            NoCalendar: the day lies before the first notice we hold.
        """
        if day in self.holidays:
            return DayKind.HOLIDAY
        if day in self.makeup_days:
            return DayKind.MAKEUP
        if day.year not in self.published_years and day.year < min(self.published_years):
            first = min(self.published_years)
            raise NoCalendar(
                f"没有{day.year}年的放假安排，无法计算{day}是否工作日；最早为{first}年"
            )
        return DayKind.WEEKEND if day.weekday() >= _SATURDAY else DayKind.WEEKDAY

    def is_working_day(self, day: date) -> bool:
        """Whether the day counts as a working day; raises like `kind_of`."""
        return self.kind_of(day).is_worked

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the first worked day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def until(self, year: int) -> "WorkingCalendar":
        """The calendar as it was known before the notice of the year after `year`."""
        return WorkingCalendar(
            published_years=frozenset(y for y in self.published_years if y <= year),
            holidays={day: name for day, name in self.holidays.items() if day.year <= year},
            makeup_days={day: name for day, name in self.makeup_days.items() if day.year <= year},
        )


@cache
def published_calendar() -> WorkingCalendar:
    """All the notices of the maintained library `chinesecalendar`, read once."""
    names = {
        holiday.value: _FULL_NAMES.get(holiday.chinese, holiday.chinese)
        for holiday in constants.Holiday
    }
    holidays = {day: names[name] for day, name in constants.holidays.items()}
    first, last = min(holidays).year, max(holidays).year
    return WorkingCalendar(
        published_years=frozenset(range(first, last + 1)),
        holidays=holidays,
        makeup_days={day: names[name] for day, name in constants.workdays.items()},
    )
