"""What follow-up found, ordered and measured."""

from typing import ClassVar

from mingjing_shared.events.base import DEPARTMENTS, Event, Stability
from mingjing_shared.events.values import (
    CaseNumber,
    Code,
    Count,
    Day,
    DecisionId,
    Id,
    PlannedDay,
    PoliceNumber,
    TaskId,
    Text,
    UnitCode,
    WarningId,
)


class TaskAssigned(Event, frozen=True, kw_only=True):
    """A task was given to a unit.

    Sent by tasks; key: task id. Taken by nobody yet.
    """

    type: ClassVar[str] = "cn.mingjing.task.assigned"
    label: ClassVar[str] = "分解任务"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "task_id"
    subject_field: ClassVar[str] = "task_id"
    stability: ClassVar[Stability] = "stable"

    task_id: TaskId
    task: Count | None = None
    unit: UnitCode | None = None
    due_on: PlannedDay | None = None


class TaskProgressed(Event, frozen=True, kw_only=True):
    """A unit reported progress.

    Sent by tasks; key: task id. Taken by nobody yet.
    """

    type: ClassVar[str] = "cn.mingjing.task.progressed"
    label: ClassVar[str] = "任务进展"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "task_id"
    subject_field: ClassVar[str] = "task_id"
    stability: ClassVar[Stability] = "stable"

    task_id: TaskId
    task: Count | None = None
    unit: UnitCode | None = None
    share: float | None = None


class TaskDueSoon(Event, frozen=True, kw_only=True):
    """A task is due soon.

    Sent by tasks; key: task id. Taken by disclosure, recording and review.
    """

    type: ClassVar[str] = "cn.mingjing.task.due_soon"
    label: ClassVar[str] = "任务将到期"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "task_id"
    subject_field: ClassVar[str] = "task_id"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "recording", "review"})

    task_id: TaskId
    task: Count | None = None
    unit: UnitCode | None = None
    due_on: PlannedDay | None = None


class TaskOverdue(Event, frozen=True, kw_only=True):
    """A task was not done in time.

    Sent by tasks; key: task id. Taken by nobody yet.
    """

    type: ClassVar[str] = "cn.mingjing.task.overdue"
    label: ClassVar[str] = "任务逾期"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "task_id"
    subject_field: ClassVar[str] = "task_id"
    stability: ClassVar[Stability] = "stable"

    task_id: TaskId
    task: Count | None = None
    unit: UnitCode | None = None
    due_on: Day | None = None


class TaskCompleted(Event, frozen=True, kw_only=True):
    """A task was done.

    Sent by tasks; key: task id. Taken by nobody yet.
    """

    type: ClassVar[str] = "cn.mingjing.task.completed"
    label: ClassVar[str] = "任务完成"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "task_id"
    subject_field: ClassVar[str] = "task_id"
    stability: ClassVar[Stability] = "stable"

    task_id: TaskId
    task: Count | None = None
    unit: UnitCode | None = None
    completed_on: Day | None = None


class TaskDowngraded(Event, frozen=True, kw_only=True):
    """Data contradict what was reported as done.

    Sent by tasks; key: task id. Taken by nobody yet.
    """

    type: ClassVar[str] = "cn.mingjing.task.downgraded"
    label: ClassVar[str] = "任务降级"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "task_id"
    subject_field: ClassVar[str] = "task_id"
    stability: ClassVar[Stability] = "stable"

    task_id: TaskId
    task: Count | None = None
    unit: UnitCode | None = None
    caused_by: tuple[Id, ...] = ()


class SupervisionOrdered(Event, frozen=True, kw_only=True):
    """Supervision was ordered.

    Sent by tasks; key: supervision id. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.supervision.ordered"
    label: ClassVar[str] = "发出督办"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "supervision_id"
    subject_field: ClassVar[str] = "supervision_id"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    supervision_id: Id
    case_number: CaseNumber | None = None
    owner_unit: UnitCode | None = None
    due_on: PlannedDay | None = None


class SupervisionAnswered(Event, frozen=True, kw_only=True):
    """An order of supervision was answered.

    Sent by tasks; key: supervision id. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.supervision.answered"
    label: ClassVar[str] = "答复督办"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "supervision_id"
    subject_field: ClassVar[str] = "supervision_id"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    supervision_id: Id
    case_number: CaseNumber | None = None
    answered_by: PoliceNumber | None = None


class SupervisionClosed(Event, frozen=True, kw_only=True):
    """Supervision was closed.

    Sent by tasks; key: supervision id. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.supervision.closed"
    label: ClassVar[str] = "督办办结"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "supervision_id"
    subject_field: ClassVar[str] = "supervision_id"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    supervision_id: Id
    case_number: CaseNumber | None = None
    outcome_code: Code | None = None


class SupervisionEscalated(Event, frozen=True, kw_only=True):
    """Supervision went to the superior.

    Sent by tasks; key: supervision id. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.supervision.escalated"
    label: ClassVar[str] = "督办升级"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "supervision_id"
    subject_field: ClassVar[str] = "supervision_id"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    supervision_id: Id
    case_number: CaseNumber | None = None
    owner_unit: UnitCode | None = None


class WarningRaised(Event, frozen=True, kw_only=True):
    """Something is wrong and somebody owns it.

    Sent by tasks; key: warning id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.warning.raised"
    label: ClassVar[str] = "发出预警"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "warning_id"
    subject_field: ClassVar[str] = "warning_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    warning_id: WarningId
    case_number: CaseNumber | None = None
    decision_id: DecisionId | None = None
    kind: Code
    severity: Code
    subject: Text
    owner_unit: UnitCode
    owner_role: Code | None = None
    caused_by: tuple[Text, ...]


class WarningCleared(Event, frozen=True, kw_only=True):
    """A warning no longer holds.

    Sent by tasks; key: warning id. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.warning.cleared"
    label: ClassVar[str] = "解除预警"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "warning_id"
    subject_field: ClassVar[str] = "warning_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    warning_id: WarningId
    case_number: CaseNumber | None = None
    decision_id: DecisionId | None = None
    kind: Code
    severity: Code
    subject: Text
    owner_unit: UnitCode
    owner_role: Code | None = None
    caused_by: tuple[Text, ...]


class HandoverRequested(Event, frozen=True, kw_only=True):
    """One department asked another to take over.

    Sent by tasks; key: handover id. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.handover.requested"
    label: ClassVar[str] = "请求移交"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "handover_id"
    subject_field: ClassVar[str] = "handover_id"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    handover_id: Id
    case_number: CaseNumber | None = None
    to_unit: UnitCode | None = None


class HandoverAnswered(Event, frozen=True, kw_only=True):
    """The other department answered.

    Sent by tasks; key: handover id. Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.handover.answered"
    label: ClassVar[str] = "答复移交"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "handover_id"
    subject_field: ClassVar[str] = "handover_id"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    handover_id: Id
    case_number: CaseNumber | None = None
    outcome_code: Code | None = None


class IndicatorMeasured(Event, frozen=True, kw_only=True):
    """An indicator of a task was measured.

    Sent by tasks; key: indicator. Taken by nobody yet.
    """

    type: ClassVar[str] = "cn.mingjing.indicator.measured"
    label: ClassVar[str] = "测量指标"
    home: ClassVar[str] = "tasks"
    sender: ClassVar[str] = "tasks"
    key: ClassVar[str] = "indicator"
    subject_field: ClassVar[str] = "indicator"
    stability: ClassVar[Stability] = "stable"

    indicator: Id
    task: Count
    unit: UnitCode
    period: Text
    value: float
    query: Text
