"""What is refused, with which words; what is taken although it looks odd."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_shared.events import (
    CATALOGUE,
    DataRefused,
    decode,
    example,
    explain,
    unknown_fields,
)
from mingjing_shared.events.casework import ActionPerformed, CaseAccepted, DecisionMade
from mingjing_shared.events.problems import PROBLEMS_MAX
from mingjing_shared.events.review import ReviewRequired

CLASSIFIED = {
    "case_number": "A1",
    "unit": "340403510000",
    "accepted_at": "2026-09-10T22:30:00+08:00",
    "classified": True,
}


def refused(event_class, data):
    with pytest.raises(DataRefused) as caught:
        decode(event_class, data)
    return caught.value


@pytest.mark.parametrize("data", [[], None, "案件", 5, True, [{"case_number": "A1"}]])
def test_data_that_are_no_object_are_refused(data):
    [problem] = refused(CaseAccepted, data).problems
    assert (problem.path, problem.rule) == ("", "json_object")
    assert "应为 JSON 对象" in problem.message


@pytest.mark.parametrize(
    ("event_class", "changes", "path", "rule", "words"),
    [
        (DecisionMade, {"kind": ...}, "kind", "required", "缺少必填字段“种类”（kind）"),
        (DecisionMade, {"kind": "fine"}, "kind", "enum", "penalty（行政处罚）、permit（行政许可）"),
        (DecisionMade, {"kind": None}, "kind", "enum", "的值 null 不在允许的代码之内"),
        (DecisionMade, {"unit": "34040351"}, "unit", "pattern", "12 位数字的公安机关机构代码"),
        (DecisionMade, {"unit": 340403510000}, "unit", "type", "应为文字（加引号的字符串）"),
        (DecisionMade, {"approved_by": "１２３４５６"}, "approved_by", "pattern", "6 位数字的警号"),
        (DecisionMade, {"made_on": "2026-9-1"}, "made_on", "date", "日期 YYYY-MM-DD（北京时间）"),
        (DecisionMade, {"made_on": "2026-02-30"}, "made_on", "date", "“2026-02-30”"),
        (DecisionMade, {"outcome": {"fine": 2000}}, "outcome.fine", "type", '如 "2000.00"'),
        (DecisionMade, {"outcome": {"fine": "-5"}}, "outcome.fine", "pattern", "十进制数"),
        (DecisionMade, {"outcome": {"fine": "1e9"}}, "outcome.fine", "pattern", "“1e9”"),
        (DecisionMade, {"outcome": {"detention_days": -1}}, "outcome.detention_days", "minimum",
         "不小于 0"),
        (DecisionMade, {"outcome": {"detention_days": 5.0}}, "outcome.detention_days", "type",
         "应为整数"),
        (DecisionMade, {"outcome": []}, "outcome", "type", "应为对象 {…}，实为列表"),
        (DecisionMade, {"basis": [{"law": "行政处罚法"}]}, "basis[0].article", "required", "条款"),
        (DecisionMade, {"decision_id": "D 1"}, "decision_id", "pattern", "字母、数字"),
        (DecisionMade, {"decision_id": "D1\n"}, "decision_id", "pattern", r"“D1\u000a”"),
        (DecisionMade, {"case_number": "A\u202e1"}, "case_number", "pattern", r"A\u202e1"),
        (DecisionMade, {"case_number": "案" * 41}, "case_number", "pattern", "1 至 40 个字符"),
        (DecisionMade, {"case_number": "   "}, "case_number", "pattern", "案件编号"),
        (DecisionMade, {"case_number": "㍿" * 11}, "case_number", "case_key", "无法规范化"),
        (DecisionMade, {"document_number": ""}, "document_number", "minLength", "至少 1 个字符"),
        (CaseAccepted, {"kind": ...}, "kind", "required", "缺少必填字段"),
        (CaseAccepted, {"kind": None}, "kind", "required", "缺少必填字段"),
        (CaseAccepted, {"handlers": "012345"}, "handlers", "type", "应为列表 […]，实为文字"),
        (CaseAccepted, {"accepted_at": "2026-09-10T22:30:00"}, "accepted_at", "instant", "带时区"),
        (CaseAccepted, {"accepted_at": 1789000000}, "accepted_at", "type", "实为数字"),
        (CaseAccepted, {"classified": "true"}, "classified", "type", "应为true 或 false"),
        (CaseAccepted, CLASSIFIED, "kind", "classified", "涉密案件只允许"),
        (ActionPerformed, {"kind": "Seizure!"}, "kind", "pattern", "清单之外的行为也收"),
        (ActionPerformed, {"officers": ["012345", "7"]}, "officers[1]", "pattern", "“7”"),
        (ReviewRequired, {"reasons": [{}]}, "reasons[0].rule", "required", "（rule）"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_its_path_its_rule_and_what_is_wanted(
    event_class, changes, path, rule, words
):
    problems = {
        (p.path, p.rule): p.message
        for p in refused(event_class, example(event_class, **changes)).problems
    }
    assert words in problems[(path, rule)]


def test_all_problems_are_told_at_once():
    data = example(
        DecisionMade, kind="x", unit="1", made_on="gestern", outcome={"kinds": ["x", "y"]}
    )
    paths = [problem.path for problem in refused(DecisionMade, data).problems]
    assert paths == ["kind", "made_on", "outcome.kinds[0]", "outcome.kinds[1]", "unit"]


def test_problems_have_an_end():
    data = example(ActionPerformed, officers=["x"] * 5000)
    assert len(refused(ActionPerformed, data).problems) == PROBLEMS_MAX


def test_a_personal_value_is_never_repeated():
    parties = [{"kind": "person", "name": 12345, "resident_id": "11010519491231002X" * 2},
               {"kind": "王秘密", "name": "王秘密" * 100, "birth_date": "十二月"}]  # fmt: skip
    error = refused(DecisionMade, example(DecisionMade, parties=parties, text=["王秘密"]))
    told = " ".join(problem.message for problem in error.problems)
    assert {p.path for p in error.problems} == {
        "parties[0].name", "parties[0].resident_id", "parties[1].kind", "parties[1].name",
        "parties[1].birth_date", "text",
    }  # fmt: skip
    for secret in ("王秘密", "12345", "110105", "十二月"):
        assert secret not in told


def test_the_text_of_the_exception_holds_paths_and_rules_only():
    data = {
        "case_number": "机密-7",
        "unit": "张三",
        "accepted_at": "x",
        "classified": True,
        "李四": 1,
    }
    text = str(refused(CaseAccepted, data))
    assert text.startswith("cn.mingjing.case.accepted: ")
    for value in ("机密-7", "张三", "李四"):
        assert value not in text


@pytest.mark.parametrize("field", ["kind", "parties", "place", "note"])
def test_a_classified_case_may_say_nothing_else(field):
    [problem] = refused(CaseAccepted, CLASSIFIED | {field: "secret"}).problems[:1]
    assert (problem.path, problem.rule) in {(field, "classified"), (field, "enum"), (field, "type")}
    rules = {p.rule for p in refused(CaseAccepted, CLASSIFIED | {field: "secret"}).problems}
    assert "classified" in rules


def test_a_classified_case_with_number_unit_and_time_is_taken():
    case = decode(CaseAccepted, CLASSIFIED)
    assert (case.classified, case.kind, case.handlers) == (True, None, ())


@pytest.mark.parametrize(
    ("event_class", "changes"),
    [
        (ActionPerformed, {"ended_at": "2020-01-01T00:00:00Z"}),  # before it started: a fact
        (ActionPerformed, {"kind": "drone_survey"}),
        (ActionPerformed, {"officers": []}),
        (DecisionMade, {"case_number": "𠮷" * 40}),
        (DecisionMade, {"document_number": "\u202e怪"}),
        (DecisionMade, {"made_on": "1899-01-01"}),  # the door refuses it, see test_plausible
        (DecisionMade, {"outcome": {}}),
        (DecisionMade, {"effective_on": None}),
        (DecisionMade, {"x": {"y": [1, {"z": None}]}}),
        (CaseAccepted, {"parties": [{"kind": "person", "name": "张", "resident_id": "wrong"}]}),
        (CaseAccepted, {"accepted_at": "2026-09-10T22:30:00.123456789Z"}),
    ],
)
def test_a_fact_is_taken_even_if_odd_or_unlawful(event_class, changes):
    decode(event_class, example(event_class, **changes))


def test_unknown_fields_are_named():
    data = example(DecisionMade, outcome={"kinds": [], "hue": 1}, shade=2)
    data["basis"][0]["线"] = 3
    assert unknown_fields(DecisionMade, data) == ["basis[0].线", "outcome.hue", "shade"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8) | st.sampled_from(["2026-09-17", "2026-09-10T22:30:00Z", "penalty"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_the_fast_reader_and_the_published_schema_agree(data):
    """Whatever is put in one field: refused by both, with words, or taken by both."""
    event_class = data.draw(st.sampled_from(list(CATALOGUE.values())))
    sample = example(event_class, full=data.draw(st.booleans()))
    field = data.draw(st.sampled_from([*sample, "classified"]))
    sample[field] = data.draw(JSON)
    problems = refusal_of(event_class, sample)
    assert problems == explain(event_class, sample)
    assert all(re.search("[\u4e00-\u9fff]", problem.message) for problem in problems)


def refusal_of(event_class, data):
    """The problems with which the data are refused; none when they are taken."""
    try:
        decode(event_class, data)
    except DataRefused as error:
        return error.problems or ["refused without a word"]
    return []
