"""A case and a decision of it, as disclosure gets them."""

from mingjing_shared.events.casework import (
    CaseAccepted,
    DecisionChanged,
    DecisionFoundIllegal,
    DecisionMade,
    DecisionRevoked,
    DecisionServed,
    EnforcementEnded,
    RemedyRecorded,
)
from support.events import received

NUMBER = "田公（网）2026-01183"
ADULT = {
    "kind": "person",
    "name": "测试甲",
    "resident_id": "11010519491231002X",
    "role": "penalised",
}


def a_case(number=NUMBER, *, about=None, **changes):
    given = {"kind": "traffic", "parties": [ADULT]}
    return received(CaseAccepted, about=about, case_number=number, **{**given, **changes})


def a_classified_case(number=NUMBER, *, about=None):
    left_out = dict.fromkeys(("kind", "cause", "procedure", "handlers"), ...)
    return received(CaseAccepted, about=about, case_number=number, classified=True, **left_out)


def a_decision(number=NUMBER, *, about=None, **changes):
    given = {
        "decision_id": "D1",
        "kind": "penalty",
        "made_on": "2026-09-18",
        "parties": [],
        "basis": [{"law": "道路交通安全法", "article": "第九十条"}],
    }
    return received(DecisionMade, about=about, case_number=number, **{**given, **changes})


def an_end(number=NUMBER, *, about=None, **changes):
    given = {"ended_on": "2026-09-20", "reason": "executed"}
    return received(EnforcementEnded, about=about, case_number=number, **{**given, **changes})


def correcting(event):
    return {"supersedes": f"{event.envelope.source}#{event.envelope.id}"}


def a_service(number=NUMBER, *, about=None, **changes):
    given = {"decision_id": "D1", "served_on": "2026-09-20", "method": "service_direct"}
    return received(DecisionServed, about=about, case_number=number, **{**given, **changes})


def an_undoing(kind="revoked", number=NUMBER, *, about=None, **changes):
    event = {
        "revoked": DecisionRevoked,
        "changed": DecisionChanged,
        "found_illegal": DecisionFoundIllegal,
    }[kind]
    given = {
        "decision_id": "D1",
        "on": "2026-09-24",
        "by": "淮南市人民政府",
        "reason": "事实不清",
    }
    return received(event, about=about, case_number=number, **{**given, **changes})


def a_remedy(number=NUMBER, *, about=None, **changes):
    given = {"decision_id": "D1", "kind": "reconsideration", "filed_on": "2026-09-22"}
    left_out = dict.fromkeys(("result", "result_on"), ...)
    return received(
        RemedyRecorded, about=about, case_number=number, **{**left_out, **given, **changes}
    )
