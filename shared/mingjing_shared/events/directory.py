"""The directory: units, officers and publishers, each as the whole that holds now."""

from typing import ClassVar

from mingjing_shared.events import codes
from mingjing_shared.events.base import SERVICES, Event
from mingjing_shared.events.values import (
    EventType,
    OfficerVersion,
    PoliceNumber,
    PublisherName,
    QuietMinutes,
    Source,
    TopicName,
    UnitCode,
    UnitVersion,
)


class UnitDescribed(Event, frozen=True, kw_only=True):
    """All dated versions of one unit.

    Sent by gateway; key: code. Taken by gateway, disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.unit.described"
    label: ClassVar[str] = "机构名录"
    home: ClassVar[str] = "directory"
    sender: ClassVar[str] = "gateway"
    key: ClassVar[str] = "code"
    subject_field: ClassVar[str] = "code"
    takers: ClassVar[frozenset[str]] = SERVICES

    code: UnitCode
    versions: tuple[UnitVersion, ...]


class OfficerDescribed(Event, frozen=True, kw_only=True):
    """All dated versions of one officer.

    Sent by gateway; key: police number. Taken by gateway, disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.officer.described"
    label: ClassVar[str] = "人员名录"
    home: ClassVar[str] = "directory"
    sender: ClassVar[str] = "gateway"
    key: ClassVar[str] = "police_number"
    subject_field: ClassVar[str] = "police_number"
    takers: ClassVar[frozenset[str]] = SERVICES

    police_number: PoliceNumber
    versions: tuple[OfficerVersion, ...]
    session_epoch: int | None = None


class PublisherRegistered(Event, frozen=True, kw_only=True):
    """A publisher was registered or changed; its topic carries only its source and its types.

    ``quiet_minutes_max`` is what was agreed with it: longer than that it is never quiet.

    Sent by gateway; key: name. Taken by gateway, disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.publisher.registered"
    label: ClassVar[str] = "登记发布方"
    home: ClassVar[str] = "directory"
    sender: ClassVar[str] = "gateway"
    key: ClassVar[str] = "name"
    subject_field: ClassVar[str] = "name"
    takers: ClassVar[frozenset[str]] = SERVICES

    name: PublisherName
    topic: TopicName
    source: Source
    types: tuple[EventType, ...]
    way: codes.PublisherWay
    modes: tuple[codes.Mode, ...]
    quiet_minutes_max: QuietMinutes | None = None
