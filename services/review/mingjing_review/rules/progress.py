"""Where the work on a review stands: one function of the steps that officers took.

国办发〔2018〕118号 四（十三）, 安徽省重大行政执法决定法制审核规定 §11: the unit hands in, the legal
department takes it (or says once what is missing), gives one of three opinions; the unit corrects
and hands in again, or does not agree: then another reviewer looks at it again, both sides
coordinate, and the head or a collective discussion says whether the opinion stands or the text is
reviewed once more. Nobody but a reviewer passes a text. What may be done next follows from where
it stands; what outside facts say (a decision made meanwhile, a new text) goes before it, see
`standing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_review.rules.duty import BY_REVIEWERS
from mingjing_review.rules.opinion import (
    OpinionClock,
    Pause,
    coordination_clock,
    opinion_clock,
)
from mingjing_shared.clock import local_date
from mingjing_shared.events.codes import CoordinationOutcome, names_of

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
    "coordinating": "reviewer",
    "discussion": "leader",
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
    "extension_asked": "申请延长审核期限",
    "extended": "批准延长审核期限",
    "extension_refused": "不批准延长审核期限",
    "disagreed": "提出异议",
    "re_reviewed": "复审异议",
    "coordinated": "协调异议",
    "discussed": "作出讨论结论",
}
"""Every step in words."""

OUTCOME_NAMES = names_of(CoordinationOutcome)

OUTCOMES = {
    "re_reviewed": ("maintained", "reopened"),
    "coordinated": ("unit_yields", "reopened", "not_agreed"),
    "discussed": ("opinion_stands", "reopened"),
}
"""What each step about a disagreement may lead to."""

MAY_FOLLOW = {
    "submitted": frozenset({"review_required"}),
    "accepted": frozenset({"submitted"}),
    "incomplete": frozenset({"submitted"}),
    "returned": frozenset({"in_review", "resubmitted"}),
    "supplemented": frozenset({"incomplete", "returned"}),
    "opinion": frozenset({"in_review", "resubmitted"}),
    "resubmitted": frozenset({"review_required", "opinion_given", "transferred", "coordinating"}),
    "extension_asked": frozenset({"in_review", "resubmitted"}),
    "extended": frozenset({"in_review", "resubmitted"}),
    "extension_refused": frozenset({"in_review", "resubmitted"}),
    "disagreed": frozenset({"opinion_given", "transferred"}),
    "re_reviewed": frozenset({"coordinating"}),
    "coordinated": frozenset({"coordinating"}),
    "discussed": frozenset({"discussion"}),
}
"""In which states a step may be taken. A new text may be handed in whatever the state."""

_AFTER = {
    "submitted": "submitted",
    "resubmitted": "resubmitted",
    "accepted": "in_review",
    "incomplete": "incomplete",
    "returned": "returned",
    "disagreed": "coordinating",
}
_CONCLUDING = frozenset({"unit_yields", "opinion_stands"})
_AFTER_OPINION = {"agree": "cleared", "correct": "opinion_given", "transfer": "transferred"}
_INCOMPLETE = "送审材料不齐，审核期限自材料补齐之日的次日起算。"


@dataclass(frozen=True, slots=True)
class Step:
    """What an officer did: one of ``STEP_NAMES``.

    Attributes:
        draft_sha256: the digest of the text that the round is about.
        opinion: agree, correct or transfer, of an opinion.
        outcome: one of ``OUTCOME_NAMES``, of a step about a disagreement.
    """

    kind: str
    round: int
    at: datetime
    officer: str
    draft_sha256: str
    opinion: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work stands.

    Attributes:
        returns: how often the present round was returned for a supplement.
        reviewer: who last acted for the legal department.
        clock: the term of the present round, once the material may be complete; of a
            disagreement, that of its coordination.
        says: why there is no clock, where there should be one.
        extension: of the present round: asked, extended or extension_refused; none: not asked.
        asked_by: who asked for the extension.
        disputed: the opinion that the unit does not agree with, while that lasts.
        disputed_by: who gave it.
        re_reviewed: somebody looked at the disputed opinion again, and it was maintained.
        re_reviewed_by: who did.
        concluded: a disagreement about the last opinion is over; there is no second one.
    """

    state: str
    round: int
    draft_sha256: str
    returns: int
    reviewer: str | None
    clock: OpinionClock | None
    says: str | None = None
    extension: str | None = None
    asked_by: str | None = None
    disputed: str | None = None
    disputed_by: str | None = None
    re_reviewed: bool = False
    re_reviewed_by: str | None = None
    concluded: bool = False


@dataclass(slots=True)
class _Round:
    """What the steps of the present round add up to."""

    complete_on: date | None = None
    pauses: list[Pause] = field(default_factory=list)
    returns: int = 0
    extension: str | None = None
    asked_by: str | None = None


@dataclass(slots=True)
class _Dispute:
    """A disagreement that lasts."""

    since: date
    opinion: str
    reviewer: str
    re_reviewed_by: str | None = None


def progress_of(steps: Sequence[Step], calendar: WorkingCalendar) -> Progress | None:
    """Where the steps, oldest first, lead to; nothing while nothing was handed in."""
    state, now = "review_required", _Round()
    reviewer: str | None = None
    dispute: _Dispute | None = None
    spoken: Step | None = None
    concluded = False
    for step in steps:
        if step.kind in BY_REVIEWERS:
            reviewer = step.officer
        if step.kind == "disagreed" and spoken is not None:
            dispute = _Dispute(local_date(step.at), spoken.opinion or "", spoken.officer)
        elif dispute is not None and step.outcome == "maintained":
            dispute.re_reviewed_by = step.officer
        now = _counted(now, step, state)
        state = _next(state, step, spoken)
        if step.kind == "opinion":
            spoken, concluded = step, False
        concluded = concluded or step.outcome in _CONCLUDING
        if state not in {"coordinating", "discussion"}:
            dispute = None
    if not steps:
        return None
    last = steps[-1]
    return Progress(
        state=state,
        round=last.round,
        draft_sha256=last.draft_sha256,
        returns=now.returns,
        reviewer=reviewer,
        clock=_clock(now, dispute, calendar),
        says=_INCOMPLETE if state == "incomplete" else None,
        extension=now.extension,
        asked_by=now.asked_by,
        disputed=dispute.opinion if dispute else None,
        disputed_by=dispute.reviewer if dispute else None,
        re_reviewed=bool(dispute and dispute.re_reviewed_by),
        re_reviewed_by=dispute.re_reviewed_by if dispute else None,
        concluded=concluded,
    )


def _counted(now: _Round, step: Step, state: str) -> _Round:
    """The round with one step more."""
    day = local_date(step.at)
    match step.kind:
        case "submitted" | "resubmitted":
            return _Round(complete_on=day)
        case "re_reviewed" | "coordinated" | "discussed" if step.outcome == "reopened":
            return _Round(complete_on=day)
        case "incomplete" | "opinion":
            now.complete_on = None
        case "returned":
            now.pauses.append(Pause(day))
            now.returns += 1
        case "supplemented" if state == "incomplete":
            now.complete_on = day
        case "supplemented":
            now.pauses[-1] = Pause(now.pauses[-1].since, day)
        case "extension_asked":
            now.extension, now.asked_by = "asked", step.officer
        case "extended" | "extension_refused":
            now.extension = step.kind
    return now


def _clock(now: _Round, dispute: _Dispute | None, calendar: WorkingCalendar) -> OpinionClock | None:
    if dispute is not None:
        return coordination_clock(dispute.since, calendar)
    if now.complete_on is None:
        return None
    is_extended = now.extension == "extended"
    return opinion_clock(now.complete_on, now.pauses, calendar, is_extended=is_extended)


def _next(state: str, step: Step, spoken: Step | None) -> str:
    match step.kind:
        case "opinion":
            return _AFTER_OPINION[step.opinion or ""]
        case "supplemented":
            return "submitted" if state == "incomplete" else "in_review"
        case "extension_asked" | "extended" | "extension_refused":
            return state
        case "re_reviewed" | "coordinated" | "discussed":
            return _after_outcome(step, spoken)
    return _AFTER[step.kind]


def _after_outcome(step: Step, spoken: Step | None) -> str:
    match step.outcome:
        case "maintained":
            return "coordinating"
        case "not_agreed":
            return "discussion"
        case "reopened":
            return "in_review"
    return _AFTER_OPINION[(spoken.opinion if spoken else None) or "correct"]
