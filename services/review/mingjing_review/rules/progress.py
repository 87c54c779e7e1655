"""Where the work on a review stands: one function of the steps that officers took.

国办发〔2018〕118号 四（十三）, 安徽省重大行政执法决定法制审核规定 §11: the unit hands in, the legal
department takes it (or says once what is missing), gives one of three opinions; the unit corrects
and hands in again. What may be done next follows from where it stands; what outside facts say
(a decision made meanwhile, a new text) goes before it, see `standing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.opinion import OpinionClock, Pause, opinion_clock
from mingjing_shared.clock import local_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mingjing_shared.law.calendar import WorkingCalendar

WAITS_FOR = {
    "review_required": "unit",
    "submitted": "reviewer",
    "incomplete": "unit",
    "in_review": "reviewer",
    "returned": "unit",
    "opinion_given": "unit",
    "resubmitted": "reviewer",
}
"""On whom a review waits, by its state; the others wait for nobody."""

STEP_NAMES = {
    "submitted": "送审",
    "accepted": "受理",
    "incomplete": "认定材料不齐",
    "returned": "退回补正",
    "supplemented": "补正材料",
    "opinion": "出具审核意见",
    "resubmitted": "再次送审",
}
"""Every step in words."""

MAY_FOLLOW = {
    "submitted": frozenset({"review_required"}),
    "accepted": frozenset({"submitted"}),
    "incomplete": frozenset({"submitted"}),
    "returned": frozenset({"in_review", "resubmitted"}),
    "supplemented": frozenset({"incomplete", "returned"}),
    "opinion": frozenset({"in_review", "resubmitted"}),
    "resubmitted": frozenset({"review_required", "opinion_given", "transferred"}),
}
"""In which states a step may be taken. A new text may be handed in whatever the state."""

_AFTER = {
    "submitted": "submitted",
    "resubmitted": "resubmitted",
    "accepted": "in_review",
    "incomplete": "incomplete",
    "returned": "returned",
}
_AFTER_OPINION = {"agree": "cleared", "correct": "opinion_given", "transfer": "transferred"}
_INCOMPLETE = "送审材料不齐，审核期限自材料补齐之日的次日起算。"


@dataclass(frozen=True, slots=True)
class Step:
    """What an officer did: submitted, accepted, incomplete, returned, supplemented, opinion or
    resubmitted.

    Attributes:
        draft_sha256: the digest of the text that the round is about.
        opinion: agree, correct or transfer, of an opinion.
    """

    kind: str
    round: int
    at: datetime
    officer: str
    draft_sha256: str
    opinion: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands.

    Attributes:
        returns: how often the present round was returned for a supplement.
        reviewer: who last acted for the legal department.
        clock: the term of the present round, once the material may be complete.
        says: why there is no clock, where there should be one.
    """

    state: str
    round: int
    draft_sha256: str
    returns: int
    reviewer: str | None
    clock: OpinionClock | None
    says: str | None = None


def progress_of(steps: Sequence[Step], calendar: WorkingCalendar) -> Progress | None:
    """Where the steps, oldest first, lead to; nothing while nothing was handed in."""
    state = "review_required"
    complete_on: date | None = None
    pauses: list[Pause] = []
    reviewer = None
    returns = 0
    for step in steps:
        day = local_date(step.at)
        match step.kind:
            case "submitted" | "resubmitted":
                complete_on, pauses, returns = day, [], 0
            case "incomplete":
                complete_on = None
            case "returned":
                pauses.append(Pause(day))
                returns += 1
            case "supplemented" if state == "incomplete":
                complete_on = day
            case "supplemented":
                pauses[-1] = Pause(pauses[-1].since, day)
            case "opinion":
                complete_on = None
        if step.kind in {"accepted", "incomplete", "returned", "opinion"}:
            reviewer = step.officer
        state = _next(state, step)
    if not steps:
        return None
    last = steps[-1]
    return Progress(
        state=state,
        round=last.round,
        draft_sha256=last.draft_sha256,
        returns=returns,
        reviewer=reviewer,
        clock=None if complete_on is None else opinion_clock(complete_on, pauses, calendar),
        says=_INCOMPLETE if state == "incomplete" else None,
    )


def _next(state: str, step: Step) -> str:
    if step.kind == "opinion":
        return _AFTER_OPINION[step.opinion or ""]
    if step.kind == "supplemented":
        return "submitted" if state == "incomplete" else "in_review"
    return _AFTER[step.kind]
