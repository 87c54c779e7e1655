"""Units, officers, their qualifications. Roles in the platform do not come from here."""

from typing import ClassVar

from mingjing_shared.events import codes
from mingjing_shared.events.base import Event
from mingjing_shared.events.values import (
    Code,
    Day,
    PlannedDay,
    PoliceNumber,
    Text,
    UnitCode,
)


class UnitChanged(Event, frozen=True, kw_only=True):
    """A unit was set up or changed.

    Sent by personnel systems; key: code. Taken by gateway.
    """

    type: ClassVar[str] = "cn.mingjing.unit.changed"
    label: ClassVar[str] = "机构变更"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "personnel systems"
    key: ClassVar[str] = "code"
    subject_field: ClassVar[str] = "code"
    takers: ClassVar[frozenset[str]] = frozenset({"gateway"})

    code: UnitCode
    name: Text
    level: Code
    parent: UnitCode
    head: PoliceNumber
    valid_from: PlannedDay | None = None


class OfficerChanged(Event, frozen=True, kw_only=True):
    """An officer was appointed, moved or qualified.

    Sent by personnel systems; key: police number. Taken by gateway, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.officer.changed"
    label: ClassVar[str] = "人员变更"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "personnel systems"
    key: ClassVar[str] = "police_number"
    subject_field: ClassVar[str] = "police_number"
    takers: ClassVar[frozenset[str]] = frozenset({"gateway", "review", "tasks"})

    police_number: PoliceNumber
    name: Text
    unit: UnitCode
    posts: tuple[Text, ...]
    valid_from: PlannedDay
    enforcement_certificate: Text | None = None
    qualification_level: codes.QualificationLevel | None = None
    qualification_valid_until: PlannedDay | None = None
    legal_qualification: bool | None = None
    active: bool | None = None


class ExamPassed(Event, frozen=True, kw_only=True):
    """An officer passed an exam.

    Sent by personnel systems; key: police number. Taken by gateway, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.exam.passed"
    label: ClassVar[str] = "通过考试"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "personnel systems"
    key: ClassVar[str] = "police_number"
    subject_field: ClassVar[str] = "police_number"
    takers: ClassVar[frozenset[str]] = frozenset({"gateway", "review", "tasks"})

    police_number: PoliceNumber
    level: codes.QualificationLevel | None = None
    on: Day | None = None
    valid_until: PlannedDay | None = None


class TrainingHeld(Event, frozen=True, kw_only=True):
    """A training was held.

    Sent by personnel systems; key: unit. Taken by gateway, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.training.held"
    label: ClassVar[str] = "举办培训"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "personnel systems"
    key: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"
    takers: ClassVar[frozenset[str]] = frozenset({"gateway", "review", "tasks"})

    unit: UnitCode
    topic: Text
    on: Day
    hours: float | None = None
    attended: tuple[PoliceNumber, ...] = ()
    scores: tuple[float, ...] = ()


class AdviserEngaged(Event, frozen=True, kw_only=True):
    """A legal adviser or government lawyer was engaged.

    ``police_number`` is that of a government lawyer who is an officer.

    Sent by personnel systems; key: unit. Taken by gateway, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.adviser.engaged"
    label: ClassVar[str] = "聘请法律顾问"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "personnel systems"
    key: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"
    takers: ClassVar[frozenset[str]] = frozenset({"gateway", "review", "tasks"})

    unit: UnitCode
    adviser: Text
    on: Day | None = None
    until: PlannedDay | None = None
    kind: codes.AdviserKind | None = None
    police_number: PoliceNumber | None = None
