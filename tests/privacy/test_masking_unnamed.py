"""Persons whom no word announces, and what is told of them in one breath; what only looks alike."""

import pytest

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, mask
from mingjing_shared.privacy.masking_likely import LIKELY, likely_names
from mingjing_shared.privacy.masking_questions import questions


def hidden(text, rule="name", known=None):
    return [mark.text for mark in mask(text, known or Known()).hidden if mark.rule == rule]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("次日，韩玉梅把手机还给戴国强。", ["韩玉梅", "戴国强"]),
        ("自行车撞倒了前面的谷秀兰和岑志远，", ["谷秀兰", "岑志远"]),
        ("仓管靳小莉的询问笔录", ["靳小莉"]),
        ("宠物美容师缑文秀出具收据", ["缑文秀"]),
        ("（检测人 逄立军）", ["逄立军"]),
        ("司徒美玲先离开", ["司徒美玲"]),
        ("山田美咲到场", ["山田美咲"]),
        ("车主之女区佩仪到场", ["区佩仪"]),
    ],
)
def test_a_name_is_found_by_what_it_looks_like_and_what_stands_beside(text, names):
    assert hidden(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "申请人和权利人",
        "高度重视安全管理",
        "到达沈阳后借住于旅馆",
        "向前走了几步",
        "使用“凌志”牌轿车",
        "诸葛亮与司马懿的故事",
        "中药材白芷、苏叶、苏木",
        "罚款伍佰元整",
        "位于孙家圩的游客中心",
        "马拉松、巧克力",
        "责令限期改正，经营期限届满",
    ],
)
def test_what_begins_like_a_name_and_is_none_stays(text):
    assert hidden(text) == []


def test_whoever_stands_in_a_list_beside_somebody_is_likelier():
    alone, listed = "随后路遥堆放货物", "证人韩玉梅、路遥堆放货物"
    assert not any(alone[one.start : one.end] == "路遥" for one in likely_names(alone, LIKELY))
    assert "路遥" in [listed[one.start : one.end] for one in likely_names(listed, LIKELY)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("邻居邱 玉 兰、陶大海到场", ["邱 玉 兰", "陶大海"]),
        ("证人钱\n国忠证实", ["钱\n国忠"]),
        ("领取人签收：温 馨 2025年", ["温 馨"]),
    ],
)
def test_a_name_that_is_spaced_out_or_broken_is_found(text, names):
    assert hidden(text) == names


@pytest.mark.parametrize("text", ["附：清单共 份", "审核人 金海 审批人 高远", "日 期：2025年"])
def test_blanks_between_words_make_no_name(text):
    known = Known((), ("金海", "高远"))
    assert hidden(text, known=known) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("与扎西顿珠、仁青卓玛打架", ["扎西顿珠", "仁青卓玛"]),
        ("妻子其其格到场", ["其其格"]),
        ("同屋吐尔逊江证明", ["吐尔逊江"]),
        ("乘客马伊布拉音受伤", ["马伊布拉音"]),
        ("证人PARK JI HOON证言", ["PARK JI HOON"]),
        ("申请人（박지훈），男", ["박지훈"]),
        ("居来提·买买提到场后报警", ["居来提·买买提"]),
    ],
)
def test_names_of_other_peoples_are_found(text, names):
    assert hidden(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "在拉萨市扎西乡一网吧",
        "IPHONE 15 PRO MAX手机",
        "吸食海洛因",
        "呼和浩特市",
        "喀什地区行政公署",
    ],
)
def test_places_and_things_written_alike_stay(text):
    assert hidden(text) == []


def test_a_long_name_without_dot_is_also_known_by_its_first_half():
    known = Known((Party(kind="person", name="扎西才让", role="penalised"),))
    assert hidden("扎西才让骑车，扎西向民警认错", known=known) == ["扎西才让", "扎西"]


def test_an_ordinary_word_in_a_list_of_witnesses_is_a_person():
    assert hidden("证人简单、蒋石生证明电缆被盗") == ["简单", "蒋石生"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("张某，男，1980年生，芜湖市长江造船厂钳工，住址不详", "芜湖市长江造船厂钳工"),
        ("孙女（8岁，城关某小学二（3）班）放学", "城关某小学二（3）班"),
        ("身份证号不详，淮北矿业（集团）公司职工", "淮北矿业（集团）公司职工"),
        ("李某（远大物业公司值班员）出具说明", "远大物业公司值班员"),
    ],
)
def test_where_somebody_works_or_learns_is_told_in_one_breath(text, said):
    assert said in "".join(hidden(text, "employer"))


@pytest.mark.parametrize(
    "text", ["被处罚单位：安顺商贸有限公司", "男，汉族，初中文化，驾驶员", "女，个体工商户，回族"]
)
def test_a_trade_or_a_party_is_no_employer(text):
    known = Known((Party(kind="organisation", name="安顺商贸有限公司"),))
    assert hidden(text, "employer", known) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("位于合肥市蜀山区井岗镇天乐路9号的家中", "井岗镇天乐路9号"),
        ("住青海省共和县倒淌河镇甲乙村二社，", "倒淌河镇甲乙村二社"),
        ("男，吉林省长春市朝阳区红旗街道平治街9号3门602，汉族", "红旗街道平治街9号3门602"),
        ("住青岛市市北区镇江路1号，", "镇江路1号"),
        ("住甘肃省东乡族自治县达板镇陈家村3号", "达板镇陈家村3号"),
        ("住上海市浦东新区陆家嘴街道浦城路6号", "陆家嘴街道浦城路6号"),
    ],
)
def test_a_dwelling_is_hidden_below_its_county_whatever_the_county_is_called(text, said):
    assert hidden(text, "address") == [said]


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("联系电话：0579-8553 0217，159 8895 1146", "phone", "0579-8553 0217"),
        ("电话1 3 9 0 5 5 4 7 7 8 1", "phone", "1 3 9 0 5 5 4 7 7 8 1"),
        ("电话+82 10-2345-6789", "phone", "+82 10-2345-6789"),
        ("车牌信阳K30771", "plate", "信阳K30771"),
        ("警用车渝A0772警", "plate", "渝A0772警"),
        ("教练证号3415220219", "plate", "3415220219"),
        ("（越南籍，C8817206）", "passport", "C8817206"),
        ("快手主播“淮河老炮儿”", "account", "淮河老炮儿"),
        ("男，1990.03.12，汉族", "birth", ".03.12"),
    ],
)
def test_numbers_in_odd_forms_are_found(text, rule, said):
    assert said in hidden(text, rule)


@pytest.mark.parametrize(
    "text", ["收据号13856400917", "扣押清单号15055310027", "民警高远（警号0551402）\n2025年10月1日"]
)
def test_numbers_of_things_and_officers_stay(text):
    assert mask(text, Known((), ("高远",))).hidden == ()


def test_what_is_too_unlikely_to_be_hidden_is_asked_about():
    text = "打火机点燃枯草，引燃邱本盛堆放在车棚内的纸箱"
    assert hidden(text) == []
    assert "邱本盛" in [one.word for one in questions(mask(text, Known()).public_text, Known())]
