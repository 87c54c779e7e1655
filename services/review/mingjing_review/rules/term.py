"""A term that runs: what is to be done, on whom it waits, since when, until when, by which rule.

Every clock of review is told as one of these, so that one board can list them all. A term whose
day is not fixed (the clock stands still, or no rule names a day) has no day; one that reaches into
a year without a holiday notice, or only counts as if something were handed in, binds nobody: it is
shown, and never reminded of, never overdue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.law.calendar import ONE_DAY
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.deadline import Deadline

KIND_NAMES = {
    "opinion": "审核意见",
    "supplement": "补正与改正",
    "hearing": "听证",
    "limit": "办案期限",
    "transfer": "涉嫌犯罪移送",
}
"""Every kind of term in words."""

TASK_NAMES = {
    "submit": "送审",
    "opinion": "出具审核意见",
    "supplement": "补齐、补正材料",
    "correct": "改正后再次送审",
    "request": "等当事人要求听证",
    "accept": "决定是否受理听证",
    "notice": "送达举行听证通知书",
    "hold": "举行听证",
    "report": "提出听证报告书",
    "coordinate": "复审并协调异议",
    "discuss": "对异议作出讨论结论",
    "decide": "作出处理决定",
    "approve": "决定是否移送",
    "hand_over": "办理移送",
}
"""What is to be done, in words."""


class LeadTime(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """How many working days before the last day one is reminded."""

    count: int


LEADS = load_dated("mingjing_review", "reminders", LeadTime)


@dataclass(frozen=True, slots=True)
class Term:
    """One term, which explains itself.

    Attributes:
        kind: which of the clocks it is.
        task: what is to be done.
        waits_for: unit, reviewer, head, leader or party.
        started_on: the day from which it is counted (起算日).
        due_on: the last day in time; none: it has none now.
        due_at: the instant with which the term is over.
        binding: whether missing it means anything.
        source: document and article (依据).
        says: one Chinese sentence.
    """

    kind: str
    task: str
    waits_for: str
    started_on: date | None
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    binding: bool
    rule: str | None
    source: str
    says: str


def term_by(deadline: Deadline, kind: str, task: str, waits_for: str, *, before: str = "") -> Term:
    """A term that ends as a deadline of the law does; ``before`` is said first."""
    start = deadline.start
    return Term(
        kind=kind,
        task=task,
        waits_for=waits_for,
        started_on=start.date() if isinstance(start, datetime) else start,
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        provisional=deadline.provisional,
        binding=not deadline.provisional,
        rule=deadline.rule,
        source=deadline.source,
        says=before + deadline.text(),
    )


def without_day(
    kind: str, task: str, waits_for: str, started_on: date | None, says: str, *, source: str = ""
) -> Term:
    """A term that has no last day now; ``says`` why."""
    return Term(
        kind=kind,
        task=task,
        waits_for=waits_for,
        started_on=started_on,
        due_on=None,
        due_at=None,
        provisional=False,
        binding=False,
        rule=None,
        source=source,
        says=says,
    )


def end_of(day: date) -> datetime:
    """The midnight with which a day ends."""
    return datetime.combine(day + ONE_DAY, time(), SHANGHAI)


def start_of(day: date) -> datetime:
    """The midnight with which a day begins."""
    return datetime.combine(day, time(), SHANGHAI)


def remind_at(term: Term, calendar: WorkingCalendar) -> datetime | None:
    """When whoever has to act is reminded: so many working days before the last day.

    None where the term has no day that binds. Never after the last day begins; for a term that
    is shorter than that, as it begins.
    """
    if not term.binding or term.due_on is None or term.started_on is None:
        return None
    if not LEADS["lead"].is_in_force_on(term.started_on):
        return None
    left, day = LEADS["lead"].in_force_on(term.started_on).count, term.due_on
    while left and day > term.started_on:
        day -= ONE_DAY
        left -= calendar.is_working_day(day)
    return start_of(max(day, term.started_on))
