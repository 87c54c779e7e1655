"""Numbers of documents, cases, persons and organisations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.law.case_number import case_key
from mingjing_shared.law.document_number import (
    DocumentNumber,
    UnknownDocumentNumber,
    UnknownReason,
    parse_document_number,
)
from mingjing_shared.law.errors import BadCaseNumber
from mingjing_shared.law.identity import birth_date_of, is_resident_id, is_social_credit_code


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("淮公(田)某某字〔2019〕00123号", UnknownReason.UNKNOWN_KIND),
        ("深龙华综行罚决字〔2020〕123号", UnknownReason.NOT_POLICE),
        ("淮公(田)行罚决字〔2019〕1234567号", UnknownReason.NOT_A_NUMBER),
        ("淮公(田)行罚决字〔19〕123号", UnknownReason.NOT_A_NUMBER),
        ("并公行罚决字【】第12号", UnknownReason.NOT_A_NUMBER),
        ("", UnknownReason.NOT_A_NUMBER),
        ("公" * 100_000, UnknownReason.NOT_A_NUMBER),
    ],
)
def test_what_cannot_be_taken_apart_is_kept_as_it_came_with_the_reason(raw, reason):
    number = parse_document_number(raw)
    assert isinstance(number, UnknownDocumentNumber)
    assert (number.raw, number.reason) == (raw, reason)
    assert "已按原样保存" in number.says


@given(st.text(max_size=200) | st.from_regex(r"[公字行罚决〔〕()\[\]0-9号第淮]{0,120}"))
def test_no_text_makes_the_parser_fail(raw):
    assert parse_document_number(raw).raw == raw


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        ("淮公(田)行罚决字〔2019〕00123号", ("淮公", "田", "行罚决", 2019, "00123")),
        ("浦公（禁毒）行罚决字[2019]51476号", ("浦公", "禁毒", "行罚决", 2019, "51476")),
        ("秦山公（消）行罚决字（2018）0015号", ("秦山公", "消", "行罚决", 2018, "0015")),
        ("京公海行罚决字〔2023〕50316号", ("京公海", None, "行罚决", 2023, "50316")),
        ("X公（治）行罚决字〔2024〕001号", ("X公", "治", "行罚决", 2024, "001")),
        ("并公行罚决字【2020】第12号", ("并公", None, "行罚决", 2020, "12")),
        ("淮公(田)不罚决字〔2019〕7号", ("淮公", "田", "不罚决", 2019, "7")),
        ("淮公(田)受案字〔2019〕000001号", ("淮公", "田", "受案", 2019, "000001")),
        ("淮公(田)传字〔2019〕8号", ("淮公", "田", "传", 2019, "8")),
        ("淮公(田)证保决字〔2019〕9号", ("淮公", "田", "证保决", 2019, "9")),
        (
            " 淮公 （ 田 ） 行罚决字［２０１９］ 第 １２３ 号 ",
            ("淮公", "田", "行罚决", 2019, "123"),
        ),
    ],
)
def test_a_document_number_is_taken_apart(raw, parts):
    number = parse_document_number(raw)
    assert isinstance(number, DocumentNumber)
    found = (number.agency, number.unit, number.kind, number.year, number.sequence)
    assert found == parts
    assert number.raw == raw


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "()", "（）", "【】", "［］", "﹝﹞", "〖〗"])
def test_any_bracket_round_the_year_is_printed_as_the_right_one(brackets):
    raw = f"淮公（田）行罚决字{brackets[0]}2019{brackets[1]}第00123号"
    assert parse_document_number(raw).normalised == "淮公(田)行罚决字〔2019〕00123号"


def test_a_normalised_number_stays_as_it_is():
    once = parse_document_number("浦公（禁毒）行罚决字[2019]51476号").normalised
    assert parse_document_number(once).normalised == once


@pytest.mark.parametrize("raw", ["", " \u3000 ", "1" * 41, "㈱" * 14])
def test_a_case_number_that_cannot_be_a_key_is_refused(raw):
    with pytest.raises(BadCaseNumber, match="案件编号"):
        case_key(raw)


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("淮公（田）受案〔2026〕１２号", "淮公(田)受案[2026]12号"),
        ("淮公(田)受案[2026]12号", "淮公(田)受案[2026]12号"),
        ("\u3000A340400 2026\t", "A340400 2026"),
        ("a-1", "a-1"),
        ("A-1", "A-1"),
        ("1" * 40, "1" * 40),
        ("𠮷案2026", "𠮷案2026"),
    ],
)
def test_a_case_number_has_one_key_however_it_was_typed(raw, key):
    assert case_key(raw) == key


@given(st.text(min_size=1, max_size=20))
def test_the_key_of_a_key_is_itself(raw):
    try:
        key = case_key(raw)
    except BadCaseNumber:
        return
    assert case_key(key) == key


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check digit
        "11010519491331002X",
        "110105190002290023",  # no such day
        "1101054912310022",
        "110105491331002",
        "1101051949123100２3",
        "",
        "身份证号码",
        "٣٤٠١٠٥٤٩١٢٣١٠٠٢",
    ],
)
def test_what_cannot_be_a_resident_id_has_no_birth_date(text):
    assert birth_date_of(text) is None
    assert not is_resident_id(text)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("11010519491231002X", date(1949, 12, 31)),
        ("11010519491231002x", date(1949, 12, 31)),
        ("１１０１０５１９４９１２３１００２Ｘ", date(1949, 12, 31)),
        ("440524188001010014", date(1880, 1, 1)),
        ("110105491231002", date(1949, 12, 31)),
    ],
)
def test_a_resident_id_says_when_its_holder_was_born(text, born):
    assert birth_date_of(text) == born


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("91350100M000100Y43", True),
        ("11100000000013127D", True),
        ("91230500MA1B3N1N2M", True),
        ("91350100m000100y43", True),
        ("91350100M000100Y44", False),
        ("91350100M0001O0Y43", False),
        ("91350100M000100Y4", False),
        ("", False),
    ],
)
def test_a_social_credit_code_is_checked_by_its_last_place(text, valid):
    assert is_social_credit_code(text) == valid
