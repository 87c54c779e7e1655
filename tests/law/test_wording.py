"""What a deadline says of itself."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from mingjing_shared.law.deadline import deadline


def test_it_names_the_days_counted_and_skipped_the_make_up_day_and_the_source(a_rule, calendar):
    assert deadline(a_rule(), date(2026, 9, 18), calendar).text() == (
        "“试验”的期限至2026年9月29日（周二）当日届满："
        "自2026年9月18日的次日起数7个工作日（9月20日至24日、9月28日至29日，"
        "其中9月20日为调休上班日），跳过周末9月19日、中秋节放假9月25日至27日；"
        "依据试验规定§1（已核对原文；规则test.rule，2018年12月5日起的版本）。"
    )


def test_it_says_that_it_is_provisional_and_for_which_year(a_rule, calendar):
    text = deadline(a_rule(), date(2026, 12, 25), calendar).text()
    assert "其中2027年的放假安排尚未公布" in text
    assert "不据此认定逾期" in text


def test_it_says_over_which_days_the_end_moved(a_rule, calendar):
    rule = a_rule(unit="day", count=30, roll="next_working_day")
    text = deadline(rule, date(2026, 8, 26), calendar).text()
    assert "最后一日遇中秋节放假9月25日至27日，顺延至其后第一个工作日" in text


def test_it_says_that_nothing_moves_where_nothing_rolls(a_rule, calendar):
    text = deadline(a_rule(unit="day", count=30), date(2026, 8, 26), calendar).text()
    assert "最后一日遇节假日不顺延" in text


def test_it_says_why_a_month_from_the_31st_ends_earlier(a_rule, calendar):
    text = deadline(a_rule(unit="month", count=1), date(2026, 1, 31), calendar).text()
    assert "届满月份没有31日，以该月最后一日为届满日" in text


def test_it_says_that_hours_run_through(a_rule, calendar):
    start = datetime(2026, 9, 18, 10, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    text = deadline(a_rule(unit="hour", count=24), start, calendar).text()
    assert "至2026年9月19日10时05分止" in text
    assert "夜间和节假日不扣除" in text


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ("verified", "已核对原文"),
        ("secondary", "据转引，原文待核对"),
        ("assumed", "系推定，待法制部门确认"),
    ],
)
def test_it_says_how_sure_we_are(confidence, words, a_rule, calendar):
    assert words in deadline(a_rule(confidence=confidence), date(2026, 9, 18), calendar).text()


@pytest.mark.parametrize("unit", ["working_day", "day", "month"])
@pytest.mark.parametrize("include_start", [True, False])
def test_it_is_one_sentence(unit, include_start, a_rule, calendar):
    rule = a_rule(unit=unit, include_start=include_start)
    text = deadline(rule, date(2026, 9, 18), calendar).text()
    assert text.count("。") == 1
    assert text.endswith("。")
    assert "\n" not in text
