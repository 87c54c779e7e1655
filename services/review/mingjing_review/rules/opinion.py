"""By when the legal department must speak on a text.

The Anhui rule's own time limits are not at hand: 5 working days, assumed. Before anything was
handed in they are counted from the day of the proposal; from then on from the day on which the
material is complete (the submission that was found complete, or its supplement). A return for
supplement stops the clock: the days after it, up to the day of the supplement, do not count.
With a leader's consent the term is extended once. A disagreement has a term of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from msgspec.structs import replace as replaced

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.law.calendar import ONE_DAY
from mingjing_shared.law.deadline import Deadline, deadline
from mingjing_shared.law.rules import load_rules
from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.rules import RuleVersion

RULES = load_rules("mingjing_review", "periods")


@dataclass(frozen=True, slots=True)
class Pause:
    """A return for supplement; without ``until`` it still lasts."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day does not count: after the return, up to the day of the supplement."""
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class OpinionClock:
    """The term of one round, which explains itself.

    Attributes:
        due_on: the last day in time; none while the clock stands still.
        due_at: the midnight with which that day ends.
        left: working days that are left while it stands still.
        says: one Chinese sentence.
    """

    due_on: date | None
    due_at: datetime | None
    provisional: bool
    left: int
    rule: str
    says: str


def opinion_deadline(proposed_on: date, calendar: WorkingCalendar) -> Deadline:
    """Last day on which the opinion is still in time, as long as nothing was handed in.

    Provisional when the term reaches into a year without a holiday notice.

    Raises:
        NoRuleInForce: the proposal is older than the first rule we hold.
    """
    return deadline(RULES["review.opinion"], proposed_on, calendar)


def clearance_until(given_on: date, calendar: WorkingCalendar) -> date:
    """The last day on which a text that was agreed to may be decided."""
    return deadline(RULES["review.clearance"], given_on, calendar).due_on


def coordination_clock(disagreed_on: date, calendar: WorkingCalendar) -> OpinionClock:
    """By when a disagreement should be settled. Assumed, so that nothing fires by it.

    Raises:
        NoRuleInForce: no version of the rule holds on that day.
    """
    version = RULES["review.coordination"].in_force_on(disagreed_on)
    whole = deadline(version, disagreed_on, calendar)
    says = f"{long_date(disagreed_on)}承办单位提出异议。{whole.text()}"
    return OpinionClock(whole.due_on, None, whole.provisional, 0, version.id, says)


def opinion_clock(
    complete_on: date,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    *,
    is_extended: bool = False,
) -> OpinionClock:
    """The term that began on the day on which the material was complete.

    The day itself does not count. While a pause lasts there is no last day, unless the term was
    over before it began.

    Raises:
        NoRuleInForce: no version of the rule holds on that day.
    """
    version = RULES["review.opinion"].in_force_on(complete_on)
    more = RULES["review.extension"].in_force_on(complete_on) if is_extended else None
    if more is not None:
        version = replaced(
            version,
            count=version.count + more.count,
            source=f"{version.source}；经批准延长{more.count}个工作日，{more.source}",
        )
    if not pauses:
        whole = deadline(version, complete_on, calendar)
        return OpinionClock(
            whole.due_on,
            whole.due_at,
            whole.provisional,
            0,
            version.id,
            f"{long_date(complete_on)}材料齐备。{whole.text()}",
        )
    day, left = complete_on, version.count
    while left:
        day += ONE_DAY
        open_end = [pause for pause in pauses if pause.until is None and pause.since < day]
        if open_end:
            return _standing_still(version, complete_on, open_end[0], left)
        if not any(pause.holds(day) for pause in pauses):
            left -= calendar.is_working_day(day)
    return _resumed(version, complete_on, pauses, day, calendar)


def _standing_still(
    version: RuleVersion, complete_on: date, pause: Pause, left: int
) -> OpinionClock:
    says = (
        f"“{version.title}”的期限已停表：{long_date(complete_on)}材料齐备，"
        f"{long_date(pause.since)}退回补正，已用{version.count - left}个工作日，"
        f"余{left}个工作日，自补正材料送达的次日起继续计算；依据{version.source}。"
    )
    return OpinionClock(None, None, False, left, version.id, says)


def _resumed(
    version: RuleVersion,
    complete_on: date,
    pauses: Sequence[Pause],
    due_on: date,
    calendar: WorkingCalendar,
) -> OpinionClock:
    years = range(complete_on.year, due_on.year + 1)
    provisional = not all(year in calendar.published_years for year in years)
    stopped = "、".join(
        f"{long_date(pause.since)}退回补正至{long_date(pause.until)}补正送达"
        for pause in pauses
        if pause.until is not None and pause.since < due_on
    )
    says = (
        f"“{version.title}”的期限至{long_date(due_on)}当日届满：{long_date(complete_on)}材料齐备，"
        f"自次日起数{version.count}个工作日，其间停表不计（{stopped}）；依据{version.source}"
    )
    if provisional:
        says += "；其中有年份的放假安排尚未公布，本期限为暂定，此前不据此认定逾期"
    end = datetime.combine(due_on + ONE_DAY, time(), SHANGHAI)
    return OpinionClock(due_on, end, provisional, 0, version.id, f"{says}。")
