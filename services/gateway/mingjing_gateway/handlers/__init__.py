"""What the gateway does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.events.directory import PublisherRegistered
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    PublisherRegistered: register_publishers,
    PlatformProbed: note_probes,
}

ALARMS: Alarms = {}
