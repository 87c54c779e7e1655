"""Recorders, docking stations and case areas."""

from typing import ClassVar

from mingjing_shared.events.base import CaseEvent, Event, Stability
from mingjing_shared.events.values import (
    CaseNumber,
    Count,
    DeviceSerial,
    FootageId,
    Id,
    Instant,
    Place,
    PoliceNumber,
    Prose,
    Sha256,
    Text,
    UnitCode,
)


class DeviceRegistered(Event, frozen=True, kw_only=True):
    """A recorder was put into the register.

    Sent by recorder systems and case areas; key: serial. Taken by recording.
    """

    type: ClassVar[str] = "cn.mingjing.device.registered"
    label: ClassVar[str] = "登记设备"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    key: ClassVar[str] = "serial"
    subject_field: ClassVar[str] = "serial"
    takers: ClassVar[frozenset[str]] = frozenset({"recording"})

    serial: DeviceSerial
    unit: UnitCode | None = None
    model: Text | None = None
    registered_at: Instant | None = None


class DeviceDocked(Event, frozen=True, kw_only=True):
    """A recorder was put into its docking station.

    Sent by recorder systems and case areas; key: serial. Taken by recording.
    """

    type: ClassVar[str] = "cn.mingjing.device.docked"
    label: ClassVar[str] = "设备入站"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    key: ClassVar[str] = "serial"
    subject_field: ClassVar[str] = "serial"
    takers: ClassVar[frozenset[str]] = frozenset({"recording"})

    serial: DeviceSerial
    docked_at: Instant
    device_clock_at: Instant
    battery: Count | None = None
    free_bytes: Count | None = None


class DeviceFaulted(Event, frozen=True, kw_only=True):
    """A recorder has a fault.

    Sent by recorder systems and case areas; key: serial. Taken by recording.
    """

    type: ClassVar[str] = "cn.mingjing.device.faulted"
    label: ClassVar[str] = "设备故障"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    key: ClassVar[str] = "serial"
    subject_field: ClassVar[str] = "serial"
    takers: ClassVar[frozenset[str]] = frozenset({"recording"})

    serial: DeviceSerial
    at: Instant | None = None
    fault: Text | None = None


class FootageCaptured(Event, frozen=True, kw_only=True):
    """A recorder made a recording.

    Sent by recorder systems and case areas; key: footage id. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.footage.captured"
    label: ClassVar[str] = "采集视音频"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    stability: ClassVar[Stability] = "stable"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    footage_id: FootageId
    case_number: CaseNumber | None = None
    serial: DeviceSerial
    officer: PoliceNumber
    started_at: Instant
    ended_at: Instant
    key_file: bool | None = None
    sha256: Sha256 | None = None
    size: Count | None = None
    gps: tuple[Place, ...] = ()
    location: Text | None = None
    upload_id: Id | None = None


class FootageMarked(Event, frozen=True, kw_only=True):
    """An officer marked a moment of a recording.

    Sent by recorder systems and case areas; key: footage id. Taken by recording.
    """

    type: ClassVar[str] = "cn.mingjing.footage.marked"
    label: ClassVar[str] = "标注视音频"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    key: ClassVar[str] = "footage_id"
    subject_field: ClassVar[str] = "footage_id"
    takers: ClassVar[frozenset[str]] = frozenset({"recording"})

    footage_id: FootageId
    time: Instant | None = None
    note: Prose | None = None


class CaseAreaEntered(CaseEvent, frozen=True, kw_only=True):
    """A person of a case entered the case area.

    Sent by recorder systems and case areas; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.case_area.entered"
    label: ClassVar[str] = "进入办案区"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    person_ref: Id
    at: Instant
    room: Text


class CaseAreaLeft(CaseEvent, frozen=True, kw_only=True):
    """A person of a case left the case area.

    Sent by recorder systems and case areas; key: case number. Taken by recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.case_area.left"
    label: ClassVar[str] = "离开办案区"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    takers: ClassVar[frozenset[str]] = frozenset({"recording", "review", "tasks"})

    person_ref: Id
    at: Instant
    room: Text


class ConnectorHeartbeat(Event, frozen=True, kw_only=True):
    """A connected system says that it is alive and how far it has come.

    Sent by recorder systems and case areas; key: system. Taken by recording.
    """

    type: ClassVar[str] = "cn.mingjing.connector.heartbeat"
    label: ClassVar[str] = "接口心跳"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "recorder systems and case areas"
    key: ClassVar[str] = "system"
    subject_field: ClassVar[str] = "system"
    takers: ClassVar[frozenset[str]] = frozenset({"recording"})

    system: Id
    last_synced_at: Instant | None = None
    lag_seconds: Count | None = None
