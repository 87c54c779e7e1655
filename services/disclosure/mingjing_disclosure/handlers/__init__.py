"""What disclosure does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from mingjing_disclosure.handlers.case import note_accepted_cases, note_ended_cases
from mingjing_disclosure.handlers.publication import mark_overdue_items, schedule_publications
from mingjing_shared.events.casework import CaseAccepted, DecisionMade, EnforcementEnded
from mingjing_shared.events.directory import PublisherRegistered
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging.clocks import Alarms
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    CaseAccepted: note_accepted_cases,
    DecisionMade: schedule_publications,
    EnforcementEnded: note_ended_cases,
    PublisherRegistered: register_publishers,
    PlatformProbed: note_probes,
}

ALARMS: Alarms = {"publication": mark_overdue_items}
