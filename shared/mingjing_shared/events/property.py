"""Property kept in cases."""

from typing import ClassVar

from mingjing_shared.events.base import CaseEvent
from mingjing_shared.events.values import (
    DocumentNumber,
    Instant,
    PropertyId,
    Text,
)


class PropertyRegistered(CaseEvent, frozen=True, kw_only=True):
    """Property of a case was taken into keeping.

    Sent by property rooms; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.property.registered"
    label: ClassVar[str] = "涉案财物入库"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "property rooms"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    property_id: PropertyId
    at: Instant
    keeper: Text
    document_number: DocumentNumber | None = None


class PropertyMoved(CaseEvent, frozen=True, kw_only=True):
    """Property of a case changed its keeper.

    Sent by property rooms; key: case number. Taken by recording and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.property.moved"
    label: ClassVar[str] = "涉案财物移交"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "property rooms"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "tasks"})

    property_id: PropertyId
    at: Instant
    keeper: Text
    document_number: DocumentNumber | None = None


class PropertyReturned(CaseEvent, frozen=True, kw_only=True):
    """Property of a case was given back.

    Sent by property rooms; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.property.returned"
    label: ClassVar[str] = "涉案财物返还"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "property rooms"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    property_id: PropertyId
    at: Instant
    keeper: Text
    document_number: DocumentNumber | None = None


class PropertyDisposed(CaseEvent, frozen=True, kw_only=True):
    """Property of a case was disposed of.

    Sent by property rooms; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.property.disposed"
    label: ClassVar[str] = "涉案财物处置"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "property rooms"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    property_id: PropertyId
    at: Instant
    keeper: Text
    document_number: DocumentNumber | None = None
