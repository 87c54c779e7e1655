"""What the gateway does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_gateway.handlers.personnel import note_changed_officers, note_changed_units
from mingjing_shared.directory.noting import note_officers, note_units
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.personnel import OfficerChanged, UnitChanged
from mingjing_shared.events.platform import PlatformProbed, WindowClosed
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.reconciling import note_windows

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    UnitChanged: note_changed_units,
    OfficerChanged: note_changed_officers,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units,
    OfficerDescribed: note_officers,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
}

ALARMS: Alarms = {}
