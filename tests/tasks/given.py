"""Events of one case, and how the worker applies them."""

import contextlib
import json
from datetime import timedelta

from mingjing_shared.events import example
from mingjing_shared.events.casework import ActionPerformed, CaseAccepted, DecisionMade
from mingjing_shared.events.directory import UnitDescribed
from mingjing_shared.events.review import ReviewBypassed, ReviewCleared, ReviewNotRequired
from mingjing_shared.messaging import inbox
from mingjing_shared.messaging.waves import waves
from mingjing_shared.web.desk import Desk
from mingjing_tasks.handlers import HANDLERS
from mingjing_tasks.settings import SEALED_AFTER
from mingjing_tasks.store import archive as store
from support.events import received
from support.officers import CITY, COUNTY, ELSEWHERE, STATION

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


async def a_tree(database):
    """City over county over station, and another county."""
    units = [
        (CITY, "淮南市公安局", None, "city_bureau"),
        (COUNTY, "大通分局", CITY, "district_branch"),
        (STATION, "大通派出所", COUNTY, "police_station"),
        (ELSEWHERE, "田家庵分局", CITY, "district_branch"),
    ]
    events = []
    for code, name, parent, level in units:
        version = {"valid_from": "2020-01-01", "name": name, "level": level}
        version |= {"parent": parent} if parent else {}
        about = {"source": "/mingjing/gateway"}
        events.append(received(UnitDescribed, about=about, code=code, versions=[version]))
    async with database.transaction() as tx:
        await HANDLERS[UnitDescribed](events, tx)


async def audited(database):
    """What stands in the audit, in order: act and outcome."""
    rows = await database.all("SELECT act, outcome FROM audit ORDER BY number")
    return [tuple(row) for row in rows]


@contextlib.asynccontextmanager
async def at_desk_of(database, officer):
    """An act of an officer without a browser: one transaction, its audit at the end."""
    async with database.transaction() as tx:
        desk = Desk(tx, officer)
        yield desk
        await desk.end_well()


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


def of_review(event_class, number=NUMBER, *, about=None, **changes):
    return _of_review(event_class, number, about, changes)


def of_recording(event_class, number=NUMBER, *, about=None, **changes):
    envelope = {"source": "/mingjing/recording", **(about or {})}
    return received(event_class, about=envelope, case_number=number, **changes)


def of_disclosure(event_class, number=NUMBER, *, about=None, **changes):
    envelope = {"source": "/mingjing/disclosure", **(about or {})}
    given = {"item_id": "I1", "decision_id": "D1", **changes}
    return received(event_class, about=envelope, case_number=number, **given)


def correcting(event):
    return {"supersedes": f"{event.envelope.source}#{event.envelope.id}"}


def acts(many):
    return [received(ActionPerformed, about={"id": f"act-{n}"}) for n in range(many)]


async def archived(database, month, events):
    """Put events into the archive as if they had come in that month."""
    keys = database.installation.keys
    rows = [
        store.archive_row(item, keys, month.first + timedelta(days=9, seconds=n))
        for n, item in enumerate(events)
    ]
    async with database.transaction() as tx:
        await store.add_events(tx, rows)


def over(month):
    return month.end + SEALED_AFTER + timedelta(seconds=1)


async def recorded(database, month):
    return await database.all(
        "SELECT manifest_sha256, events FROM sealed_months WHERE month = :month", month=str(month)
    )
