"""What disclosure decided."""

from typing import ClassVar

from msgspec import field

from mingjing_shared.events.base import CaseEvent, Event, Stability
from mingjing_shared.events.values import (
    CaseNumber,
    Code,
    Count,
    Day,
    DecidedBy,
    DecisionId,
    Id,
    Instant,
    ItemId,
    LegalBasis,
    PlannedDay,
    Revision,
    RuleId,
    Sha256,
    Text,
    UnitCode,
)


class DisclosureDue(CaseEvent, frozen=True, kw_only=True):
    """A decision must be public by a day. The higher revision counts.

    Sent by disclosure; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.disclosure.due"
    label: ClassVar[str] = "应当公示"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    decision_id: DecisionId
    due_on: PlannedDay
    provisional: bool
    rule: RuleId
    revision: Revision


class DisclosureWithheld(CaseEvent, frozen=True, kw_only=True):
    """A decision is not published, for a reason of law.

    Sent by disclosure; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.disclosure.withheld"
    label: ClassVar[str] = "不予公示"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    decision_id: DecisionId
    reason_code: Code
    basis: LegalBasis
    decided_by: DecidedBy


class DisclosurePublished(Event, frozen=True, kw_only=True):
    """An item is public: the public page was read and its hash compared.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.disclosure.published"
    label: ClassVar[str] = "已经公示"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    case_number: CaseNumber | None = None
    decision_id: DecisionId | None = None
    public_sha256: Sha256
    masking_version: Text
    address: Text
    seen_public_at: Instant
    on_time: bool
    pdf_sha256: Sha256 | None = None


class DisclosureOverdue(Event, frozen=True, kw_only=True):
    """An item is not public although its day has passed.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.disclosure.overdue"
    label: ClassVar[str] = "公示逾期"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    case_number: CaseNumber | None = None
    decision_id: DecisionId | None = None
    due_on: Day | None = None


class DisclosureCorrected(Event, frozen=True, kw_only=True):
    """A public item was corrected: the public page shows another version.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.disclosure.corrected"
    label: ClassVar[str] = "公示更正"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    case_number: CaseNumber | None = None
    decision_id: DecisionId | None = None
    public_sha256: Sha256 | None = None
    masking_version: Text | None = None


class DisclosureWithdrawn(Event, frozen=True, kw_only=True):
    """A public item was withdrawn: a tombstone stands at its address.

    ``within_days`` counts the working days since it had to be withdrawn.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.disclosure.withdrawn"
    label: ClassVar[str] = "撤回公示"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    case_number: CaseNumber | None = None
    decision_id: DecisionId | None = None
    reason: Code
    basis: LegalBasis
    within_days: Count


class GuidePublished(Event, frozen=True, kw_only=True):
    """A service guide was published.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.guide.published"
    label: ClassVar[str] = "公布服务指南"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    guide_version: Text | None = None
    sha256: Sha256 | None = None


class GuideStale(Event, frozen=True, kw_only=True):
    """A service guide no longer fits the law or the functions.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.guide.stale"
    label: ClassVar[str] = "服务指南过期"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    due_on: PlannedDay | None = None
    caused_by: Id | None = None


class BoardUpdated(Event, frozen=True, kw_only=True):
    """The board of a service window was brought up to date.

    Sent by disclosure; key: unit. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.board.updated"
    label: ClassVar[str] = "更新窗口公示栏"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    unit: UnitCode
    on: Day | None = None


class InspectionPlanned(Event, frozen=True, kw_only=True):
    """A random inspection was planned.

    Sent by disclosure; key: draw id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.inspection.planned"
    label: ClassVar[str] = "制定抽查计划"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "draw_id"
    subject_field: ClassVar[str] = "draw_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    draw_id: Id
    unit: UnitCode | None = None
    from_: PlannedDay | None = field(name="from", default=None)


class InspectionCommitted(Event, frozen=True, kw_only=True):
    """The commitment to a draw was made public.

    Sent by disclosure; key: draw id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.inspection.committed"
    label: ClassVar[str] = "承诺抽查种子"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "draw_id"
    subject_field: ClassVar[str] = "draw_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    draw_id: Id
    commitment: Text


class InspectionDrawn(Event, frozen=True, kw_only=True):
    """Objects and officers of an inspection were drawn.

    Sent by disclosure; key: draw id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.inspection.drawn"
    label: ClassVar[str] = "随机抽取"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "draw_id"
    subject_field: ClassVar[str] = "draw_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    draw_id: Id
    pool_sha256: Sha256
    sources: tuple[Text, ...]
    selected: tuple[Id, ...]


class InspectionResultPublished(Event, frozen=True, kw_only=True):
    """The result of an inspection was published.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.inspection.result_published"
    label: ClassVar[str] = "公布抽查结果"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    draw_id: Id | None = None
    public_sha256: Sha256 | None = None


class AnnualReportPublished(Event, frozen=True, kw_only=True):
    """The annual enforcement statistics were published.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.annual_report.published"
    label: ClassVar[str] = "公布执法年报"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    unit: UnitCode | None = None
    year: Count | None = None
    public_sha256: Sha256 | None = None


class DeliveryReceipted(Event, frozen=True, kw_only=True):
    """Another portal confirmed that it took an item.

    Sent by disclosure; key: item id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.delivery.receipted"
    label: ClassVar[str] = "推送回执"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "item_id"
    subject_field: ClassVar[str] = "item_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    item_id: ItemId
    target: Text | None = None
    receipt_sha256: Sha256 | None = None
    at: Instant | None = None


class FeedbackReceived(Event, frozen=True, kw_only=True):
    """Somebody wrote about a public item.

    Sent by disclosure; key: feedback id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.feedback.received"
    label: ClassVar[str] = "收到意见"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "feedback_id"
    subject_field: ClassVar[str] = "feedback_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    feedback_id: Id
    item_id: ItemId | None = None
    kind: Code | None = None
    due_on: PlannedDay | None = None


class FeedbackAnswered(Event, frozen=True, kw_only=True):
    """What somebody wrote was answered.

    Sent by disclosure; key: feedback id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.feedback.answered"
    label: ClassVar[str] = "答复意见"
    home: ClassVar[str] = "disclosure"
    sender: ClassVar[str] = "disclosure"
    key: ClassVar[str] = "feedback_id"
    subject_field: ClassVar[str] = "feedback_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    feedback_id: Id
    item_id: ItemId | None = None
    outcome_code: Code | None = None
    on_time: bool | None = None
