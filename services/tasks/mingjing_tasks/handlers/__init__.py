"""What tasks does when something happened; ``HANDLERS`` is the whole routing.

Every event that can name a case goes to the archive and the timeline; a few mean more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.directory.noting import note_officers, note_units
from mingjing_shared.events import with_case_number
from mingjing_shared.events.casework import CaseAccepted, DecisionMade, DocumentMade
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.platform import (
    LogAccepted,
    LogRefused,
    PlatformProbed,
    WindowClosed,
)
from mingjing_shared.events.review import StaffingMeasured
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.reconciling import note_windows
from mingjing_tasks.handlers.archive import archive_events
from mingjing_tasks.handlers.case import note_accepted_cases
from mingjing_tasks.handlers.fact import WORDS, note_decisions, note_documents, note_facts
from mingjing_tasks.handlers.log import note_logs
from mingjing_tasks.handlers.staffing import note_staffing
from mingjing_tasks.handlers.task import MEASURE, measure_months, tell_overdue
from mingjing_tasks.handlers.withdrawal import tell_late_withdrawals

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    **dict.fromkeys(with_case_number(), archive_events),
    CaseAccepted: note_accepted_cases,
    DecisionMade: note_decisions,
    DocumentMade: note_documents,
    **dict.fromkeys(WORDS, note_facts),
    StaffingMeasured: note_staffing,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units,
    OfficerDescribed: note_officers,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
    LogRefused: note_logs,
    LogAccepted: note_logs,
}

ALARMS: Alarms = {
    MEASURE: measure_months,
    "task_due": tell_overdue,
    "withdrawal": tell_late_withdrawals,
}
