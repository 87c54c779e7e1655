"""Events of one case, and how the worker applies them."""

import json

from mingjing_shared.events import example
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from mingjing_shared.events.review import ReviewBypassed, ReviewCleared, ReviewNotRequired
from mingjing_shared.messaging import inbox
from mingjing_shared.messaging.waves import waves
from mingjing_tasks.handlers import HANDLERS
from support.events import received

NUMBER = "田公（网）2026-01183"
KEY = "田公(网)2026-01183"
REVIEW = {"source": "/mingjing/review"}
TEXT, OTHER_TEXT = "a" * 64, "b" * 64


async def apply(database, *events):
    """One batch past the inbox, in waves, in one transaction."""
    async with database.transaction() as tx:
        fresh, _ = await inbox.take(tx, events)
        for wave in waves(fresh):
            for event_class, group in wave.items():
                await HANDLERS[event_class](group, tx)


async def said(database):
    """Types and data of what was announced, in order."""
    rows = await database.all("SELECT attributes, value FROM outbox ORDER BY position")
    prefix = "cn.mingjing."
    return [(r.attributes["type"].removeprefix(prefix), json.loads(r.value)) for r in rows]


def full(event_class, *, about=None, **changes):
    """An event with every field its type has."""
    return received(event_class, about=about, **{**example(event_class, full=True), **changes})


def a_case(number=NUMBER, **changes):
    return received(CaseAccepted, case_number=number, **changes)


def a_classified_case(number=NUMBER, about=None):
    left_out = dict.fromkeys(("kind", "cause", "procedure", "handlers"), ...)
    return received(CaseAccepted, about=about, case_number=number, classified=True, **left_out)


def a_decision(number=NUMBER, *, about=None, **changes):
    given = {"decision_id": "D1", "unit": "340403510000"}
    return received(DecisionMade, about=about, case_number=number, **{**given, **changes})


def _of_review(event_class, number, about, changes):
    given = {"decision_id": "D1", "draft_sha256": TEXT}
    envelope = {**REVIEW, **(about or {})}
    return received(event_class, about=envelope, case_number=number, **{**given, **changes})


def a_bypass(number=NUMBER, *, about=None, **changes):
    return _of_review(ReviewBypassed, number, about, {"how": "none", **changes})


def not_required(number=NUMBER, *, about=None, **changes):
    return _of_review(ReviewNotRequired, number, about, changes)


def cleared(number=NUMBER, *, about=None, **changes):
    return _of_review(ReviewCleared, number, about, changes)


def correcting(event):
    return {"supersedes": f"{event.envelope.source}#{event.envelope.id}"}
