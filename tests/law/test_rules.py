"""Law files: what is refused when they are loaded, and which version holds when."""

from datetime import date
from decimal import Decimal

import pytest

from mingjing_shared.law.errors import BadLawFile, NoRuleInForce
from mingjing_shared.law.rules import RuleVersion, Threshold, Version, load_rules, parse_dated

GOOD = """
[penalty]
title = "公开"
unit = "working_day"
start_event = "decision.made"
[[penalty.version]]
valid_from = 2018-12-05
valid_to = 2021-07-14
count = 3
source = "甲"
confidence = "secondary"
[[penalty.version]]
valid_from = 2021-07-15
count = 5
source = "乙"
confidence = "verified"
"""


def parse(text, form=RuleVersion):
    return parse_dated(text, "mingjing_test/law/file.toml", "test", form)


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('source = "甲"\n', "", "source"),
        ('source = "甲"', 'source = ""', "length >= 1"),
        ("count = 3\n", "", "count"),
        ("count = 3", "count = 0", "count"),
        ("count = 3", "count = true", "count"),
        ("count = 3", 'count = "3"', "count"),
        ('confidence = "secondary"', 'confidence = "sure"', "confidence"),
        ('unit = "working_day"', 'unit = "week"', "unit"),
        ('unit = "working_day"', 'unit = "hour"\nroll = "next_working_day"', "cannot roll"),
        ('unit = "working_day"', 'unit = "hour"\ninclude_start = true', "include_start"),
        ('title = "公开"', 'title = "公开"\ntask = 44', "task"),
        ('title = "公开"', 'title = "公开"\ndays = 7', "days"),
        ("valid_from = 2018-12-05", 'valid_from = "soon"', "valid_from"),
        ("valid_to = 2021-07-14", "valid_to = 2021-07-15", "重叠"),
        ("valid_to = 2021-07-14\n", "", "重叠"),
        ("valid_to = 2021-07-14", "valid_to = 2018-12-04", "早于"),
        ("valid_from = 2021-07-15", "valid_from = 2017-01-01", "次序颠倒"),
        ("[penalty]", "[penalty", "TOML"),
        ("[penalty]", "loose = 7\n[penalty]", "loose"),
        ("[penalty]", "prefix = 7\n[penalty]", "prefix"),
        ("[penalty]", "[empty]\n[penalty]", "没有版本"),
        ("[penalty]", "[empty]\nversion = [7]\n[penalty]", "没有版本"),
    ],
)
def test_a_bad_file_is_refused_and_the_message_says_where(wrong, right, says):
    assert wrong in GOOD
    with pytest.raises(BadLawFile, match=says) as caught:
        parse(GOOD.replace(wrong, right, 1))
    assert "mingjing_test/law/file.toml" in caught.value.message


def test_a_version_named_in_an_error_is_the_one_that_is_wrong():
    with pytest.raises(BadLawFile, match="penalty，第2个版本"):
        parse(GOOD.replace("count = 5", "count = -5"))


def test_a_missing_file_or_package_is_refused():
    with pytest.raises(BadLawFile, match="nothing"):
        load_rules("mingjing_disclosure", "nothing")
    with pytest.raises(BadLawFile, match="mingjing_nowhere"):
        load_rules("mingjing_nowhere", "publication")


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2018, 12, 5), 3),
        (date(2021, 7, 14), 3),
        (date(2021, 7, 15), 5),
        (date(2099, 1, 1), 5),
    ],
)
def test_the_version_of_the_day_holds(day, count):
    rule = parse(GOOD)["penalty"]
    assert rule.in_force_on(day).count == count
    assert rule.is_in_force_on(day)


def test_before_the_first_version_there_is_no_rule_and_the_message_says_which():
    rule = parse(GOOD)["penalty"]
    assert not rule.is_in_force_on(date(2018, 12, 4))
    with pytest.raises(NoRuleInForce, match=r"test\.penalty 在 2018-12-04"):
        rule.in_force_on(date(2018, 12, 4))


def test_a_gap_between_versions_is_no_rule():
    rule = parse(GOOD.replace("valid_to = 2021-07-14", "valid_to = 2021-07-13"))["penalty"]
    with pytest.raises(NoRuleInForce):
        rule.in_force_on(date(2021, 7, 14))


def test_the_id_takes_the_prefix_of_the_service_unless_the_file_sets_its_own():
    assert parse(GOOD)["penalty"].id == "test.penalty"
    assert parse('prefix = "other"\n' + GOOD)["penalty"].id == "other.penalty"
    assert parse('prefix = ""\n' + GOOD)["penalty"].id == "penalty"


def test_what_the_head_says_holds_unless_the_version_says_otherwise():
    rule = parse(GOOD.replace("count = 5", 'count = 5\nunit = "day"'))["penalty"]
    assert [version.unit for version in rule.versions] == ["working_day", "day"]


def test_a_provision_is_a_fact_without_a_count():
    text = """
[sealed]
title = "封存"
[[sealed.version]]
valid_from = 2026-01-01
source = "甲"
confidence = "verified"
"""
    assert parse(text, Version)["sealed"].in_force_on(date(2026, 1, 1)).source == "甲"
    with pytest.raises(BadLawFile, match=r"count|unit"):
        parse(text, RuleVersion)


def test_a_threshold_is_reached_by_the_amount_itself():
    text = """
[fine]
title = "听证"
unit = "yuan"
[[fine.version]]
valid_from = 2026-01-01
at_least = "4000"
source = "甲"
confidence = "verified"
"""
    version = parse(text, Threshold)["fine"].in_force_on(date(2026, 1, 1))
    reached = [version.is_reached_by(Decimal(a)) for a in ("3999.99", "4000", "4000.01")]
    assert reached == [False, True, True]
    for amount in ("0", "-1", "NaN", "Infinity", "much"):
        with pytest.raises(BadLawFile, match="fine，第1个版本"):
            parse(text.replace("4000", amount), Threshold)


def test_rules_are_read_once():
    first = load_rules("mingjing_disclosure", "publication")
    assert load_rules("mingjing_disclosure", "publication") is first
