"""The second look finds what the first must not leave, and what it must not take."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, kept_marks, mask, public_form
from mingjing_shared.privacy.masking_check import leaks, missing

ID = "11010519491231002X"
ADDRESS = "安徽省淮南市田家庵区朝阳中路18号3栋402室"
ZHANG = Party(kind="person", name="张建伟", resident_id=ID, address=ADDRESS, phone="13800550000")
OTHER = Party(kind="person", name="阿卜杜拉·买买提", passport="E12345678")
FIRM = Party(
    kind="organisation", name="淮南张建伟化工有限公司", social_credit_code="91350100M000100Y43"
)
KNOWN = Known(
    (ZHANG, OTHER, FIRM), ("李勇", "034125", "田家庵分局"), "田公(网)行罚决字〔2026〕00871号"
)


@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("张建伟打人", "name", (1, 1)),
        ("称\n说张-建 伟打人", "name", (2, 2)),
        ("说张\u200b建伟", "name", (1, 2)),
        ("阿卜杜拉·买买提", "name", (1, 1)),
        ("阿卜杜拉到", "name", (1, 1)),
        (f"号码{ID}", "resident_id", (1, 3)),
        ("尾号1231002X", "resident_id", (1, 3)),
        ("电话138 0055 0000", "phone", (1, 3)),
        ("电话00550000", "phone", (1, 3)),
        ("别人的电话13912345678", "phone", (1, 6)),
        ("护照e12345678", "passport", (1, 3)),
        ("住朝阳中路18号", "address", (1, 2)),
        ("驾驶皖D12345", "plate", (1, 3)),
    ],
)
def test_what_is_left_of_a_person_is_found_with_its_place(text, rule, place):
    [leak] = leaks(text, KNOWN)
    assert (leak.rule, (leak.line, leak.sign)) == (rule, place)
    assert f"第 {place[0]} 行第 {place[1]} 字" in leak.says


@pytest.mark.parametrize(
    "text",
    [
        "张某打人。张某某。",
        "淮南张建伟化工有限公司，统一社会信用代码91350100M000100Y43",
        "在朝阳中路发生，民警李勇（034125）",
        "田公（网）行罚决字〔2026〕00871号，2026年10月12日22时30分至2026年10月13日",
        "A3404035100002026090017",
        "阿某说，建国以来。",
    ],
)
def test_what_may_be_said_is_not_taken_for_a_leak(text):
    assert leaks(text, KNOWN) == ()


def test_what_must_stay_is_missed_when_it_is_hidden_once():
    original = "民警李勇（034125）与李勇。"
    [lost] = missing(original, "民警李某（034125）与李勇。", KNOWN)
    assert (lost.text, lost.original, lost.public) == ("李勇", 2, 1)
    assert "原文中有 2 处，公开文本只有 1 处" in lost.says


def test_an_organisation_and_its_code_must_stay():
    original = "淮南张建伟化工有限公司 91350100M000100Y43"
    assert [m.text for m in missing(original, "某公司", KNOWN)] == [
        "91350100M000100Y43", "淮南张建伟化工有限公司",
    ]  # fmt: skip
    assert missing(original, original, KNOWN) == ()


def test_an_officer_called_like_a_party_may_stay_with_the_number_and_nowhere_else():
    known = Known((Party(kind="person", name="张伟"),), ("张伟", "034125"))
    assert leaks("被处罚人张某，民警张伟（034125）", known) == ()
    assert missing("张伟，民警张伟（034125）", "张某，民警张伟（034125）", known) == ()
    assert [leak.sign for leak in leaks("被处罚人张伟，民警张伟（034125）", known)] == [5]
    assert [m.text for m in missing("张伟（034125）", "张某（034125）", known)] == ["张伟"]


FRAGMENTS = st.sampled_from(
    [
        "张建伟", "张 建伟", "阿卜杜拉·买买提", "阿卜杜拉买买提", ID, "110105 19491231 002X",
        "13800550000", "138-0055-0000", "E12345678", ADDRESS, "朝阳中路18号", "皖D12345",
        "淮南张建伟化工有限公司", "91350100M000100Y43", "李勇（034125）", "田家庵分局",
        "田公（网）行罚决字〔2026〕00871号", "，", "。", "\n", "在朝阳中路", "某日",
        "1949年12月31日", "0", "A", " ", "决定罚款五千元",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=5), max_size=25).map("".join))
def test_nothing_leaks_from_what_was_masked_and_nothing_kept_is_lost(text):
    found = mask(text, KNOWN)
    if not found.blocked:
        assert leaks(found.public_text, KNOWN) == ()
        assert missing(text, found.public_text, KNOWN) == ()
    assert mask(found.public_text, KNOWN).public_text == found.public_text


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=5), max_size=25).map("".join))
def test_what_is_hidden_and_kept_are_places_of_the_original_that_never_meet(text):
    found = mask(text, KNOWN)
    for mark in (*found.hidden, *found.kept):
        assert text[mark.start : mark.end] == mark.text
    for marks in (found.hidden, found.kept):
        assert all(a.end <= b.start for a, b in pairwise(marks))
    if not found.blocked:
        places = sorted([*found.hidden, *found.kept], key=lambda m: m.start)
        assert all(a.end <= b.start for a, b in pairwise(places))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_without_parties_only_numbers_that_check_are_touched(text):
    found = mask(text, Known())
    if not found.hidden:
        assert found.public_text == public_form(text)
    assert [m.rule for m in kept_marks(text, Known())] == ["keep"] * len(found.kept)
