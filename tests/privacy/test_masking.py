"""First masking: what is hidden, what stays, what blocks. Refusals first."""

import pytest

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, mask, public_form
from mingjing_shared.privacy.masking_diff import compare, places_hidden

ID = "11010519491231002X"
CARD = "6222021234567890128"
USCC = "91350100M000100Y43"


def person(name, **more):
    return Party(kind="person", name=name, **more)


def company(name, code=None):
    return Party(kind="organisation", name=name, social_credit_code=code)


def masked(text, *parties, keep=(), number=None):
    return mask(text, Known(tuple(parties), tuple(keep), number))


def test_a_name_that_is_also_an_officer_s_blocks():
    found = masked("被处罚人张伟，民警张伟。", person("张伟"), keep=["张伟"])
    assert "张伟" in found.blocked[0]
    assert "须保留" in found.blocked[0]


def test_a_name_of_one_sign_blocks():
    assert "一个字" in masked("某甲。", person("丁")).blocked[0]


def test_an_address_that_covers_an_organisation_s_name_blocks():
    found = masked(
        "住朝阳中路18号甲乙公司3栋。",
        person("张伟", address="朝阳中路18号甲乙公司3栋"),
        keep=["甲乙公司"],
    )
    assert found.blocked


@pytest.mark.parametrize(
    ("given", "text", "public"),
    [
        ("张伟", "张伟打人。", "张某打人。"),
        ("张伟", "张 伟、张　伟。", "张某、张某。"),
        ("欧阳小娟", "欧阳小娟称", "欧阳某称"),
        ("欧阳", "欧阳称", "欧某称"),  # two signs: a surname of one and a name
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提说，阿卜杜拉•买买提", "阿某说，阿某"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提后来", "阿某后来"),
        ("阿卜杜拉·买买提", "阿卜杜拉离开", "阿某离开"),
        ("John Smith", "JOHN  SMITH与smith", "J某与J某"),
        ("张伟（又名张维，绰号“老张”）", "张维即老张，张伟", "张某即张某，张某"),
        ("张某", "张某打人。", "张某打人。"),  # hidden by the sender already
    ],
)
def test_a_name_is_hidden_in_every_spelling_that_was_given(given, text, public):
    assert masked(text, person(given)).public_text == public


def test_two_of_one_surname_are_told_apart_by_the_order_of_the_parties():
    parties = (person("张伟"), person("李四"), person("张丽"))
    assert masked("张丽与张伟、李四", *parties).public_text == "张某乙与张某甲、李某"


def test_only_those_who_are_named_are_told_apart():
    assert masked("张伟。", person("张伟"), person("张丽")).public_text == "张某。"


def test_one_person_given_twice_stays_one():
    parties = (person("张伟", resident_id=ID), person("张 伟"), person("张维", resident_id=ID))
    assert masked("张伟即张维", *parties).public_text == "张某即张某"


def test_a_name_inside_an_organisation_s_is_the_organisation_s():
    parties = (person("建国"), company("淮南市建国化工有限公司"))
    found = masked("淮南市建国化工有限公司的建国", *parties)
    assert found.public_text == "淮南市建国化工有限公司的建某"
    assert found.blocked == ()


@pytest.mark.parametrize(
    ("said", "public", "rule"),
    [
        (f"公民身份号码{ID}，", "公民身份号码×××，", "resident_id"),
        ("号码110105 19491231 002x，", "号码×××，", "resident_id"),
        ("号码１１０１０５１９４９１２３１００２Ｘ，", "号码×××，", "resident_id"),
        ("号码110105194912310021，", "号码110105194912310021，", None),  # does not check
        ("证号110105491231002。", "证号×××。", "resident_id"),
        ("电话13800550000。", "电话×××。", "phone"),
        ("电话138-0055-0000。", "电话×××。", "phone"),
        ("电话+86 138 0055 0000。", "电话×××。", "phone"),
        ("电话0554-6644110。", "电话×××。", "phone"),
        ("报警110。", "报警110。", None),
        ("驾驶皖D12345号车", "驾驶×××号车", "plate"),
        ("驾驶皖DD12345号车", "驾驶×××号车", "plate"),
        ("驾驶皖D·1234挂", "驾驶×××", "plate"),
        ("依据皖公（2026）12345号", "依据皖公（2026）12345号", None),
        (f"卡号{CARD[:4]} {CARD[4:8]} {CARD[8:]}", "卡号×××", "bank_card"),
        (f"流水{CARD[:-1]}9", f"流水{CARD[:-1]}9", None),  # does not check
        ("邮箱someone@example.com。", "邮箱×××。", "email"),
        ("1970年1月1日出生", "1970年出生", "birth"),
        ("出生日期：1970-01-01，", "出生日期：1970年，", "birth"),
        ("2026年10月12日发生", "2026年10月12日发生", None),
    ],
)
def test_a_number_that_checks_is_hidden_whoever_it_belongs_to(said, public, rule):
    found = masked(said)
    assert found.public_text == public
    assert [mark.rule for mark in found.hidden] == ([rule] if rule else [])


def test_a_party_s_own_numbers_are_hidden_also_when_they_do_not_check():
    party = person("李四", resident_id="340404197001010000", passport="E12345678", phone="6644110")
    found = masked("340404197001010000，E 12345678，664-4110。", party)
    assert found.public_text == "×××，×××，×××。"


def test_a_party_s_birthday_is_hidden_in_any_sentence_and_its_year_stays():
    party = person("李四", resident_id=ID)
    assert masked("1949年12月31日，其母", party).public_text == "1949年，其母"


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("住安徽省淮南市田家庵区朝阳中路18号3栋402室，", "住安徽省淮南市田家庵区×××，"),
        ("住田家庵区朝阳中路18号，", "住田家庵区×××，"),
        ("住 朝阳中路 18号 3栋，", "住 ×××，"),
        ("在朝阳中路发生", "在朝阳中路发生"),  # a street leads to no door
        ("18号下午", "18号下午"),
    ],
)
def test_an_address_is_hidden_below_the_county(said, public):
    party = person("李四", address="安徽省淮南市田家庵区朝阳中路18号3栋402室")
    assert masked(said, party).public_text == public


def test_a_whole_document_is_masked_as_on_the_picture():
    text = (
        "被处罚单位：淮南市○○化工有限公司，统一社会信用代码91350100M000100Y43，法定代表人王建国。\n"
        "  现查明：2026年10月12日，我局民警李勇（034125）等发现该单位未登记，"
        "保管员赵小梅陈述属实。\n\n"
        "以上事实有证人钱卫东证言等证据证实，见潘公（危）行罚决字〔2026〕00042号。"
    )
    found = masked(
        text,
        company("淮南市○○化工有限公司", USCC),
        person("赵小梅"),
        person("钱卫东"),
        keep=["李勇", "034125"],
        number="潘公(危)行罚决字〔2026〕00042号",
    )
    assert "保管员赵某陈述" in found.public_text
    assert "证人钱某证言" in found.public_text
    assert "\n\n" not in found.public_text
    assert [mark.text for mark in found.hidden] == ["赵小梅", "钱卫东"]
    assert [mark.text for mark in found.kept] == [
        "淮南市○○化工有限公司", USCC, "李勇", "034125", "潘公（危）行罚决字〔2026〕00042号",
    ]  # fmt: skip
    assert found.blocked == ()


def test_a_police_number_inside_a_longer_number_is_not_the_officer_s():
    found = masked("民警（491231），号码11010519491231002X。", keep=["491231"])
    assert found.public_text == "民警（491231），号码×××。"
    assert found.blocked == ()


def test_a_text_without_anything_personal_stays_as_it_is():
    text = "根据《危险化学品安全管理条例》第八十一条第一款，决定罚款五千元。"
    assert masked(text, person("赵小梅")) == masked(text)
    assert masked(text).public_text == text


def test_a_comparison_shows_whole_names_and_counts_the_places():
    found = compare("保管员赵小梅属实。\n不变。", "保管员赵某属实。\n不变。", ["赵小梅", "赵某"])
    assert [(p.kind, p.text) for p in found.original[0]] == [
        ("same", "保管员"), ("taken", "赵小梅"), ("same", "属实。"),
    ]  # fmt: skip
    assert [(p.kind, p.text) for p in found.public[0]] == [
        ("same", "保管员"), ("put", "赵某"), ("same", "属实。"),
    ]  # fmt: skip
    assert found.changes == 1
    assert places_hidden(found, ["赵某"]) == [(0, 3, 5)]


def test_a_change_that_hides_nothing_is_not_shown_as_hidden():
    found = compare("9月1日，张三和李四", "9月2日，张某和某人", ["张三", "张某"])
    assert [text for _, *place in places_hidden(found, ["张某"])
            for text in ["9月2日，张某和某人"[slice(*place)]]] == ["张某", "某人"]  # fmt: skip


def test_lines_that_were_taken_or_added_are_shown_whole():
    found = compare("一\n二\n三", "一\n三\n四")
    assert found.changes == 2
    assert [p.text for line in found.original for p in line if p.kind == "taken"] == ["二"]
    assert [p.text for line in found.public for p in line if p.kind == "put"] == ["四"]


def test_the_public_form_has_no_empty_lines_and_no_blanks_around_lines():
    assert public_form("  一 \r\n\n\t二\n") == "一\n二"
