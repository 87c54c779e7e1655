"""Draws: RFC 3797's own example, and everything that would let chance be helped."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.trust.draw import (
    BadDraw,
    Member,
    Plan,
    Source,
    drawn,
    key_of,
    order_of,
    plan_of,
)

# RFC 3797 §6: three sources, a pool of 25, ten to be drawn.
NAMES = [
    "John", "Mary", "Bashful", "Dopey", "Sleepy", "Grouchy", "Doc", "Sneazy", "Handsome",
    "Cassandra", "Pollyanna", "Pendragon", "Pandora", "Faith", "Hope", "Charity", "Lee",
    "Longsuffering", "Chastity", "Smith", "Pride", "Sloth", "Envy", "Anger", "Kasczynski",
]  # fmt: skip
VALUES = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]
KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
SELECTED = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
AT = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def a_plan(**changes):
    given_ = {
        "draw_id": "DR1",
        "subject": "2026 年第四季度执法检查",
        "number": 1,
        "pool": tuple(Member(name, f"unit-{place % 5}") for place, name in enumerate(NAMES)),
        "count": 10,
        "sources": tuple(
            Source(f"来源 {place}", AT, len(values)) for place, values in enumerate(VALUES)
        ),
    }
    return Plan(**{**given_, **changes})


def test_the_example_of_the_rfc():
    assert key_of(VALUES) == KEY
    assert [place + 1 for place in order_of(KEY, 25)][:10] == SELECTED
    assert list(drawn(a_plan(), VALUES)) == [NAMES[place - 1] for place in SELECTED]


@given(st.sets(st.sampled_from(NAMES), max_size=12))
def test_whoever_is_excused_or_withdraws_moves_nobody(gone):
    whole = list(drawn(a_plan(count=25), VALUES))
    left = [name for name in whole if name not in gone]
    assert list(drawn(a_plan(count=len(left)), VALUES, gone)) == left
    excused = a_plan(count=len(left), excused=dict.fromkeys(gone, "回避"))
    assert list(drawn(excused, VALUES)) == left


@given(st.integers(1, 5))
def test_of_a_group_no_more_are_drawn_than_was_said(most):
    found = drawn(a_plan(count=5, most_of_group=most), VALUES)
    groups = [NAMES.index(name) % 5 for name in found]
    assert all(groups.count(group) <= most for group in set(groups))


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(1, 60))
def test_everybody_is_drawn_once_whatever_the_sources_say(numbers, size):
    assert sorted(order_of(key_of([numbers]), size)) == list(range(size))


def test_the_plan_is_read_back_as_it_was_written_and_each_change_is_another():
    plan = a_plan(excused={"Mary": "近亲属"}, most_of_group=2)
    assert plan_of(plan.told) == plan
    digests = {
        plan.digest,
        replace(plan, pool=plan.pool[1:]).digest,
        replace(plan, pool=(plan.pool[1], plan.pool[0], *plan.pool[2:])).digest,
        replace(plan, excused={}).digest,
        replace(plan, count=9).digest,
        replace(plan, number=2).digest,
        replace(plan, sources=plan.sources[:2]).digest,
        replace(plan, most_of_group=None).digest,
    }
    assert len(digests) == 8


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"pool": []}, "名单"),
        ({"pool": [{"name": "A", "group": ""}] * 2}, "重复"),
        ({"excused": {"Nobody": "回避"}}, "不在名单"),
        ({"sources": []}, "来源"),
        ({"sources": [{"name": "x", "at": "2026-12-01T12:00:00", "count": 1}]}, "时区"),
        ({"count": 0}, "数量"),
        ({"count": "10"}, "整数"),
        ({"number": True}, "整数"),
        ({"subject": ""}, "文字"),
        ({"pool": None}, "书写"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(changes, why):
    with pytest.raises(BadDraw, match=why):
        plan_of({**a_plan().told, **changes})


@pytest.mark.parametrize(
    ("values", "why"),
    [(VALUES[:2], "个数"), ([[1], [2], [3]], "个数"), ([[-1], *VALUES[1:]], "非负")],
)
def test_sources_that_say_something_else_are_refused(values, why):
    with pytest.raises(BadDraw, match=why):
        drawn(a_plan(), values)


def test_too_few_are_said_to_be_too_few():
    with pytest.raises(BadDraw, match="只有 24 名"):
        drawn(a_plan(count=25, excused={"Mary": "回避"}), VALUES)
