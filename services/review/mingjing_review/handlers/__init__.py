"""What review does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.handlers.case import note_accepted_cases, note_ended_cases
from mingjing_review.handlers.decision import compare_decisions
from mingjing_review.handlers.overdue import tell_overdue_reviews
from mingjing_review.handlers.proposal import judge_proposals
from mingjing_review.store.standing import CLOCK
from mingjing_shared.directory.noting import note_officers, note_units
from mingjing_shared.events.casework import (
    CaseAccepted,
    DecisionMade,
    DecisionProposed,
    EnforcementEnded,
)
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.platform import PlatformProbed, WindowClosed
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.reconciling import note_windows

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    CaseAccepted: note_accepted_cases,
    DecisionProposed: judge_proposals,
    DecisionMade: compare_decisions,
    EnforcementEnded: note_ended_cases,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units,
    OfficerDescribed: note_officers,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
}

ALARMS: Alarms = {CLOCK: tell_overdue_reviews}
