"""When a publisher is silent: what should have come by now, and did not.

How much a publisher sends in an hour of the week is the median of the same hour in former weeks;
of a publisher that is not known that long, of the same hour on former days. Expectation is summed
over the minutes since its last event, so that a station that is quiet at three in the morning
gathers none; and only over minutes in which the platform itself heard something, so that nobody
is called silent because we were down. Where too little is known there is no verdict. With whom it
is agreed how long he is quiet at most, that alone decides, from the first event on.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from mingjing_tasks.rules.live import HOUR_SECONDS, MINUTE_SECONDS, hour_of, minute_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_tasks.rules.live import Last

DAY_SECONDS = 86_400
WEEK_SECONDS = 604_800
WEEKS_MAX = 8
WEEKS_MIN = 2
DAYS_MAX = 14
DAYS_MIN = 3
# By chance alone nothing comes where ten were due once in twenty thousand times.
EXPECTED_EVENTS_MIN = 10.0
QUIET_SECONDS_MIN = 600

HEARD, SILENT, LEARNING, NEVER, OFF = "heard", "silent", "learning", "never", "off"


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a publisher's former hours.

    Attributes:
        hours: events by the hour's first second; an hour that is not there had none.
        begun: when it was first heard; none: never. Of that hour and before nothing is known.
    """

    hours: Mapping[int, int]
    begun: float | None = None

    def expected(self, hour: int) -> float | None:
        """How many events an hour should bring; None when too little is known."""
        weeks = self._same(hour, WEEK_SECONDS, WEEKS_MAX)
        if len(weeks) >= WEEKS_MIN:
            return float(median(weeks))
        days = self._same(hour, DAY_SECONDS, DAYS_MAX)
        return float(median(days)) if len(days) >= DAYS_MIN else None

    def _same(self, hour: int, step: int, count: int) -> list[int]:
        if self.begun is None:
            return []
        former = [hour - step * back for back in range(1, count + 1)]
        return [self.hours.get(one, 0) for one in former if one > self.begun]


NOTHING_KNOWN = Past({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a publisher stands; ``missed`` is what should have come since its last event.

    ``agreed`` is how many minutes it is quiet at most, when that decided.
    """

    state: str
    last: Last | None = None
    missed: float | None = None
    agreed: int | None = None


def wanted_hours(first: float, end: float) -> list[tuple[int, int]]:
    """The spans of former time of which counts are needed to expect what comes in a span."""
    begin, until = hour_of(first), hour_of(end) + HOUR_SECONDS
    backs = {WEEK_SECONDS * back for back in range(1, WEEKS_MAX + 1)}
    backs |= {DAY_SECONDS * back for back in range(1, DAYS_MAX + 1)}
    return _joined(sorted((begin - back, until - back) for back in backs))


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same time in spans that do not overlap."""
    found: list[tuple[int, int]] = []
    for first, end in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((first, end))
    return found


def verdict_of(
    last: Last | None,
    past: Past,
    heard: Iterable[int],
    begin: int,
    now: float,
    *,
    agreed: int | None = None,
) -> Verdict:
    """How a publisher stands now.

    ``heard`` are the minutes since ``begin`` in which the platform heard anything. The minute
    of the last event and the one that runs are not counted. ``agreed`` is how many minutes it
    is quiet at most, when that is agreed with it.
    """
    if last is None:
        return Verdict(NEVER)
    first = max(begin, minute_of(last.at) + MINUTE_SECONDS)
    quiet = [minute for minute in heard if first <= minute < minute_of(now)]
    if agreed is not None:
        return Verdict(SILENT if len(quiet) >= agreed else HEARD, last, agreed=agreed)
    by_hour = {hour: past.expected(hour) for hour in {hour_of(m) for m in (*quiet, now)}}
    shares = [by_hour[hour_of(minute)] for minute in quiet]
    if all(known is None for known in by_hour.values()):
        return Verdict(LEARNING, last)
    missed = sum(known or 0.0 for known in shares) * MINUTE_SECONDS / HOUR_SECONDS
    is_silent = missed >= EXPECTED_EVENTS_MIN and now - last.at >= QUIET_SECONDS_MIN
    return Verdict(SILENT if is_silent else HEARD, last, missed)
