"""The platform looking at itself; invisible to all figures."""

from typing import ClassVar

from mingjing_shared.events.base import SERVICES, Event, Stability
from mingjing_shared.events.values import (
    Id,
    Instant,
)


class PlatformProbed(Event, frozen=True, kw_only=True):
    """A probe was sent round to show that events flow.

    Sent by gateway; key: probe id. Taken by gateway, disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.platform.probed"
    label: ClassVar[str] = "平台探测"
    home: ClassVar[str] = "platform"
    sender: ClassVar[str] = "gateway"
    key: ClassVar[str] = "probe_id"
    subject_field: ClassVar[str] = "probe_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = SERVICES

    probe_id: Id
    probed_at: Instant
