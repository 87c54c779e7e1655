"""A term during which some days do not count (不计入期限).

The day on which it begins does not count. Days of a pause are left out exactly, whatever they
overlap; the last day of a term in calendar days rolls as its rule says. While a pause lasts and
the term was not over before it, there is no last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.law.calendar import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.rules import RuleVersion


@dataclass(frozen=True, slots=True)
class Break:
    """Days that do not count: after ``since`` up to ``until``; without it, it still lasts."""

    why: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a term with pauses ends.

    Attributes:
        due_on: the last day; none while it stands still.
        nominal: the last day before any rolling.
        left: days (of the rule's unit) that are left while it stands still.
        paused: how many days were left out.
        standing: the pause that still lasts.
    """

    due_on: date | None
    nominal: date | None
    left: int
    paused: int
    standing: Break | None
    provisional: bool


def counted(
    version: RuleVersion,
    start: date,
    extra: int,
    breaks: Sequence[Break],
    calendar: WorkingCalendar,
) -> Counted:
    """The end of the version's term, longer by ``extra`` of its units, without the pauses.

    The version is in days or working days.
    """
    day, left, paused = start, version.count + extra, 0
    while left:
        day += ONE_DAY
        lasting = [one for one in breaks if one.until is None and one.since < day]
        if lasting:
            return Counted(None, None, left, paused, lasting[0], provisional=False)
        if any(one.holds(day) for one in breaks):
            paused += 1
        elif version.unit == "day" or calendar.is_working_day(day):
            left -= 1
    due = day if version.roll == "none" else calendar.next_working_day(day)
    first = start if version.unit == "working_day" else day
    counts_days_off = version.unit == "working_day" or version.roll != "none"
    years = range(first.year, due.year + 1)
    unsure = counts_days_off and not all(year in calendar.published_years for year in years)
    return Counted(due, day, 0, paused, None, provisional=unsure)
