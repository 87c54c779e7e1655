"""What review does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.handlers.case import note_accepted_cases, note_ended_cases
from mingjing_review.handlers.catalogue import judge_by_published, note_units_and_judge
from mingjing_review.handlers.decision import compare_decisions
from mingjing_review.handlers.law import note_law_changes
from mingjing_review.handlers.overdue import tell_overdue_reviews
from mingjing_review.handlers.proposal import judge_proposals
from mingjing_review.handlers.told import note_footage, note_told
from mingjing_review.store.catalogue import CLOCK as CATALOGUE_CLOCK
from mingjing_review.store.standing import CLOCK
from mingjing_shared.directory.noting import note_officers
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DecisionProposed,
    DecisionServed,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.finance import FinePaid
from mingjing_shared.events.legislation import LawChanged
from mingjing_shared.events.platform import PlatformProbed, WindowClosed
from mingjing_shared.events.property import (
    PropertyDisposed,
    PropertyRegistered,
    PropertyReturned,
)
from mingjing_shared.events.recorders import CaseAreaEntered, CaseAreaLeft, FootageCaptured
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
    ActionPerformed: note_told,
    DocumentMade: note_told,
    DecisionServed: note_told,
    CaseAreaEntered: note_told,
    CaseAreaLeft: note_told,
    PropertyRegistered: note_told,
    PropertyReturned: note_told,
    PropertyDisposed: note_told,
    FinePaid: note_told,
    FootageCaptured: note_footage,
    LawChanged: note_law_changes,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units_and_judge,
    OfficerDescribed: note_officers,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
}

ALARMS: Alarms = {CLOCK: tell_overdue_reviews, CATALOGUE_CLOCK: judge_by_published}
