"""Events of one case, and how the worker applies them."""

from mingjing_recording.handlers import HANDLERS
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.directory import OfficerDescribed, UnitDescribed
from mingjing_shared.events.recorders import FootageCaptured
from mingjing_shared.events.review import ReviewAssigned
from mingjing_shared.messaging import inbox
from mingjing_shared.messaging.waves import waves
from support.events import received
from support.officers import CITY, COUNTY, ELSEWHERE, STATION

NUMBER = "田公（网）2026-01183"
HANDLER, COLLEAGUE, STRANGER = "034211", "034212", "034999"


async def apply(database, *events):
    """One batch past the inbox, in waves, in one transaction."""
    async with database.transaction() as tx:
        fresh, _ = await inbox.take(tx, events)
        for wave in waves(fresh):
            for event_class, group in wave.items():
                await HANDLERS[event_class](group, tx)


def a_case(number=NUMBER, *, about=None, **changes):
    given = {"unit": STATION, "handlers": [HANDLER], "kind": "public_security"}
    return received(CaseAccepted, about=about, case_number=number, **{**given, **changes})


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
        "officers": [HANDLER, COLLEAGUE],
    }
    return received(ActionPerformed, about=about, case_number=number, **{**given, **changes})


def an_end(number=NUMBER, *, about=None, **changes):
    given = {"ended_on": "2026-09-18", "reason": "executed"}
    return received(EnforcementEnded, about=about, case_number=number, **{**given, **changes})


def a_decision(number=NUMBER, *, about=None, **changes):
    return received(DecisionMade, about=about, case_number=number, **changes)


def footage(footage_id="F1", *, about=None, **changes):
    """What a recorder says: an hour of the act, of a case it does not name."""
    given = {
        "footage_id": footage_id,
        "case_number": ...,
        "serial": "ZFY0042",
        "officer": HANDLER,
        "started_at": "2026-09-10T22:30:00+08:00",
        "ended_at": "2026-09-10T23:30:00+08:00",
    }
    return received(
        FootageCaptured,
        about={"source": "/huainan/recorders", **(about or {})},
        **{**given, **changes},
    )


def a_document(number=NUMBER, *, about=None, **changes):
    given = {
        "document_number": "淮公(田)行罚决字〔2026〕00123号",
        "kind": "行政处罚决定书",
        "title": "欧阳查无此人的处罚决定",
        "made_at": "2026-09-18T10:00:00+08:00",
    }
    return received(DocumentMade, about=about, case_number=number, **{**given, **changes})


def an_assignment(number=NUMBER, *, about=None, reviewer=HANDLER):
    """A reviewer took on the legal review of a case."""
    return received(
        ReviewAssigned,
        about={"source": "/mingjing/review", **(about or {})},
        case_number=number,
        reviewer=reviewer,
    )


def the_directory():
    """The city, a county, its station, another county; three officers of the station."""
    since = "2020-01-01"
    units = [
        (CITY, "淮南市公安局", "city", None),
        (COUNTY, "大通分局", "county", CITY),
        (STATION, "上窑派出所", "station", COUNTY),
        (ELSEWHERE, "田家庵分局", "county", CITY),
    ]
    described = [
        received(
            UnitDescribed,
            code=code,
            versions=[{"valid_from": since, "name": name, "level": level, "parent": parent}],
        )
        for code, name, level, parent in units
    ]
    return described + [
        received(
            OfficerDescribed,
            police_number=number,
            versions=[{"valid_from": since, "name": "警官", "unit": STATION, "posts": ["民警"]}],
        )
        for number in (HANDLER, COLLEAGUE)
    ]


async def accessed(database):
    """What was told of looks at footage, as text, in order."""
    rows = await database.all(
        "SELECT value FROM outbox"
        " WHERE attributes->>'type' = 'cn.mingjing.footage.accessed' ORDER BY position"
    )
    return [row.value.decode() for row in rows]
