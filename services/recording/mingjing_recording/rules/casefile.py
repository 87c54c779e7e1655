"""By when a case file must be made: warned of after ten working days, late after thirty days.

公安机关行政案件立卷规范 (2021) lets ten working days pass after a case ends; 淮公通〔2019〕395号
任务17 wants the file archived within thirty days. Both count from the day after the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.law.deadline import Deadline, deadline
from mingjing_shared.law.errors import LawError
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar

RULES = load_rules("mingjing_recording", "casefile")


@dataclass(frozen=True, slots=True)
class CasefileTerm:
    """The two days of a case file; both are missing where no rule of that day is held."""

    warn: Deadline | None
    breach: Deadline | None
    says: str

    @property
    def provisional(self) -> bool:
        """Whether one of the days reaches into a year without a holiday notice."""
        return any(day is not None and day.provisional for day in (self.warn, self.breach))


def casefile_term(ended_on: date, calendar: WorkingCalendar) -> CasefileTerm:
    """When the file of a case that ended on this day is warned of and when it is late."""
    try:
        warn = deadline(RULES["casefile_warn"], ended_on, calendar)
        breach = deadline(RULES["casefile_breach"], ended_on, calendar)
    except LawError as error:
        return CasefileTerm(None, None, error.message)
    return CasefileTerm(warn, breach, f"{warn.text()}{breach.text()}")


def casefile_state(
    *, has_term: bool, was_warned: bool, is_overdue: bool, is_archived: bool = False
) -> str:
    """open, then warned, then overdue; no_clock where no rule is held; archived ends them all."""
    if is_archived:
        return "archived"
    if not has_term:
        return "no_clock"
    if is_overdue:
        return "overdue"
    return "warned" if was_warned else "open"
