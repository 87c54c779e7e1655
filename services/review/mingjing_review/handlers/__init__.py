"""What review does when something happened; ``HANDLERS`` is the whole routing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.handlers.absence import give_to_others
from mingjing_review.handlers.case import note_accepted_cases, note_ended_cases
from mingjing_review.handlers.catalogue import judge_by_published, note_units_and_judge
from mingjing_review.handlers.decision import compare_decisions
from mingjing_review.handlers.gap import note_gaps
from mingjing_review.handlers.law import note_law_changes
from mingjing_review.handlers.officer import note_officers_and_seek
from mingjing_review.handlers.overdue import tell_overdue_reviews
from mingjing_review.handlers.personnel import note_advisers, note_exams
from mingjing_review.handlers.proposal import judge_proposals
from mingjing_review.handlers.staffing import CLOCK as STAFFING
from mingjing_review.handlers.staffing import measure_staffing
from mingjing_review.handlers.terms import end_of_days, escalate, remind
from mingjing_review.handlers.told import note_acts, note_footage, note_told
from mingjing_review.handlers.transferred import note_transferred
from mingjing_review.store.catalogue import CLOCK as CATALOGUE_CLOCK
from mingjing_review.store.standing import CLOCK
from mingjing_review.store.term import HEARING_DAY, LEAD, PASSED
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    CaseTransferred,
    DecisionMade,
    DecisionProposed,
    DecisionServed,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.directory import OfficerDescribed, PublisherRegistered, UnitDescribed
from mingjing_shared.events.finance import FinePaid
from mingjing_shared.events.legislation import LawChanged
from mingjing_shared.events.personnel import AdviserEngaged, ExamPassed
from mingjing_shared.events.platform import PlatformProbed, WindowClosed
from mingjing_shared.events.property import (
    PropertyDisposed,
    PropertyRegistered,
    PropertyReturned,
)
from mingjing_shared.events.recorders import CaseAreaEntered, CaseAreaLeft, FootageCaptured
from mingjing_shared.events.recording import RecordGapClosed, RecordGapExplained, RecordGapFound
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_shared.messaging.reconciling import note_windows

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    CaseAccepted: note_accepted_cases,
    CaseTransferred: note_transferred,
    DecisionProposed: judge_proposals,
    DecisionMade: compare_decisions,
    EnforcementEnded: note_ended_cases,
    ActionPerformed: note_acts,
    DocumentMade: note_acts,
    DecisionServed: note_told,
    CaseAreaEntered: note_told,
    CaseAreaLeft: note_told,
    PropertyRegistered: note_told,
    PropertyReturned: note_told,
    PropertyDisposed: note_told,
    FinePaid: note_told,
    FootageCaptured: note_footage,
    **dict.fromkeys((RecordGapFound, RecordGapExplained, RecordGapClosed), note_gaps),
    AdviserEngaged: note_advisers,
    ExamPassed: note_exams,
    LawChanged: note_law_changes,
    PublisherRegistered: register_publishers,
    UnitDescribed: note_units_and_judge,
    OfficerDescribed: note_officers_and_seek,
    PlatformProbed: note_probes,
    WindowClosed: note_windows,
}

ALARMS: Alarms = {
    CLOCK: tell_overdue_reviews,
    "absence": give_to_others,
    STAFFING: measure_staffing,
    LEAD: remind,
    PASSED: escalate,
    HEARING_DAY: end_of_days,
    CATALOGUE_CLOCK: judge_by_published,
}
