"""What tasks does when something happened; ``HANDLERS`` is the whole routing.

Every event that can name a case goes to the archive and the timeline; a few mean more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.events import with_case_number
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from mingjing_shared.events.directory import PublisherRegistered
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.events.review import ReviewBypassed, ReviewCleared, ReviewNotRequired
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers
from mingjing_tasks.handlers.archive import archive_events
from mingjing_tasks.handlers.case import note_accepted_cases
from mingjing_tasks.handlers.warning import judge_reviews, note_decisions

if TYPE_CHECKING:
    from mingjing_shared.messaging.clocks import Alarms
    from mingjing_shared.messaging.received import Handlers

HANDLERS: Handlers = {
    **dict.fromkeys(with_case_number(), archive_events),
    CaseAccepted: note_accepted_cases,
    DecisionMade: note_decisions,
    ReviewBypassed: judge_reviews,
    ReviewCleared: judge_reviews,
    ReviewNotRequired: judge_reviews,
    PublisherRegistered: register_publishers,
    PlatformProbed: note_probes,
}

ALARMS: Alarms = {}
