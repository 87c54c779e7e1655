"""Live oversight without a broker: the window, who is silent, the warning, the page."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_tasks.rules.figures import MINUTES_MAX, figures_of, flows_of
from mingjing_tasks.rules.live import (
    HOUR_SECONDS,
    MINUTE_SECONDS,
    Arrival,
    Last,
    What,
    Window,
    hour_of,
)
from mingjing_tasks.rules.silence import (
    DAY_SECONDS,
    WEEK_SECONDS,
    Past,
    verdict_of,
    wanted_hours,
)
from mingjing_tasks.stream.places import Places

ACCEPTED, DECIDED = "cn.mingjing.case.accepted", "cn.mingjing.decision.made"
CLEARED = "cn.mingjing.review.cleared"
NOW = datetime(2026, 11, 26, 10, 30, 20, tzinfo=UTC).timestamp()
THIS_HOUR = hour_of(NOW)
CASE = What("casework", ACCEPTED, "340403000000")


def an_arrival(at, number=0, what=CASE, mode="live"):
    return Arrival(at, f"/huainan/casework#{number}", what, mode)


def a_window(*arrivals, hours=3):
    window = Window(hours)
    for arrival in arrivals:
        window.note(arrival)
    return window


@pytest.mark.parametrize("mode", ["backfill", "synthetic", "replay"])
def test_what_is_not_live_is_not_counted_and_shows_that_the_platform_lives(mode):
    window = a_window(an_arrival(NOW, mode=mode))
    assert window.hour(THIS_HOUR) == Counter()
    assert window.last == {}
    assert window.heard == {THIS_HOUR + 30 * MINUTE_SECONDS}


def test_an_event_that_comes_twice_counts_once():
    window = a_window(an_arrival(NOW), an_arrival(NOW + 1))
    assert window.hour(THIS_HOUR) == Counter({CASE: 1})


@pytest.mark.parametrize(
    ("second", "counted"),
    [
        (THIS_HOUR - 1, 0),  # the last second of the hour before
        (THIS_HOUR, 1),
        (THIS_HOUR + HOUR_SECONDS - 1, 1),
        (THIS_HOUR + HOUR_SECONDS, 0),
    ],
)
def test_an_hour_holds_its_first_second_and_not_the_next_hours(second, counted):
    assert a_window(an_arrival(second)).hour(THIS_HOUR)[CASE] == counted


@pytest.mark.parametrize(
    ("second", "held"),
    [(THIS_HOUR - 3 * HOUR_SECONDS - 1, 0), (THIS_HOUR - 3 * HOUR_SECONDS, 1)],
)
def test_whole_hours_are_forgotten_and_the_oldest_that_is_held_is_whole(second, held):
    window = a_window(an_arrival(second))
    window.forget(NOW)
    assert window.hour(hour_of(second))[CASE] == held
    assert len(window.last) == held
    assert len(window.heard) == held
    assert window.note(an_arrival(second)) is not bool(held)  # what was forgotten is not known


def test_minutes_and_hours_stand_in_order_with_the_newest_at_the_end():
    window = a_window(
        an_arrival(NOW, 1),
        an_arrival(NOW - MINUTE_SECONDS, 2),
        an_arrival(THIS_HOUR - 1, 3),
        an_arrival(THIS_HOUR - 3 * HOUR_SECONDS, 4),
    )
    by = lambda what: what.publisher  # noqa: E731 - as the callers write it
    assert window.minutes(NOW, 3, by) == {"casework": [0, 1, 1]}
    assert window.closed_hours(NOW, by) == {"casework": [1, 0, 1]}


arrivals = st.lists(
    st.builds(
        an_arrival,
        at=st.floats(NOW - 3 * HOUR_SECONDS, NOW),
        number=st.integers(0, 30),
        what=st.sampled_from(
            [CASE, What("casework", DECIDED, None), What("review", CLEARED, None)]
        ),
        mode=st.sampled_from(["live", "live", "backfill"]),
    ),
    max_size=60,
    unique_by=lambda arrival: arrival.name,
)


@given(arrivals, st.randoms())
def test_any_order_and_any_repetition_give_the_same_figures(some, random):
    again = [*some, *random.sample(some, len(some))]
    random.shuffle(again)
    whole, mixed = a_window(*some), a_window(*again)
    span = (THIS_HOUR - 4 * HOUR_SECONDS, THIS_HOUR + HOUR_SECONDS)
    assert mixed.counts(*span) == whole.counts(*span)
    assert {who: one.at for who, one in mixed.last.items()} == {
        who: one.at for who, one in whole.last.items()
    }
    counted = Counter(one.what for one in some if one.mode == "live")
    assert whole.counts(*span) == counted


def weekly(events, weeks=4, hour=THIS_HOUR):
    """So many events in this hour of the week, and in the one before it, for some weeks."""
    hours = {
        hour - WEEK_SECONDS * back - shift: events
        for back in range(1, weeks + 1)
        for shift in (0, HOUR_SECONDS, 2 * HOUR_SECONDS)
    }
    return Past(hours, min(hours) - 1)


YOUNG = Past({THIS_HOUR - DAY_SECONDS: 60}, THIS_HOUR - 2 * DAY_SECONDS)


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (Past({}), None),
        (YOUNG, None),
        (weekly(60, weeks=2), 60),
        # The median forgives one week of silence.
        (Past({**weekly(60).hours, THIS_HOUR - WEEK_SECONDS: 0}, weekly(60).begun), 60),
        (
            Past({THIS_HOUR - DAY_SECONDS * n: 12 for n in (1, 2)}, THIS_HOUR - 2.5 * DAY_SECONDS),
            None,
        ),
        (
            Past(
                {THIS_HOUR - DAY_SECONDS * n: 12 for n in (1, 2, 3)}, THIS_HOUR - 3.5 * DAY_SECONDS
            ),
            12,
        ),
        (Past({}, THIS_HOUR - 3 * WEEK_SECONDS), 0),  # known, and always quiet at that hour
    ],
)
def test_an_hour_is_expected_by_the_same_hour_of_former_weeks_else_of_former_days(past, expected):
    assert past.expected(THIS_HOUR) == expected


@given(st.floats(0, 2e9), st.integers(0, 100))
def test_the_hours_asked_for_hold_every_hour_that_is_expected_from(first, hours):
    end = first + hours * HOUR_SECONDS
    spans = wanted_hours(first, end)
    assert spans == sorted(spans)
    assert all(one[1] < two[0] for one, two in pairwise(spans))
    for hour in (hour_of(first), hour_of(end)):
        for back in (WEEK_SECONDS, 8 * WEEK_SECONDS, DAY_SECONDS, 14 * DAY_SECONDS):
            assert any(begin <= hour - back < until for begin, until in spans)


def every_minute(first, end):
    return set(range(first, end, MINUTE_SECONDS))


ALIVE = every_minute(THIS_HOUR - 3 * HOUR_SECONDS, THIS_HOUR + HOUR_SECONDS)
BEGIN = THIS_HOUR - 3 * HOUR_SECONDS


def a_verdict(minutes_ago, past, heard=ALIVE, now=NOW):
    last = None if minutes_ago is None else Last(now - minutes_ago * MINUTE_SECONDS, "s#1")
    return verdict_of(last, past, heard, BEGIN, now)


@pytest.mark.parametrize(
    ("minutes_ago", "past", "heard", "state"),
    [
        (None, weekly(60), ALIVE, "never"),
        (30, Past({}), ALIVE, "learning"),
        (30, YOUNG, ALIVE, "learning"),
        (30, weekly(60), set(), "heard"),  # the platform itself was deaf
        (30, weekly(60), every_minute(THIS_HOUR + 25 * 60, THIS_HOUR + 30 * 60), "heard"),
        (30, weekly(1), ALIVE, "heard"),  # one in an hour may well be late
        (5, weekly(600), ALIVE, "heard"),  # fifty are missed, in five minutes
        (10, weekly(60), ALIVE, "heard"),  # nine are missed
        (11, weekly(60), ALIVE, "silent"),
        (100_000, weekly(60), ALIVE, "silent"),  # long before the window: of the window alone
    ],
)
def test_silence_is_what_should_have_come_and_did_not(minutes_ago, past, heard, state):
    assert a_verdict(minutes_ago, past, heard).state == state


@pytest.mark.parametrize(
    ("minutes_ago", "heard", "state"),
    [
        (4, ALIVE, "heard"),
        (5, ALIVE, "heard"),  # the minute of the last event and the one that runs do not count
        (6, ALIVE, "silent"),
        (30, set(), "heard"),  # the platform itself was deaf
        (30, every_minute(THIS_HOUR + 26 * 60, THIS_HOUR + 30 * 60), "heard"),
        (30, every_minute(THIS_HOUR + 25 * 60, THIS_HOUR + 30 * 60), "silent"),
        (None, ALIVE, "never"),
    ],
)
def test_what_is_agreed_decides_from_the_first_event_on(minutes_ago, heard, state):
    last = None if minutes_ago is None else Last(NOW - minutes_ago * MINUTE_SECONDS, "s#1")
    for past in (Past({}), YOUNG, weekly(1), weekly(600)):
        assert verdict_of(last, past, heard, BEGIN, NOW, agreed=5).state == state


def test_a_quiet_night_is_no_silence():
    past = Past({}, THIS_HOUR - 9 * WEEK_SECONDS)
    verdict = a_verdict(170, past)
    assert (verdict.state, verdict.missed) == ("heard", 0)


@given(st.integers(0, 180), st.integers(0, 180), st.integers(0, 500))
def test_the_longer_it_is_quiet_the_more_is_missed(one, other, events):
    early, late = sorted((one, other))
    assert a_verdict(early, weekly(events)).missed <= a_verdict(late, weekly(events)).missed


def test_flows_go_from_the_sender_to_each_taker_of_the_type():
    counts = {CASE: 4, What("review", CLEARED, None): 2, What("casework", "unknown", None): 9}
    flows = flows_of(counts, ["review", "tasks"])
    assert flows["inbound", "tasks"] == 4
    assert flows["review", "tasks"] == 2
    assert ("casework", "tasks") not in flows
    assert sum(flows.values()) < 4 * 5 + 2 * 5


def test_the_figures_name_every_registered_publisher_also_one_that_never_spoke():
    window = a_window(an_arrival(NOW), an_arrival(NOW, 2, What("review", CLEARED, None)))
    verdicts = {name: verdict_of(None, Past({}), (), 0, NOW) for name in ("casework", "quiet")}
    figures = figures_of(window, NOW, verdicts, {"casework": weekly(60)})
    shown = {one["name"]: one for one in figures["publishers"]}
    assert list(shown) == ["casework", "quiet", "review"]
    assert shown["casework"]["minutes"] == [0] * (MINUTES_MAX - 1) + [1]
    assert shown["casework"]["usual"] == [0, 60, 60, 60]
    assert shown["quiet"]["last"] is None
    assert shown["review"]["inside"]
    assert figures["cells"] == [
        ["casework", ACCEPTED, "340403000000", 1],
        ["review", CLEARED, None, 1],
    ]


def test_what_was_there_at_the_start_must_be_read_before_the_figures_are_whole():
    places = Places(0)
    assert places.is_behind
    places.assigned({("a", 0): 5, ("a", 1): 7}, {("a", 0): 7, ("a", 1): 7})
    assert (places.is_behind, places.share) == (True, 0)
    assert places.take(("a", 0), 5)
    assert not places.take(("a", 0), 5)
    assert (places.is_behind, places.share) == (True, 0.5)
    assert places.take(("a", 0), 6)
    assert (places.is_behind, places.share) == (False, 1)


def test_a_partition_that_was_read_goes_on_where_it_was_and_a_new_one_from_its_start():
    places = Places(0)
    places.assigned({("a", 0): 0}, {("a", 0): 2})
    places.take(("a", 0), 0)
    places.assigned({("b", 0): 3}, {("a", 0): 9, ("b", 0): 3})
    assert places.next == {("a", 0): 1, ("b", 0): 3}
    assert places.ends == {("a", 0): 2, ("b", 0): 3}
    places.assigned({}, {("b", 0): 3})
    assert ("a", 0) not in places.next
    assert places.share == 1
