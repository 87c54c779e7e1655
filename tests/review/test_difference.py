"""How two texts differ: what is decided in words, the prose piece by piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_review.rules.difference import Decided, compared, what_differs

OLD = Decided(
    kind="penalty",
    party_refs=frozenset({"r_1"}),
    basis=[{"law": "治安管理处罚法", "article": "第五十九条"}],
    outcome={"kinds": ["fine"], "fine": "500.00"},
)


def changed(**changes):
    fields = {name: getattr(OLD, name) for name in ("kind", "party_refs", "basis", "outcome")}
    return what_differs(OLD, Decided(**{**fields, **changes}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ()),
        ({"outcome": {"fine": "500", "kinds": ["fine"]}}, ()),
        ({"outcome": {"kinds": ["fine"], "fine": "800"}}, ("罚款 500→800",)),
        ({"outcome": {"kinds": ["warning"]}}, ("处理种类 罚款→警告", "罚款 500→无")),
        ({"party_refs": frozenset({"r_1", "r_2"})}, ("当事人不同（1 名→2 名）",)),
        ({"party_refs": frozenset({"r_2"})}, ("当事人不同（1 名→1 名）",)),
        ({"basis": []}, ("依据 《治安管理处罚法》第五十九条→无",)),
        ({"kind": "no_penalty"}, ("决定种类 行政处罚→不予处罚",)),
    ],
)
def test_what_is_decided_otherwise_is_said_in_words(changes, said):
    assert changed(**changes) == said


def test_the_changed_signs_are_marked_and_nothing_else():
    pieces = compared(
        "现查明某人打碎玻璃。决定罚款五百元。", "现查明某人打碎玻璃。决定罚款八百元。"
    )
    assert [(piece.how, piece.text) for piece in pieces] == [
        ("same", "现查明某人打碎玻璃。决定罚款"),
        ("gone", "五"),
        ("new", "八"),
        ("same", "百元。"),
    ]


@given(st.text("甲乙。，\n", max_size=40), st.text("甲乙。，\n", max_size=40))
def test_the_pieces_are_both_texts_and_lose_nothing(old, new):
    pieces = compared(old, new)
    assert "".join(p.text for p in pieces if p.how != "new") == old
    assert "".join(p.text for p in pieces if p.how != "gone") == new


def test_texts_too_long_to_compare_are_shown_whole():
    old, new = "甲" * 20_001, "乙"
    assert [piece.how for piece in compared(old, new)] == ["gone", "new"]
