"""Dates that cannot be are refused at the door; dates that only break the law are not."""

from datetime import UTC, datetime

import pytest

from mingjing_shared.events import example, implausible, implausible_instant
from mingjing_shared.events.casework import ActionPerformed, CaseAccepted, DecisionMade
from mingjing_shared.events.review import ReviewRequired

LATEST = datetime(2026, 9, 18, 4, 0, tzinfo=UTC)  # noon in Shanghai


@pytest.mark.parametrize(
    ("event_class", "changes", "path"),
    [
        (DecisionMade, {"made_on": "1948-12-31"}, "made_on"),
        (DecisionMade, {"made_on": "2101-01-01"}, "made_on"),
        (DecisionMade, {"made_on": "2026-09-19"}, "made_on"),
        (DecisionMade, {"effective_on": "9999-12-31"}, "effective_on"),
        (ActionPerformed, {"started_at": "0001-01-01T00:00:00+08:00"}, "started_at"),
        (ActionPerformed, {"ended_at": "2026-09-18T12:00:01+08:00"}, "ended_at"),
    ],
)
def test_an_impossible_date_is_named(event_class, changes, path):
    [problem] = implausible(event_class, example(event_class, **changes), LATEST)
    assert (problem.path, problem.rule) == (path, "implausible")
    assert changes[path] in problem.message
    assert "请核对后重发" in problem.message


@pytest.mark.parametrize(
    ("event_class", "changes"),
    [
        (DecisionMade, {"made_on": "1949-01-01"}),
        (DecisionMade, {"made_on": "2026-09-18"}),
        (DecisionMade, {"effective_on": "2027-01-01"}),
        (DecisionMade, {"effective_on": None}),
        (ActionPerformed, {"ended_at": "2026-09-18T12:00:00+08:00"}),
        (ReviewRequired, {"decide_by": "2100-12-31"}),
        (CaseAccepted, {"parties": [{"kind": "person", "name": "老", "birth_date": "1900-01-01"}]}),
    ],
)
def test_a_possible_date_is_left_alone(event_class, changes):
    assert implausible(event_class, example(event_class, **changes), LATEST) == []


def test_an_impossible_birth_date_is_named_but_not_repeated():
    party = {"kind": "person", "name": "张", "birth_date": "1899-12-31"}
    [problem] = implausible(CaseAccepted, example(CaseAccepted, parties=[party]), LATEST)
    assert problem.path == "parties[0].birth_date"
    assert "1899-12-31" not in problem.message


def test_the_time_of_an_event_is_judged_alike():
    assert implausible_instant(datetime(1948, 1, 1, tzinfo=UTC), LATEST)
    assert implausible_instant(LATEST, LATEST) is None
