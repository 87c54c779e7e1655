"""By when a decision must be public.

国办发〔2018〕118号 (六), task 6 of the notice: penalties and permits within 7 working days,
other decisions within 20, counted from the day after they were made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.law.deadline import Deadline, deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar

RULES = load_rules("mingjing_disclosure", "publication")


def publication_deadline(kind: str, made_on: date, calendar: WorkingCalendar) -> Deadline:
    """Last day on which publishing is still in time.

    The law of the day the decision was made applies, also to decisions entered late.
    Provisional when the term reaches into a year without a holiday notice.

    Raises:
        NoRuleInForce: the decision is older than the first rule we hold.
    """
    return deadline(RULES.get(kind, RULES["other"]), made_on, calendar)
