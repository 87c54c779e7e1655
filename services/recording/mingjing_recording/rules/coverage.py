"""What footage covers of an act that must be recorded, and where it does not.

The required interval is the act from its start to its end. A hole in it counts when it is
longer than the law file's limit: acts are told to the minute, and clocks of recorders drift.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from mingjing_shared.clock import local_date
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GapKind = Literal["missing", "partial", "interrupted"]
_MINUTE = timedelta(minutes=1)
_NOTHING = timedelta()


class HoleLimit(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A hole up to so many seconds is none."""

    seconds: int


_HOLE_IGNORED = load_dated("mingjing_recording", "coverage", HoleLimit)["hole_ignored"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From an instant to an instant."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is; never below nothing."""
        return max(self.end - self.start, _NOTHING)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far an act is covered: what of it is recorded, and the holes that count."""

    required: Span
    covered: tuple[Span, ...]
    holes: tuple[Span, ...]

    @property
    def required_seconds(self) -> int:
        """The length of the act."""
        return _seconds([self.required])

    @property
    def covered_seconds(self) -> int:
        """How much of it is recorded."""
        return _seconds(self.covered)

    @property
    def gap_kind(self) -> GapKind | None:
        """missing: nothing is recorded; interrupted: only the middle lacks; else partial."""
        if not self.holes:
            return None
        if not self.covered:
            return "missing"
        inside = all(
            self.required.start < hole.start and hole.end < self.required.end for hole in self.holes
        )
        return "interrupted" if inside else "partial"

    @property
    def gap_minutes(self) -> int:
        """How many minutes lack, begun ones counted."""
        lacking = sum((hole.length for hole in self.holes), _NOTHING)
        return -(-lacking // _MINUTE)


def coverage_of(started_at: datetime, ended_at: datetime, footage: Iterable[Span]) -> Coverage:
    """What this footage covers of an act, by the limit of the day on which it began.

    An act that ended when it began (or, as it was told, before) is an instant: covered when any
    footage holds it.

    Raises:
        NoRuleInForce: the act is older than the rule.
    """
    ignored = timedelta(seconds=_HOLE_IGNORED.in_force_on(local_date(started_at)).seconds)
    required = Span(started_at, max(started_at, ended_at))
    covered = merged(
        Span(max(span.start, required.start), min(span.end, required.end))
        for span in footage
        if overlaps(span, required)
    )
    if not covered:
        return Coverage(required, (), (required,))
    edges = [
        Span(required.start, required.start),
        *covered,
        Span(required.end, required.end),
    ]
    holes = [Span(one.end, other.start) for one, other in pairwise(edges)]
    return Coverage(required, covered, tuple(hole for hole in holes if hole.length > ignored))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time in as few spans as it takes, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans have time in common; an instant has when the other holds it."""
    start, end = max(one.start, other.start), min(one.end, other.end)
    is_instant = one.start == one.end or other.start == other.end
    return start < end or (is_instant and start == end)


def _seconds(spans: Sequence[Span]) -> int:
    return int(sum((span.length for span in spans), _NOTHING).total_seconds())
