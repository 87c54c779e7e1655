"""Names of who is no party: asked where a word before them tells, and never answered by us."""

import pytest

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, mask
from mingjing_shared.privacy.masking_questions import questions


def asked(text, known=None):
    return [one.word for one in questions(text, known or Known())]


@pytest.mark.parametrize(
    "text",
    [
        "以上事实有被害人陈述、证人证言等证据证实。",
        "证人赵某证言、被害人陈某某的陈述",
        "被害人高度紧张，报警人曾向我局反映",
        "其母女二人在场，举报人单位地址不详",
        "其子成年后离家，伤者经过治疗",
        "民警李国庆到场",  # no word of those before it: left to the full engine
        "证人×××证实",
    ],
)
def test_what_is_no_name_or_is_hidden_already_is_not_asked(text):
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("以上事实有证人赵小梅证言证实。", ["赵小梅"]),
        ("证人李明证实", ["李明"]),
        ("其妻王芳、其父张大山在场", ["王芳", "张大山"]),
        ("报警人欧阳修文称", ["欧阳修文"]),
        ("被害人：刘洋；受害人（李四）", ["刘洋", "李四"]),
        ("证人赵小梅、李四和王五的证言", ["赵小梅", "李四", "王五"]),
        ("举报人　周 敏，男", ["周 敏"]),
        ("同行人阿卜杜拉·买买提在场", ["阿卜杜拉·买买提在场"]),
        ("他的朋友李雷和其女友韩梅梅", ["李雷", "韩梅梅"]),
        ("死者向和平", ["向和平"]),
        ("一名叫王小二的人，姓名：韩梅", ["王小二", "韩梅"]),
        ("证人赵小梅说；赵小梅又说；证人赵小梅", ["赵小梅"]),
    ],
)
def test_a_full_name_after_a_word_of_role_or_kinship_is_asked_once(text, words):
    assert asked(text) == words


def test_what_must_stay_is_not_asked():
    company = Party(kind="organisation", name="王老吉药业有限公司", role="victim")
    known = Known((company,), ("张建国",))
    assert asked("见证人张建国（034211），被害人王老吉药业有限公司", known) == []


def test_what_masking_hides_is_not_asked_again():
    witness = Party(kind="person", name="赵小梅", role="witness")
    known = Known((witness,))
    text = "证人赵小梅、证人钱小竹证言"
    assert asked(text, known) == ["赵小梅", "钱小竹"]
    assert asked(mask(text, known).public_text, known) == []


def test_a_question_says_where_it_stands():
    [one] = questions("第一行\n经查，证人赵小梅证言", Known())
    assert (one.line, one.says) == (2, "第 2 行“赵小梅”（经查，证人赵小梅证言）")


@pytest.mark.parametrize("text", ["经审查，决定准予许可。", "申请人是我国公民。", "闯红灯。"])
def test_what_stands_in_every_other_decision_is_not_asked_about(text):
    assert asked(text) == []
