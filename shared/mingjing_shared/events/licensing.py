"""Permits and service windows."""

from typing import ClassVar

from mingjing_shared.events.base import CaseEvent, Event
from mingjing_shared.events.values import (
    Code,
    Count,
    Day,
    DecisionId,
    DocumentNumber,
    Id,
    Parties,
    Text,
    UnitCode,
)


class PermitApplied(CaseEvent, frozen=True, kw_only=True):
    """A permit was applied for.

    Sent by licensing systems; key: case number. Taken by disclosure and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.permit.applied"
    label: ClassVar[str] = "申请许可"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "tasks"})

    decision_id: DecisionId
    unit: UnitCode | None = None
    item: Text | None = None
    document_number: DocumentNumber | None = None
    on: Day | None = None
    parties: Parties = ()


class PermitAccepted(CaseEvent, frozen=True, kw_only=True):
    """An application for a permit was accepted.

    Sent by licensing systems; key: case number. Taken by disclosure and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.permit.accepted"
    label: ClassVar[str] = "受理许可"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "tasks"})

    decision_id: DecisionId
    unit: UnitCode | None = None
    item: Text | None = None
    document_number: DocumentNumber | None = None
    on: Day | None = None
    parties: Parties = ()


class PermitGranted(CaseEvent, frozen=True, kw_only=True):
    """A permit was granted: a decision of kind permit.

    Sent by licensing systems; key: case number. Taken by disclosure and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.permit.granted"
    label: ClassVar[str] = "准予许可"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "tasks"})

    decision_id: DecisionId
    unit: UnitCode | None = None
    item: Text | None = None
    document_number: DocumentNumber | None = None
    on: Day | None = None
    parties: Parties = ()


class PermitRefused(CaseEvent, frozen=True, kw_only=True):
    """A permit was refused: a decision of kind permit.

    Sent by licensing systems; key: case number. Taken by disclosure and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.permit.refused"
    label: ClassVar[str] = "不予许可"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "tasks"})

    decision_id: DecisionId
    unit: UnitCode | None = None
    item: Text | None = None
    document_number: DocumentNumber | None = None
    on: Day | None = None
    parties: Parties = ()


class PermitRevoked(CaseEvent, frozen=True, kw_only=True):
    """A permit was revoked.

    Sent by licensing systems; key: case number. Taken by disclosure and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.permit.revoked"
    label: ClassVar[str] = "撤销许可"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure", "tasks"})

    decision_id: DecisionId
    unit: UnitCode | None = None
    item: Text | None = None
    document_number: DocumentNumber | None = None
    on: Day | None = None
    parties: Parties = ()


class ServiceItemListed(Event, frozen=True, kw_only=True):
    """A service item was listed or changed.

    Sent by licensing systems; key: item. Taken by disclosure.
    """

    type: ClassVar[str] = "cn.mingjing.service_item.listed"
    label: ClassVar[str] = "登记服务事项"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    key: ClassVar[str] = "item"
    subject_field: ClassVar[str] = "item"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure"})

    item: Id
    online: bool | None = None
    days_promised: Count | None = None


class WindowServed(Event, frozen=True, kw_only=True):
    """A service window finished a request.

    Sent by licensing systems; key: item. Taken by disclosure.
    """

    type: ClassVar[str] = "cn.mingjing.window.served"
    label: ClassVar[str] = "窗口办理"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "licensing systems"
    key: ClassVar[str] = "item"
    subject_field: ClassVar[str] = "item"
    takers: ClassVar[frozenset[str]] = frozenset({"disclosure"})

    item: Id
    channel: Code | None = None
    days: Count | None = None
