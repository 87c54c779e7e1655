"""Changes of law and of functions that open terms and reviews."""

from typing import ClassVar

from msgspec import field

from mingjing_shared.events.base import DEPARTMENTS, Event
from mingjing_shared.events.values import (
    Id,
    PlannedDay,
    Text,
)


class LawChanged(Event, frozen=True, kw_only=True):
    """A law, regulation or rule changed.

    Sent by the legal department, entered in review or by a publisher; key: what.
    Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.law.changed"
    label: ClassVar[str] = "法律变更"
    home: ClassVar[str] = "inbound"
    also_home: ClassVar[str | None] = "review"
    sender: ClassVar[str] = "the legal department, entered in review or by a publisher"
    key: ClassVar[str] = "what"
    subject_field: ClassVar[str] = "what"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    what: Id
    from_: PlannedDay = field(name="from")
    source: Text
    affected_items: tuple[Text, ...] = ()


class FunctionChanged(Event, frozen=True, kw_only=True):
    """The functions of a unit changed.

    Sent by the legal department, entered in review or by a publisher; key: what.
    Taken by disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.function.changed"
    label: ClassVar[str] = "职能变更"
    home: ClassVar[str] = "inbound"
    also_home: ClassVar[str | None] = "review"
    sender: ClassVar[str] = "the legal department, entered in review or by a publisher"
    key: ClassVar[str] = "what"
    subject_field: ClassVar[str] = "what"
    takers: ClassVar[frozenset[str]] = DEPARTMENTS

    what: Id
    from_: PlannedDay = field(name="from")
    source: Text
    affected_items: tuple[Text, ...] = ()
