"""What disclosure does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from mingjing_disclosure.handlers.case import note_accepted_cases, note_ended_cases
from mingjing_disclosure.handlers.catalogue import note_catalogues
from mingjing_disclosure.handlers.effect import (
    note_remedies,
    note_served_decisions,
    note_undone_decisions,
)
from mingjing_disclosure.handlers.publication import (
    mark_late_withdrawals,
    mark_overdue_items,
    schedule_publications,
)
from mingjing_shared.directory.noting import note_officers, note_units
from mingjing_shared.events.casework import (
    CaseAccepted,
    DecisionChanged,
    DecisionFoundIllegal,
    DecisionMade,
    DecisionRevoked,
    DecisionServed,
    EnforcementEnded,
    RemedyRecorded,
)
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.platform import PlatformProbed, WindowClosed
from mingjing_shared.events.review import CataloguePublished
from mingjing_shared.messaging.clocks import Alarms
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.received import Handlers
from mingjing_shared.messaging.reconciling import note_windows

HANDLERS: Handlers = {
    CaseAccepted: note_accepted_cases,
    DecisionMade: schedule_publications,
    DecisionServed: note_served_decisions,
    DecisionChanged: note_undone_decisions,
    DecisionRevoked: note_undone_decisions,
    DecisionFoundIllegal: note_undone_decisions,
    RemedyRecorded: note_remedies,
    EnforcementEnded: note_ended_cases,
    CataloguePublished: note_catalogues,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units,
    OfficerDescribed: note_officers,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
}

ALARMS: Alarms = {
    "publication": mark_overdue_items,
    "withdrawal": mark_late_withdrawals,
}
