"""By when the legal department must speak on a proposed text.

The Anhui rule's own time limits are not at hand: 5 working days, assumed, from the day of the
proposal; the day on which the material is complete will take its place when it is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.law.deadline import Deadline, deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar

RULES = load_rules("mingjing_review", "periods")


def opinion_deadline(proposed_on: date, calendar: WorkingCalendar) -> Deadline:
    """Last day on which the opinion is still in time.

    Provisional when the term reaches into a year without a holiday notice.

    Raises:
        NoRuleInForce: the proposal is older than the first rule we hold.
    """
    return deadline(RULES["review.opinion"], proposed_on, calendar)
