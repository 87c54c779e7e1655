"""What arrived, minute by minute, in a window of hours that moves with time.

An event counts by when the broker took it in: a late fact shows that its sender is alive now.
Only events of mode live are counted, each once; any record at all shows that the platform was
alive in that minute. What is older than the window is forgotten by whole hours, so that every
hour the window still holds is whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MINUTE_SECONDS = 60
HOUR_SECONDS = 3600
LIVE = "live"

K = TypeVar("K", bound="Hashable")


class What(NamedTuple):
    """What is told apart: who sent it, which type, about which unit (none: it names none)."""

    publisher: str
    type: str
    unit: str | None


class Last(NamedTuple):
    """The last event heard of a publisher: when, and which."""

    at: float
    name: str


class Arrival(NamedTuple):
    """One event as it arrived; ``at`` in seconds since the epoch, ``name`` is source#id."""

    at: float
    name: str
    what: What
    mode: str = LIVE


def minute_of(at: float) -> int:
    """The minute in which an instant lies, by its first second."""
    return int(at // MINUTE_SECONDS) * MINUTE_SECONDS


def hour_of(at: float) -> int:
    """The hour in which an instant lies, by its first second."""
    return int(at // HOUR_SECONDS) * HOUR_SECONDS


@dataclass
class Window:
    """Counts of the current hour and of ``hours`` whole hours before it.

    Attributes:
        hours: how many whole hours are held.
        heard: the minutes in which anything at all arrived.
        last: the last event of each publisher, as far as it lies in the window.
    """

    hours: int
    heard: set[int] = field(default_factory=set)
    last: dict[str, Last] = field(default_factory=dict)
    _minutes: dict[int, Counter[What]] = field(default_factory=dict)
    _names: dict[int, set[str]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def since(self, now: float) -> int:
        """The first second that the window holds at that instant."""
        return hour_of(now) - self.hours * HOUR_SECONDS

    def hear(self, at: float) -> None:
        """Something arrived, whatever it was."""
        self.heard.add(minute_of(at))

    def note(self, arrival: Arrival) -> bool:
        """Count an event; whether it was counted: live, and not counted before."""
        self.hear(arrival.at)
        if arrival.mode != LIVE or arrival.name in self._known:
            return False
        minute = minute_of(arrival.at)
        self._known.add(arrival.name)
        self._names.setdefault(minute, set()).add(arrival.name)
        self._minutes.setdefault(minute, Counter())[arrival.what] += 1
        before = self.last.get(arrival.what.publisher)
        if before is None or arrival.at >= before.at:
            self.last[arrival.what.publisher] = Last(arrival.at, arrival.name)
        return True

    def forget(self, now: float) -> None:
        """Let go of what the window holds no more at that instant."""
        begin = self.since(now)
        for minute in [minute for minute in self._minutes if minute < begin]:
            del self._minutes[minute]
            self._known -= self._names.pop(minute)
        self.heard = {minute for minute in self.heard if minute >= begin}
        self.last = {who: last for who, last in self.last.items() if last.at >= begin}

    def counts(self, first: int, end: int) -> Counter[What]:
        """What arrived from one minute on until before another."""
        found: Counter[What] = Counter()
        for minute, some in self._minutes.items():
            if first <= minute < end:
                found.update(some)
        return found

    def hour(self, hour: int) -> Counter[What]:
        """What arrived in one hour."""
        return self.counts(hour, hour + HOUR_SECONDS)

    def minutes(self, now: float, count: int, by: Callable[[What], K]) -> dict[K, list[int]]:
        """The last ``count`` minutes, the current one at the end, of each thing told apart."""
        first = minute_of(now) - (count - 1) * MINUTE_SECONDS
        return self._row(first, MINUTE_SECONDS, count, by)

    def closed_hours(self, now: float, by: Callable[[What], K]) -> dict[K, list[int]]:
        """The whole hours that are held, the newest at the end, of each thing told apart."""
        return self._row(self.since(now), HOUR_SECONDS, self.hours, by)

    def _row(
        self, first: int, step: int, count: int, by: Callable[[What], K]
    ) -> dict[K, list[int]]:
        found: dict[K, list[int]] = {}
        for minute, some in self._minutes.items():
            place = (minute - first) // step
            if minute < first or place >= count:
                continue
            for what, events in some.items():
                found.setdefault(by(what), [0] * count)[place] += events
        return found
