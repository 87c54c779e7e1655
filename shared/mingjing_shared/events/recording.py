"""What recording found and keeps."""

from typing import ClassVar

from msgspec import field

from mingjing_shared.events import codes
from mingjing_shared.events.base import CaseEvent, Event, Stability
from mingjing_shared.events.values import (
    ActionId,
    CaseNumber,
    Code,
    Count,
    Day,
    DecidedBy,
    DeviceSerial,
    DocumentNumber,
    FootageId,
    Id,
    Instant,
    LegalBasis,
    PlannedDay,
    PoliceNumber,
    Retention,
    RuleId,
    Sha256,
)


class RecordingRequired(CaseEvent, frozen=True, kw_only=True):
    """An act must be recorded, in full or as needed.

    Sent by recording; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.recording.required"
    label: ClassVar[str] = "应当记录"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    action_id: ActionId
    level: codes.RecordingLevel
    basis: tuple[LegalBasis, ...]
    rule: RuleId | None = None


class FootageRegistered(Event, frozen=True, kw_only=True):
    """A recording is known; its bytes may still be missing.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.registered"
    label: ClassVar[str] = "登记视音频"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    serial: DeviceSerial | None = None
    officer: PoliceNumber | None = None


class FootageArchived(Event, frozen=True, kw_only=True):
    """The bytes of a recording are kept and hashed.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.archived"
    label: ClassVar[str] = "视音频入库"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    sha256: Sha256
    tree_root: Sha256
    size: Count
    retention: Retention


class FootageLinked(CaseEvent, frozen=True, kw_only=True):
    """A recording was linked to an act of a case.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.linked"
    label: ClassVar[str] = "关联视音频"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    action_id: ActionId | None = None
    linked_by: DecidedBy | None = None


class FootageHeld(Event, frozen=True, kw_only=True):
    """A recording must not be disposed of.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.held"
    label: ClassVar[str] = "冻结销毁"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    hold_id: Id | None = None
    reason_code: Code | None = None


class FootageReleased(Event, frozen=True, kw_only=True):
    """A hold on a recording ended.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.released"
    label: ClassVar[str] = "解除冻结"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    hold_id: Id | None = None


class FootageAccessed(Event, frozen=True, kw_only=True):
    """Somebody watched or copied a recording.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.accessed"
    label: ClassVar[str] = "调阅视音频"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    by: PoliceNumber
    purpose: Code
    approved_by: PoliceNumber | None = None


class FootageDisposed(Event, frozen=True, kw_only=True):
    """A recording was disposed of after its term.

    Sent by recording; key: footage id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.disposed"
    label: ClassVar[str] = "销毁视音频"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    approved_by: PoliceNumber | None = None
    on: Day | None = None


class RecordGapFound(CaseEvent, frozen=True, kw_only=True):
    """An act that must be recorded is not, or not wholly.

    Sent by recording; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.record.gap_found"
    label: ClassVar[str] = "发现记录缺口"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    action_id: ActionId
    kind: codes.GapKind
    effect: codes.GapEffect
    minutes: Count


class RecordGapExplained(CaseEvent, frozen=True, kw_only=True):
    """A gap in the record was explained.

    Sent by recording; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.record.gap_explained"
    label: ClassVar[str] = "说明记录缺口"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    action_id: ActionId
    reason_code: Code | None = None
    explained_by: PoliceNumber | None = None


class RecordGapClosed(CaseEvent, frozen=True, kw_only=True):
    """A gap in the record is closed.

    Sent by recording; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.record.gap_closed"
    label: ClassVar[str] = "补齐记录缺口"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    action_id: ActionId
    closed_by: FootageId | None = None


class DocumentReceived(CaseEvent, frozen=True, kw_only=True):
    """The bytes of a document are kept.

    Sent by recording; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.document.received"
    label: ClassVar[str] = "收到文书"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    document_number: DocumentNumber
    sha256: Sha256 | None = None
    size: Count | None = None


class DocumentMissing(CaseEvent, frozen=True, kw_only=True):
    """The bytes of a document have not come in time.

    Sent by recording; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.document.missing"
    label: ClassVar[str] = "缺少文书"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    document_number: DocumentNumber
    sha256: Sha256 | None = None


class DocumentReplacedByFootage(CaseEvent, frozen=True, kw_only=True):
    """A recording stands for a written document.

    Sent by recording; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.document.replaced_by_footage"
    label: ClassVar[str] = "以视音频代替文书"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    footage_id: FootageId
    action_id: ActionId | None = None
    from_: Instant | None = field(name="from", default=None)
    until: Instant | None = None


class CasefileDue(CaseEvent, frozen=True, kw_only=True):
    """The case file must be made: warned of on one day, late from another.

    Sent by recording; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.casefile.due"
    label: ClassVar[str] = "应当归档"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    warn_on: PlannedDay | None = None
    breach_on: PlannedDay | None = None
    provisional: bool | None = None


class CasefileArchived(CaseEvent, frozen=True, kw_only=True):
    """The case file was archived as a package.

    Sent by recording; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.casefile.archived"
    label: ClassVar[str] = "案卷归档"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    package_sha256: Sha256
    items: Count


class CasefileOverdue(CaseEvent, frozen=True, kw_only=True):
    """The case file was not made in time.

    Sent by recording; key: case number. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.casefile.overdue"
    label: ClassVar[str] = "归档逾期"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    breach_on: Day | None = None


class EvaluationCompleted(CaseEvent, frozen=True, kw_only=True):
    """A case file was appraised.

    Sent by recording; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.evaluation.completed"
    label: ClassVar[str] = "案卷评查"
    home: ClassVar[str] = "recording"
    sender: ClassVar[str] = "recording"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    score: float
    findings: tuple[Code, ...] = ()
