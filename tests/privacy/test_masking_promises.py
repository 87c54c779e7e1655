"""What holds for every text: nothing else changes, what must stay stays, twice is once."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, mask, public_form

ID = "11010519491231002X"
ADDRESS = "安徽省淮南市田家庵区朝阳中路18号3栋402室"
KNOWN = Known(
    (
        Party(kind="person", name="张建伟", resident_id=ID, address=ADDRESS, role="penalised"),
        Party(kind="person", name="高兴", role="victim"),
        Party(kind="person", name="欧阳海涛", role="witness"),
        Party(kind="person", name="艾力·亚森"),
        Party(kind="organisation", name="淮南高兴化工有限公司"),
    ),
    ("李勇", "034125", "田家庵分局", "王建国"),
    "田公(网)行罚决字〔2026〕00871号",
)
PIECES = st.sampled_from(
    [
        "张建伟", "张 建\n伟", "建伟", "老张", "高兴", "很高兴", "欧阳海涛", "海涛",
        "艾力·亚森", "淮南高兴化工有限公司", "民警李勇（034125）", "法定代表人王建国",
        "田家庵分局", "的证言", "称", "，", "。", "\n", "、", "（男，", "）", "证人", "其妻",
        "赵小梅", "钱大海", "绰号“黑皮”", "现查明：", "与", "对", "在", ID,
        "110105 19491231 002x", "13800550000", "电话", "编号15955440001", "皖D·12345",
        "卡号6222021234567890128", ADDRESS, "住寿县刘岗镇袁圩村东队", "1949年12月31日出生",
        "患有糖尿病", "离异", "工作单位：市棉纺厂", "《中华人民共和国行政处罚法》第九条",
        "田公（网）行罚决字〔2026〕00871号", "罚款五千元", "×××", "张某", " ", "①", "A",
        "0",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_nothing_outside_what_is_hidden_changes(text):
    found = mask(text, KNOWN)
    rebuilt, at = [], 0
    for mark in found.hidden:
        assert text[mark.start : mark.end] == mark.text
        assert mark.start < mark.end
        rebuilt += [text[at : mark.start], mark.instead]
        at = mark.end
    assert public_form("".join([*rebuilt, text[at:]])) == found.public_text
    assert all(a.end <= b.start for a, b in pairwise(found.hidden))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_what_is_kept_is_where_it_was_or_a_person_is_asked(text):
    found = mask(text, KNOWN)
    places = sorted([*found.hidden, *found.kept], key=lambda mark: mark.start)
    assert all(a.end <= b.start for a, b in pairwise(places))
    if not found.blocked:
        number = "田公（网）行罚决字〔2026〕00871号"
        for term in ("淮南高兴化工有限公司", "田家庵分局", number):
            assert found.public_text.count(term) >= public_form(text).count(term)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_and_a_masked_text_has_no_full_name_left(text):
    found = mask(text, KNOWN)
    assert mask(text, KNOWN) == found
    left = {re.sub(r"\s", "", mark.text) for mark in mask(found.public_text, KNOWN).hidden}
    assert left.isdisjoint({"张建伟", "欧阳海涛", "艾力·亚森"})
    dense = re.sub(r"\s", "", found.public_text)
    assert "张建伟" not in dense
    assert ID not in dense


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_place_that_is_hidden_names_its_rule_and_its_source(text):
    for mark in mask(text, KNOWN).hidden:
        assert mark.rule
        assert mark.source
        assert mark.found_by
