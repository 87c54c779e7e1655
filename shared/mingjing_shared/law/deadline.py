"""By when: the last day, or the last instant, of a legal period.

The day on which a period starts is not counted (公安机关办理行政案件程序规定 §35) unless the
rule says so. Working days are counted by the calendar. A period in days or months ends on a
calendar day, which rolls to the next working day where the rule says `next_working_day`. A
month ends on the day of the same number, or on the last day of a shorter month. Hours run
through nights and holidays. Local dates are those of Asia/Shanghai.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from mingjing_shared.clock import SHANGHAI, local_date
from mingjing_shared.law import wording
from mingjing_shared.law.calendar import ONE_DAY, DayKind, WorkingCalendar
from mingjing_shared.law.errors import BadStart
from mingjing_shared.law.rules import Confidence, Rule, RuleVersion, Unit

_FIRST_YEAR, _LAST_YEAR = 1949, 2100  # outside is implausible and refused at the door as well
_MEMO_ENTRIES = 4096


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day between start and end: why it is worked or not, and its number if it counts."""

    day: date
    kind: DayKind
    holiday: str | None  # the name of the holiday, also of a make-up day's holiday
    number: int | None  # 1 … count; None for a day that is skipped


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a period, which explains itself.

    `due_on` is the last day in time. `due_at` is for clocks: for a rule in hours the last
    instant in time, for all others the midnight with which `due_on` ends. A provisional
    deadline reaches into a year without a holiday notice; it is the earliest plausible day, is
    computed again when the notice is loaded, and never makes anything overdue.
    """

    version: RuleVersion
    start: date | datetime
    due_on: date
    due_at: datetime
    provisional: bool
    calendar: WorkingCalendar = field(repr=False)

    @property
    def rule(self) -> str:
        """The id of the rule, as in `disclosure.penalty`."""
        return self.version.id

    @property
    def version_from(self) -> date:
        """The first day of the version of the rule that was applied."""
        return self.version.valid_from

    @property
    def unit(self) -> Unit:
        """What was counted."""
        return self.version.unit

    @property
    def count(self) -> int:
        """How many of them."""
        return self.version.count

    @property
    def source(self) -> str:
        """Document and article."""
        return self.version.source

    @property
    def confidence(self) -> Confidence:
        """How sure we are of the source."""
        return self.version.confidence

    @property
    def counted(self) -> tuple[CountedDay, ...]:
        """Every day from the start to `due_on`, counted or skipped.

        Empty for hours and months, which are no number of days: see `rolled_over`.
        """
        return tuple(_walk(self))

    @property
    def nominal_end(self) -> date:
        """The last day before any rolling; `due_on` itself where nothing rolls."""
        if self.unit in {"day", "month"} and not isinstance(self.start, datetime):
            return _nominal_end(self.version, self.start)
        return self.due_on

    @property
    def rolled_over(self) -> tuple[CountedDay, ...]:
        """The days off at the end which moved `due_on`; empty where nothing rolled."""
        days = (self.due_on - self.nominal_end).days
        return tuple(_named(self, self.nominal_end + n * ONE_DAY, None) for n in range(days))

    def is_overdue(self, now: datetime) -> bool:
        """Whether the period is over at `now` (an aware instant) beyond doubt.

        Always False while provisional: what is computed without a holiday notice is never used
        to call anything overdue.
        """
        if self.provisional:
            return False
        return now > self.due_at if self.unit == "hour" else now >= self.due_at

    def text(self) -> str:
        """One Chinese sentence: until when, how it was counted, by which source, how sure."""
        return wording.sentence(self)

    def as_json(self) -> dict[str, str | int | bool]:
        """The result as the command and the API give it."""
        is_hours = self.unit == "hour"
        end = {"due_at": self.due_at.isoformat()} if is_hours else {"due_on": str(self.due_on)}
        return {
            "rule": self.rule,
            "version_from": self.version_from.isoformat(),
            "start": self.start.isoformat(),
            **end,
            "provisional": self.provisional,
            "unit": self.unit,
            "count": self.count,
            "source": self.source,
            "confidence": self.confidence,
            "text": self.text(),
        }


def deadline(
    rule: Rule | RuleVersion, start: date | datetime, calendar: WorkingCalendar
) -> Deadline:
    """The end of the period of `rule` that starts on the day, or at the instant, `start`.

    Given a rule, the version in force on the (local) start day applies; given a version, that
    one. A rule in hours takes an aware instant, every other rule a date. Remembered per rule,
    start and calendar: a batch asks the same few questions hundreds of times.

    Raises:
        NoRuleInForce: the rule has no version on the start day.
        BadStart: a date where an instant is needed or the reverse, or a year outside
            1949 to 2100.
        NoCalendar: days must be counted before the first holiday notice we hold.
    """
    return _remembered(rule, start, calendar)


@lru_cache(maxsize=_MEMO_ENTRIES)
def _remembered(
    rule: Rule | RuleVersion, start: date | datetime, calendar: WorkingCalendar
) -> Deadline:
    if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        raise BadStart(
            f"起算 {start.isoformat()} 不在{_FIRST_YEAR}年至{_LAST_YEAR}年之间，不计算期限"
        )
    day = _local_day(start)
    version = rule if isinstance(rule, RuleVersion) else rule.in_force_on(day)
    if version.unit == "hour":
        return _hours(version, start, calendar)
    if isinstance(start, datetime):
        raise BadStart(
            f"规则 {version.id} 按日计算，起算日应为日期（如 {day}），不是时刻 {start.isoformat()}"
        )
    last, provisional = _last_day(version, start, calendar)
    end = datetime.combine(last + ONE_DAY, time(), SHANGHAI)
    return Deadline(version, start, last, end, provisional, calendar)


def _local_day(start: date | datetime) -> date:
    if not isinstance(start, datetime):
        return start
    return start.date() if start.utcoffset() is None else local_date(start)


def _hours(version: RuleVersion, start: date | datetime, calendar: WorkingCalendar) -> Deadline:
    if not isinstance(start, datetime) or start.utcoffset() is None:
        raise BadStart(
            f"规则 {version.id} 按小时计算，起算应为带时区的时刻"
            f"（如 2026-09-18T10:20:00+08:00），不是 {start.isoformat()}"
        )
    local = start.astimezone(SHANGHAI)
    end = (local.astimezone(UTC) + timedelta(hours=version.count)).astimezone(SHANGHAI)
    return Deadline(version, local, end.date(), end, provisional=False, calendar=calendar)


def _last_day(version: RuleVersion, start: date, calendar: WorkingCalendar) -> tuple[date, bool]:
    if version.unit == "working_day":
        last = _nth_working_day(version, start, calendar)
        return last, not _all_published(start, last, calendar)
    term = _nominal_end(version, start)
    if version.roll == "none":
        return term, False
    last = calendar.next_working_day(term)
    return last, not _all_published(term, last, calendar)


def _nth_working_day(version: RuleVersion, start: date, calendar: WorkingCalendar) -> date:
    day, left = start, version.count
    if version.include_start and calendar.is_working_day(day):
        left -= 1
    while left:
        day += ONE_DAY
        left -= calendar.is_working_day(day)
    return day


def _nominal_end(version: RuleVersion, start: date) -> date:
    """The calendar day on which a period in days or months ends, before any rolling."""
    span = (
        relativedelta(months=version.count)
        if version.unit == "month"
        else relativedelta(days=version.count)
    )
    return start + span - (ONE_DAY if version.include_start else timedelta())


def _all_published(first: date, last: date, calendar: WorkingCalendar) -> bool:
    return all(year in calendar.published_years for year in range(first.year, last.year + 1))


def _walk(deadline: Deadline) -> Iterator[CountedDay]:
    version, start = deadline.version, deadline.start
    if version.unit in {"hour", "month"} or isinstance(start, datetime):
        return
    number = 0
    day = start if version.include_start else start + ONE_DAY
    while day <= deadline.due_on:
        counts = version.unit == "day" or deadline.calendar.is_working_day(day)
        counts = counts and number < version.count
        number += counts
        yield _named(deadline, day, number if counts else None)
        day += ONE_DAY


def _named(deadline: Deadline, day: date, number: int | None) -> CountedDay:
    calendar = deadline.calendar
    name = calendar.holidays.get(day) or calendar.makeup_days.get(day)
    return CountedDay(day, calendar.kind_of(day), name, number)
