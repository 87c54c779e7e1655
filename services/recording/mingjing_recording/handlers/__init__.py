"""What recording does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.handlers.action import mark_footage_due, require_recordings
from mingjing_recording.handlers.case import note_accepted_cases
from mingjing_recording.handlers.casefile import (
    mark_overdue_casefiles,
    note_decisions,
    schedule_casefiles,
    warn_of_casefiles,
)
from mingjing_recording.handlers.document import expect_documents, mark_documents_due
from mingjing_recording.handlers.footage import (
    note_officers_and_their_footage,
    register_footage,
)
from mingjing_recording.handlers.review import note_reviewers
from mingjing_shared.directory.noting import note_units
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.platform import PlatformProbed, WindowClosed
from mingjing_shared.events.recorders import FootageCaptured
from mingjing_shared.events.review import ReviewAssigned
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.reconciling import note_windows

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    CaseAccepted: note_accepted_cases,
    ActionPerformed: require_recordings,
    FootageCaptured: register_footage,
    DocumentMade: expect_documents,
    DecisionMade: note_decisions,
    EnforcementEnded: schedule_casefiles,
    ReviewAssigned: note_reviewers,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units,
    OfficerDescribed: note_officers_and_their_footage,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
}

ALARMS: Alarms = {
    "upload": mark_footage_due,
    "document": mark_documents_due,
    "casefile_warn": warn_of_casefiles,
    "casefile_breach": mark_overdue_casefiles,
}
