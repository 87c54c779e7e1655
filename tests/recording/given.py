"""Events of one case, and how the worker applies them."""

from mingjing_recording.handlers import HANDLERS
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    EnforcementEnded,
)
from mingjing_shared.messaging import inbox
from mingjing_shared.messaging.waves import waves
from support.events import received

NUMBER = "田公（网）2026-01183"


async def apply(database, *events):
    """One batch past the inbox, in waves, in one transaction."""
    async with database.transaction() as tx:
        fresh, _ = await inbox.take(tx, events)
        for wave in waves(fresh):
            for event_class, group in wave.items():
                await HANDLERS[event_class](group, tx)


def a_case(number=NUMBER, **changes):
    return received(CaseAccepted, case_number=number, **changes)


def a_classified_case(number=NUMBER, about=None):
    left_out = dict.fromkeys(("kind", "cause", "procedure", "handlers"), ...)
    return received(CaseAccepted, about=about, case_number=number, classified=True, **left_out)


def an_act(number=NUMBER, *, about=None, **changes):
    given = {
        "action_id": "A1",
        "kind": "seizure",
        "place_kind": "on_site",
        "started_at": "2026-09-10T22:30:00+08:00",
        "ended_at": "2026-09-10T23:30:00+08:00",
    }
    return received(ActionPerformed, about=about, case_number=number, **{**given, **changes})


def an_end(number=NUMBER, *, about=None, **changes):
    given = {"ended_on": "2026-09-18", "reason": "executed"}
    return received(EnforcementEnded, about=about, case_number=number, **{**given, **changes})


def a_decision(number=NUMBER, *, about=None, **changes):
    return received(DecisionMade, about=about, case_number=number, **changes)
