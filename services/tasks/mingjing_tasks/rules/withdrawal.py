"""By when a decision that fell must no longer be public.

行政处罚法 §48: a published decision that is changed, revoked, found illegal or void is withdrawn
within three (working, §85) days, and the reason made public. Before that law there was no number of
days: then no clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import LawError
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.deadline import Deadline

RULE = load_rules("mingjing_tasks", "time_limits")["withdrawal.take_down"]


def withdrawal_deadline(fell_on: date, calendar: WorkingCalendar) -> Deadline | None:
    """The last day for taking it down; none where no rule or calendar of that day is known."""
    try:
        return deadline(RULE, fell_on, calendar)
    except LawError:
        return None
