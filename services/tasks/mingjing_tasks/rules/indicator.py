"""What is measured of a task by events, and over which days."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import msgspec

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.law.rules import Dated, Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Mapping

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


class IndicatorVersion(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """An indicator: what counts, what of it is met, which share is asked for."""

    duty: str
    counted: str
    met: str
    percent_asked: Annotated[int, msgspec.Meta(ge=1, le=100)]


INDICATORS: Mapping[str, Dated[IndicatorVersion]] = load_dated(
    "mingjing_tasks", "indicators", IndicatorVersion
)


def indicators_on(day: date) -> dict[str, IndicatorVersion]:
    """The indicators in force on a day, by their code, in the order of their tasks."""
    held = {c: fact.in_force_on(day) for c, fact in INDICATORS.items() if fact.is_in_force_on(day)}
    return dict(sorted(held.items(), key=lambda pair: pair[1].task or 0))


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a month, by local date."""

    name: str
    first: date
    last: date

    @property
    def end(self) -> datetime:
        """The midnight with which it ends."""
        return datetime.combine(self.last + timedelta(days=1), time(), SHANGHAI)

    @property
    def words(self) -> str:
        """As people say it."""
        year, _, month = self.name.partition("-")
        return f"{year}年{int(month)}月" if month else f"{year}年"


def read_period(name: str) -> Period | None:
    """The period of that name, ``2026`` or ``2026-11``; None when it names none."""
    found = _PERIOD.fullmatch(name)
    try:
        if found is None:
            return None
        year, month = int(found[1]), found[2]
        if month is None:
            return Period(name, date(year, 1, 1), date(year, 12, 31))
        first = date(year, int(month), 1)
        last = first.replace(day=calendar.monthrange(year, first.month)[1])
        return Period(name, first, last)
    except ValueError:
        return None


def month_of(day: date) -> Period:
    """The month that a day is in."""
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Period(f"{day.year:04}-{day.month:02}", day.replace(day=1), last)


def year_of(day: date) -> Period:
    """The year that a day is in."""
    return Period(f"{day.year:04}", date(day.year, 1, 1), date(day.year, 12, 31))
