"""What legal review decided."""

from typing import ClassVar

from mingjing_shared.events import codes
from mingjing_shared.events.base import CaseEvent, Event, Stability
from mingjing_shared.events.values import (
    ClearanceId,
    Code,
    Count,
    Day,
    DecisionId,
    PlannedDay,
    PoliceNumber,
    ReviewId,
    ReviewReason,
    RuleId,
    Sha256,
    Text,
    UnitCode,
)


class ReviewRequired(CaseEvent, frozen=True, kw_only=True):
    """A proposed decision needs legal review before it may be made.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.required"
    label: ClassVar[str] = "应当法制审核"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    draft_sha256: Sha256
    reasons: tuple[ReviewReason, ...]
    decide_by: PlannedDay
    provisional: bool | None = None


class ReviewNotRequired(CaseEvent, frozen=True, kw_only=True):
    """A proposed decision needs no legal review; the clearance says so.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.not_required"
    label: ClassVar[str] = "无需法制审核"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    clearance_id: ClearanceId
    decision_id: DecisionId
    draft_sha256: Sha256
    reason_codes: tuple[Code, ...] = ()


class ReviewSubmitted(CaseEvent, frozen=True, kw_only=True):
    """The materials of a proposed decision were handed in for review, or supplemented.

    ``decide_by`` is the last day for the opinion, if the material is complete.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.submitted"
    label: ClassVar[str] = "提交审核"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    round: Count
    draft_sha256: Sha256
    kind: codes.SubmissionKind | None = None
    decide_by: PlannedDay | None = None
    provisional: bool | None = None
    by: PoliceNumber | None = None


class ReviewReturned(CaseEvent, frozen=True, kw_only=True):
    """A submission was returned for a supplement: once, with all that is missing.

    ``effect`` says whether the term had not begun yet, or stands still from now on.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.returned"
    label: ClassVar[str] = "退回补正"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    round: Count
    missing: tuple[Code, ...] = ()
    effect: codes.ClockEffect | None = None
    by: PoliceNumber | None = None


class ReviewAssigned(CaseEvent, frozen=True, kw_only=True):
    """A submission was found complete, and a reviewer took it on.

    Sent by review; key: case number. Taken by recording and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.assigned"
    label: ClassVar[str] = "分派审核"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    reviewer: PoliceNumber
    round: Count | None = None


class ReviewOpinionIssued(CaseEvent, frozen=True, kw_only=True):
    """The legal department gave its opinion on a draft.

    ``checks`` are the eight results in their order, ``reasons`` the names of those that failed;
    ``opinion_sha256`` is the digest of the whole opinion as it was written, with its salt;
    ``leader`` is the head of the reviewer's unit, who answers for its opinions.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.opinion_issued"
    label: ClassVar[str] = "出具审核意见"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    round: Count
    opinion: codes.Opinion
    draft_sha256: Sha256
    opinion_sha256: Sha256
    reasons: tuple[Code, ...]
    checks: tuple[codes.CheckResult, ...]
    reviewer: PoliceNumber
    leader: PoliceNumber


class ReviewResubmitted(CaseEvent, frozen=True, kw_only=True):
    """A corrected draft was handed in again: a new round.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.resubmitted"
    label: ClassVar[str] = "再次送审"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    round: Count
    draft_sha256: Sha256
    decide_by: PlannedDay | None = None
    provisional: bool | None = None
    by: PoliceNumber | None = None


class ReviewDisagreementRaised(CaseEvent, frozen=True, kw_only=True):
    """The handling unit does not agree with an opinion.

    ``checks`` are the names of those of the eight that it disputes.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.disagreement_raised"
    label: ClassVar[str] = "提出异议"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    raised_by: PoliceNumber | None = None
    round: Count | None = None
    draft_sha256: Sha256 | None = None
    checks: tuple[Code, ...] = ()


class ReviewCoordinated(CaseEvent, frozen=True, kw_only=True):
    """A disagreement about an opinion went a step on, or was settled.

    ``on`` is the day on which those concerned met. Reopened: the text is reviewed in a further
    round; nobody but a reviewer passes it.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.coordinated"
    label: ClassVar[str] = "协调异议"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    outcome: codes.CoordinationOutcome
    forum: codes.CoordinationForum
    on: Day
    round: Count | None = None
    draft_sha256: Sha256 | None = None
    by: PoliceNumber | None = None


class ReviewExtended(CaseEvent, frozen=True, kw_only=True):
    """The term for an opinion was extended, once a round, with a leader's consent.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.extended"
    label: ClassVar[str] = "延长审核期限"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    round: Count
    decide_by: PlannedDay
    provisional: bool
    asked_by: PoliceNumber
    by: PoliceNumber


class ReviewCleared(CaseEvent, frozen=True, kw_only=True):
    """A draft may be decided as it was reviewed.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.cleared"
    label: ClassVar[str] = "审核通过"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    clearance_id: ClearanceId
    decision_id: DecisionId
    draft_sha256: Sha256
    valid_until: PlannedDay


class ReviewBypassed(CaseEvent, frozen=True, kw_only=True):
    """A decision was made without the clearance that it needed.

    ``how``: nobody reviewed it (or the clearance was over), against the opinion on this very text,
    or another text than the one that was cleared or handed in.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.bypassed"
    label: ClassVar[str] = "绕过审核"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    decision_id: DecisionId
    how: codes.BypassHow
    draft_sha256: Sha256 | None = None
    clearance_id: ClearanceId | None = None


class ReviewOverdue(CaseEvent, frozen=True, kw_only=True):
    """An opinion was not given in time.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.review.overdue"
    label: ClassVar[str] = "审核逾期"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    review_id: ReviewId
    decision_id: DecisionId
    decide_by: PlannedDay
    round: Count | None = None


class CataloguePublished(Event, frozen=True, kw_only=True):
    """The catalogue of decisions that need review was published.

    ``sha256`` is the digest of the canonical JSON of its items, ``items`` how many there are.

    Sent by review; key: unit. Taken by disclosure.
    """

    type: ClassVar[str] = "cn.mingjing.catalogue.published"
    label: ClassVar[str] = "公布审核目录"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    key: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure"})

    unit: UnitCode
    catalogue_version: Text
    valid_from: PlannedDay
    sha256: Sha256
    items: Count


class ResponsibilityAttributed(CaseEvent, frozen=True, kw_only=True):
    """It was found who answers for a fault in a decision.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.responsibility.attributed"
    label: ClassVar[str] = "认定责任"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    decision_id: DecisionId
    officer: PoliceNumber | None = None
    responsibility: Code | None = None


class StaffingMeasured(Event, frozen=True, kw_only=True):
    """The share of reviewers among a unit's officers was measured, on the last day of a month.

    Counted with all units below it. ``levelled`` are the officers whose level of qualification is
    in force, ``legal`` those with the legal qualification.

    Sent by review; key: unit. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.staffing.measured"
    label: ClassVar[str] = "测算审核力量"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    key: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    unit: UnitCode
    reviewers: Count
    officers: Count
    ratio: float
    on: Day | None = None
    percent_asked: float | None = None
    levelled: Count | None = None
    legal: Count | None = None


class GuidanceGiven(CaseEvent, frozen=True, kw_only=True):
    """A rule on evidence gave its advice on a case.

    Sent by review; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.guidance.given"
    label: ClassVar[str] = "发出指引"
    home: ClassVar[str] = "review"
    sender: ClassVar[str] = "review"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    rule: RuleId | None = None
    unit: UnitCode | None = None
