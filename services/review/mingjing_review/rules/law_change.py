"""After a change of law every catalogue is adjusted, or checked, within a month. Pure.

淮公通〔2019〕395号 任务2 says so of service guides and flow charts; for catalogues it is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.opinion import RULES
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.deadline import Deadline

RULE = "review.catalogue_adjust"
DUTY_NAMES = {
    "overdue": "逾期",
    "open": "待调整",
    "adjusted": "已调整",
    "checked": "无需调整",
    "no_rule": "无适用规则",
}
"""Every state of a duty in the one word that screens have for it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of law as it was told. ``told_on``: when; ``holds_from``: from when it holds."""

    source: str
    event_id: str
    told_on: date
    what: str
    holds_from: date
    law_source: str
    affected: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Who told it, and its event."""
        return self.source, self.event_id


@dataclass(frozen=True, slots=True)
class Checked:
    """That a unit's catalogue was checked after a change, and stays as it is."""

    unit: str
    source: str
    event_id: str
    on: date


@dataclass(frozen=True, slots=True)
class Settled:
    """What settles duties: on which days units published, and what was checked."""

    published: Mapping[str, Sequence[date]]
    checked: Sequence[Checked] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit owes after a change of law.

    Attributes:
        state: open, overdue, adjusted, checked or no_rule.
        settled_on: the day on which it was adjusted or checked.
        term: by when, which explains itself; none where no rule held.
    """

    unit: str
    change: Change
    state: str
    settled_on: date | None
    term: Deadline | None
    says: str


def duties(
    units: Iterable[str],
    changes: Sequence[Change],
    settled: Settled,
    calendar: WorkingCalendar,
    today: date,
) -> list[Duty]:
    """What every unit with a catalogue owes after every change, or how it was settled.

    A version settles it that was published after the change was told or began to hold,
    whichever was earlier. A provisional day never makes a duty overdue.
    """
    return [_duty(unit, change, settled, calendar, today) for unit in units for change in changes]


def _duty(
    unit: str, change: Change, settled: Settled, calendar: WorkingCalendar, today: date
) -> Duty:
    term, says = None, ""
    try:
        term = deadline(RULES[RULE], change.holds_from, calendar)
        says = term.text()
    except LawError as error:
        says = error.message
    begun = min(change.told_on, change.holds_from)
    days = settled.published.get(unit, ())
    adjusted_on = min((day for day in days if day >= begun), default=None)
    key = (unit, *change.key)
    checked_on = next(
        (one.on for one in settled.checked if (one.unit, one.source, one.event_id) == key), None
    )
    if adjusted_on is not None:
        return Duty(unit, change, "adjusted", adjusted_on, term, says)
    if checked_on is not None:
        return Duty(unit, change, "checked", checked_on, term, says)
    if term is None:
        return Duty(unit, change, "no_rule", None, None, says)
    late = not term.provisional and today > term.due_on
    return Duty(unit, change, "overdue" if late else "open", None, term, says)
