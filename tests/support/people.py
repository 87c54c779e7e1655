"""Events that name a person in every field that may, and how a worker applies them."""

from importlib import import_module

from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DecisionProposed,
    EnforcementEnded,
)
from mingjing_shared.events.review import ReviewBypassed
from support.events import received

NUMBER = "田公（网）2026-01183"
NAME = "欧阳查无此人"
RESIDENT_ID = "11010519491231002X"
ADDRESS = "某某路九十九号"
PHONE = "13800138000"
ADULT = {
    "kind": "person",
    "name": NAME,
    "resident_id": RESIDENT_ID,
    "role": "penalised",
    "address": ADDRESS,
    "phone": PHONE,
}
BASIS = [{"law": "道路交通安全法", "article": "第九十条"}]  # what rests on 治安管理处罚法 is sealed
PERSONAL = (NAME, RESIDENT_ID, ADDRESS, PHONE, "034211")


async def apply(database, *events):
    handlers = import_module(f"mingjing_{database.installation.service}.handlers").HANDLERS
    async with database.transaction() as tx:
        for item in events:
            await handlers[type(item.event)]([item], tx)


def a_case(number=NUMBER, **changes):
    given = {"kind": "traffic", "parties": [ADULT]}
    return received(CaseAccepted, case_number=number, **{**given, **changes})


def an_act(number=NUMBER, **changes):
    given = {
        "action_id": "A1",
        "kind": "seizure",
        "place_kind": "on_site",
        "started_at": "2026-09-10T22:30:00+08:00",
        "ended_at": "2026-09-10T23:30:00+08:00",
        "officers": ["034211", "034212"],
        "subject_parties": [ADULT],
        "note": NAME,
    }
    return received(ActionPerformed, case_number=number, **{**given, **changes})


def a_proposal(number=NUMBER, **changes):
    given = {
        "basis": BASIS,
        "decision_id": "D1",
        "proposed_at": "2026-09-18T09:30:00+08:00",
        "outcome": {"kinds": ["fine"], "fine": "4000.00"},
        "parties": [ADULT],
    }
    return received(DecisionProposed, case_number=number, **{**given, **changes})


def a_decision(number=NUMBER, **changes):
    given = {
        "basis": BASIS,
        "decision_id": "D1",
        "kind": "penalty",
        "made_on": "2026-09-18",
        "outcome": {"kinds": ["fine"], "fine": "4000.00"},
        "parties": [ADULT],
    }
    return received(DecisionMade, case_number=number, **{**given, **changes})


def an_end(number=NUMBER, **changes):
    given = {"ended_on": "2026-09-18", "reason": "executed"}
    return received(EnforcementEnded, case_number=number, **{**given, **changes})


def a_bypass(number=NUMBER, **changes):
    given = {"decision_id": "D1", "how": "none"}
    about = {"source": "/mingjing/review", **changes.pop("about", {})}
    return received(ReviewBypassed, case_number=number, about=about, **{**given, **changes})
