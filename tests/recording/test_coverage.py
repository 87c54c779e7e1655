"""What footage covers of an act, which hole counts, and what follows from it."""

from datetime import datetime, timedelta

import pytest

from mingjing_recording.pages.ruler import ruler_of
from mingjing_recording.rules.coverage import Span, coverage_of, merged, overlaps
from mingjing_recording.rules.gap import effect_of, record_state

START = datetime.fromisoformat("2026-09-10T22:30:00+08:00")


def span(first, last):
    """From minute to minute of the act."""
    return Span(START + timedelta(minutes=first), START + timedelta(minutes=last))


def covered_by(*footage, minutes=60):
    return coverage_of(START, START + timedelta(minutes=minutes), footage)


@pytest.mark.parametrize(
    ("footage", "kind", "minutes"),
    [
        ([], "missing", 60),
        ([span(-30, 0)], "missing", 60),
        ([span(60, 90)], "missing", 60),
        ([span(0, 53)], "partial", 7),
        ([span(7, 60)], "partial", 7),
        ([span(7, 53)], "partial", 14),
        ([span(0, 20), span(27, 60)], "interrupted", 7),
        ([span(2, 20), span(27, 60)], "partial", 9),
        ([span(0, 58.5)], "partial", 2),
    ],
)
def test_a_gap_has_a_kind_and_its_minutes(footage, kind, minutes):
    found = covered_by(*footage)
    assert (found.gap_kind, found.gap_minutes) == (kind, minutes)


@pytest.mark.parametrize(
    "footage",
    [
        [span(0, 60)],
        [span(-5, 90)],
        [span(0, 30), span(30, 60)],
        [span(30, 60), span(0, 30)],
        [span(0, 40), span(20, 60)],
        [span(1, 60)],
        [span(0, 59)],
        [span(0, 20), span(21, 60)],
    ],
    ids=[
        "exactly",
        "more",
        "two",
        "in any order",
        "one over the other",
        "a minute late",
        "a minute early",
        "a minute between",
    ],
)
def test_an_act_is_covered_when_no_hole_is_longer_than_a_minute(footage):
    assert covered_by(*footage).gap_kind is None


def test_a_hole_of_one_second_more_than_a_minute_counts():
    end = START + timedelta(minutes=60)
    found = coverage_of(START, end, [Span(START + timedelta(seconds=61), end)])
    assert (found.gap_kind, found.gap_minutes) == ("partial", 2)


def test_an_act_told_to_end_before_it_began_is_an_instant():
    early = START - timedelta(minutes=5)
    assert coverage_of(START, early, []).gap_kind == "missing"
    assert coverage_of(START, early, [span(-1, 1)]).gap_kind is None
    assert coverage_of(START, early, [span(-3, -1)]).gap_kind == "missing"


def test_what_lies_over_and_beside_each_other_becomes_one_span():
    assert merged([span(5, 9), span(0, 3), span(3, 4), span(8, 12)]) == (span(0, 4), span(5, 12))


def test_spans_that_only_touch_have_no_time_in_common():
    assert not overlaps(span(0, 10), span(10, 20))
    assert overlaps(span(0, 10), span(9, 20))
    assert overlaps(span(0, 10), span(10, 10))


def effect(**changes):
    given = {
        "kind": "questioning",
        "place_kind": "case_area",
        "started_at": START,
        "officers": 1,
        "case_kind": "public_security",
    }
    return effect_of(**{**given, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"officers": 2},
        {"place_kind": "on_site"},
        {"kind": "search"},
        {"case_kind": "traffic"},
        {"case_kind": None},
        {"started_at": datetime.fromisoformat("2025-12-31T23:59:00+08:00")},
    ],
    ids=", ".join,
)
def test_a_gap_is_a_finding_where_the_law_does_not_void_the_evidence(changes):
    assert effect(**changes) == "finding"


@pytest.mark.parametrize("kind", ["questioning", "seizure", "identification", "mediation"])
def test_a_gap_blocks_where_one_officer_acted_in_the_case_area_since_2026(kind):
    first_day = datetime.fromisoformat("2026-01-01T00:00:00+08:00")
    assert effect(kind=kind, started_at=first_day) == "blocking"


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"level": None}, "nothing"),
        ({"level": "full"}, "unlinked"),
        ({"level": "as_needed"}, "unlinked"),
        ({"level": "full", "has_footage": True}, "linked"),
        ({"level": "full", "has_due_gap": True}, "gap_open"),
        ({"level": "full", "has_due_gap": True, "has_footage": True}, "gap_open"),
        ({"level": "full", "has_due_gap": True, "is_explained": True}, "gap_explained"),
        ({"level": "full", "has_footage": True, "is_archived": True}, "archived"),
        ({"level": "full", "has_due_gap": True, "is_archived": True}, "gap_open"),
        (
            {"level": "full", "has_due_gap": True, "is_explained": True, "is_archived": True},
            "archived",
        ),
    ],
)
def test_the_state_of_a_record_follows_from_what_is_there(given, state):
    nothing = dict.fromkeys(("has_footage", "has_due_gap", "is_explained", "is_archived"), False)
    assert record_state(**{**nothing, **given}) == state


def test_the_ruler_says_in_words_what_it_draws():
    covered = [[span(0, 20).start.isoformat(), span(0, 20).end.isoformat()]]
    ruler = ruler_of(START, START + timedelta(minutes=60), covered)
    assert [(bar.x, bar.width, bar.is_hole) for bar in ruler.bars] == [
        (0, 333, False),
        (333, 667, True),
    ]
    assert ruler.says == "全程 1 小时，有录像 20 分；缺 40 分：22:50–23:30"


def test_an_act_without_length_has_no_ruler():
    assert ruler_of(START, START, []) is None
