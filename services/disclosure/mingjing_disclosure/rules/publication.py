"""By when a decision must be public.

国办发〔2018〕118号 (六), task 6 of the notice: penalties and permits within 7 working days,
other decisions within 20, counted from the day after they were made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.law.calendar import ONE_DAY
from mingjing_shared.law.deadline import Deadline, deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar

RULES = load_rules("mingjing_disclosure", "publication")
TERMS = load_rules("mingjing_shared", "publication")
REPORTING = load_rules("mingjing_disclosure", "dual_publicity")


def publication_deadline(kind: str, made_on: date, calendar: WorkingCalendar) -> Deadline:
    """Last day on which publishing is still in time.

    The law of the day the decision was made applies, also to decisions entered late.
    Provisional when the term reaches into a year without a holiday notice.

    Raises:
        NoRuleInForce: the decision is older than the first rule we hold.
    """
    return deadline(TERMS.get(kind, TERMS["other"]), made_on, calendar)


def withdrawal_deadline(undone_on: date, calendar: WorkingCalendar) -> Deadline:
    """Last day on which withdrawing a public decision that was undone is still in time.

    Raises:
        NoRuleInForce: it was undone before a law gave a number of days: then at once (及时).
    """
    return deadline(RULES["withdrawal"], undone_on, calendar)


def feedback_deadline(received_on: date, calendar: WorkingCalendar) -> Deadline:
    """Last day on which what a citizen wrote is taken up as promised."""
    return deadline(RULES["feedback"], received_on, calendar)


def report_deadline(made_on: date, calendar: WorkingCalendar) -> Deadline | None:
    """Last day for reporting a permit or penalty to 信用中国; none before that was a duty."""
    rule = REPORTING["dual_publicity.report"]
    return deadline(rule, made_on, calendar) if rule.is_in_force_on(made_on) else None


def working_days_between(first: date, last: date, calendar: WorkingCalendar) -> int:
    """How many working days lie after the first day up to and including the last."""
    count, day = 0, first
    while day < last:
        day += ONE_DAY
        count += calendar.is_working_day(day)
    return count
