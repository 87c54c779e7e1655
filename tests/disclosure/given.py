"""A case and a decision of it, as disclosure gets them."""

from mingjing_shared.events.casework import CaseAccepted, DecisionMade, EnforcementEnded
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
    given = {"decision_id": "D1", "kind": "penalty", "made_on": "2026-09-18", "parties": []}
    return received(DecisionMade, about=about, case_number=number, **{**given, **changes})


def an_end(number=NUMBER, *, about=None, **changes):
    given = {"ended_on": "2026-09-20", "reason": "executed"}
    return received(EnforcementEnded, about=about, case_number=number, **{**given, **changes})


def correcting(event):
    return {"supersedes": f"{event.envelope.source}#{event.envelope.id}"}
