"""A lawful case as publishers tell it, in which one thing after the other is made wrong."""

from datetime import date, datetime, timedelta

import msgspec

from mingjing_review.rules.contradiction.record import Fact, Record
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DecisionServed,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.finance import FinePaid
from mingjing_shared.events.personnel import OfficerChanged, UnitChanged
from mingjing_shared.events.property import PropertyRegistered, PropertyReturned
from mingjing_shared.events.recorders import CaseAreaEntered, CaseAreaLeft, FootageCaptured

CASE, OTHER = "淮公（治）受案字〔2026〕1号", "淮公（治）受案字〔2026〕2号"
BUREAU = "340400000000"
ONE, TWO, THREE, LEADER = "010001", "010002", "010003", "010009"
MINUTE = timedelta(minutes=1)


def at(day, clock="09:00"):
    """An instant in Shanghai, of a day of March 2026 or a whole date."""
    day = f"2026-03-{day:02}" if isinstance(day, int) else day
    return datetime.fromisoformat(f"{day}T{clock}:00").replace(tzinfo=SHANGHAI)


def on(day):
    return date(2026, 3, day) if isinstance(day, int) else date.fromisoformat(day)


def fact(name, event, /, **data):
    """An event; what it is about is this case unless it is said."""
    if event not in {OfficerChanged, UnitChanged}:
        data.setdefault("case_number", CASE)
    return Fact(name, msgspec.convert(msgspec.to_builtins(data), event))


def act(name="act", kind="questioning", begin=None, end=None, officers=(ONE, TWO), **data):
    begin = begin or at(3)
    data = {"place_kind": "case_area", "action_id": f"id-{name}", **data}
    return fact(
        name,
        ActionPerformed,
        kind=kind,
        started_at=begin,
        ended_at=end or begin + 60 * MINUTE,
        officers=officers,
        **data,
    )


def paper(name, kind, made_at, number=None, title="文书", **data):
    number = number or f"淮公（治）{name}字〔2026〕1号"
    return fact(
        name, DocumentMade, kind=kind, title=title, made_at=made_at, document_number=number, **data
    )


def officer(number, **changes):
    data = {
        "name": "民警",
        "unit": BUREAU,
        "posts": ("民警",),
        "valid_from": on("2020-01-01"),
        "enforcement_certificate": "皖D0001",
        "qualification_valid_until": on("2027-01-01"),
    }
    return fact(f"o-{number}", OfficerChanged, police_number=number, **{**data, **changes})


def accepted(**changes):
    data = {
        "kind": "public_security",
        "cause": {"code": "1", "name": "殴打他人"},
        "procedure": "ordinary",
        "unit": BUREAU,
        "handlers": (ONE, TWO),
        "accepted_at": at(2),
        "parties": (
            {"kind": "person", "name": "甲", "role": "penalised", "birth_date": on("1990-05-01")},
        ),
    }
    return fact("accepted", CaseAccepted, **{**data, **changes})


def made(**changes):
    data = {
        "decision_id": "D1",
        "document_number": "淮公（治）行罚决字〔2026〕1号",
        "kind": "penalty",
        "basis": ({"law": "治安管理处罚法", "article": "51"},),
        "outcome": {"kinds": ("fine",), "fine": "500"},
        "made_on": on(10),
        "approved_by": LEADER,
        "unit": BUREAU,
        "offence_from": on(1),
    }
    return fact("made", DecisionMade, **{**data, **changes})


def served(day=11, **changes):
    data = {"decision_id": "D1", "served_on": on(day), "method": "direct"}
    return fact("served", DecisionServed, **{**data, **changes})


def paid(name="paid", amount="500", day=12):
    return fact(name, FinePaid, decision_id="D1", amount=amount, paid_on=on(day), bank_ref="B1")


def ended(day=20):
    return fact("ended", EnforcementEnded, ended_on=on(day), reason="executed")


def stay(name, begin, end, room="询问室1", person="P1"):
    """Coming in, and going out unless he stays."""
    told = [fact(f"{name}-in", CaseAreaEntered, person_ref=person, at=begin, room=room)]
    if end:
        told.append(fact(f"{name}-out", CaseAreaLeft, person_ref=person, at=end, room=room))
    return told


def film(name="film", begin=None, end=None, who=ONE, case=CASE):
    begin = begin or at(3)
    return fact(
        name,
        FootageCaptured,
        case_number=case,
        footage_id=f"id-{name}",
        serial="S1",
        officer=who,
        started_at=begin,
        ended_at=end or begin + 60 * MINUTE,
    )


def taken(name="taken", when=None, kind=PropertyRegistered):
    return fact(name, kind, property_id="W1", at=when or at(4), keeper="保管室")


def given_back(when):
    return taken("back", when, PropertyReturned)


def station(code=BUREAU):
    return fact(
        "unit",
        UnitChanged,
        code=code,
        name="派出所",
        level="police_station",
        parent="340400000001",
        head=LEADER,
    )


def lawful():
    """A case in which nothing is wrong, by the name of each event."""
    told = [
        *(officer(number) for number in (ONE, TWO, THREE)),
        accepted(),
        *stay("stay", at(3, "08:30"), at(3, "12:00")),
        act(),
        act("notice", "notice", at(9), place_kind="on_site"),
        paper("told", "告知笔录", at(9)),
        made(),
        served(),
        paid(),
        ended(),
    ]
    return {one.id: one for one in told}


def record(*changed, without=()):
    """The lawful case with these events put in place of, or beside, its own."""
    told = lawful() | {one.id: one for one in changed}
    return Record(one for name, one in told.items() if name not in without)
