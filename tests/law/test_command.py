"""`mingjing law` at the keyboard: refusals first."""

import json
from importlib.metadata import entry_points

import pytest
from click.testing import CliRunner

from mingjing_shared.law.command import law


def run(*arguments):
    return CliRunner().invoke(law, arguments)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["deadline"], "用法：mingjing law deadline 规则编号 起算日期"),
        (["deadline", "disclosure.penalty"], "例如 mingjing law deadline disclosure.penalty"),
        (["deadline", "disclosure.nothing", "2026-09-18"], "可用的期限规则：case."),
        (["deadline", "disclosure.minor", "2026-09-18"], "不是期限"),
        (["deadline", "hearing.fine.other.person", "2026-09-18"], "不是期限"),
        (["deadline", "disclosure.penalty", "2026-02-30"], "应为 年-月-日，例如 2026-09-18"),
        (["deadline", "disclosure.penalty", "20260918"], "应为 年-月-日"),
        (["deadline", "disclosure.penalty", "２０２６-09-18"], "应为 年-月-日"),
        (["deadline", "disclosure.penalty", "2026-09-18T10:20:00+08:00"], "应为 年-月-日"),
        (["deadline", "disclosure.penalty", ""], "应为 年-月-日"),
        (["deadline", "disclosure.penalty", "2018-12-04"], "没有有效版本（已有：2018-12-05至今）"),
        (["deadline", "disclosure.penalty", "1899-12-31"], "1949年至2100年"),
        (["deadline", "disclosure.penalty", "9999-12-31"], "1949年至2100年"),
        (["deadline", "recording.upload", "2026-09-18"], "2026-09-18T10:20:00+08:00"),
        (["deadline", "recording.upload", "2026-09-18T10:20:00"], "没有时区"),
        (["deadline", "recording.upload", "昨天"], "应为带时区的时刻"),
        (["deadline", "recording.upload", "0001-01-01T00:00:00+08:00"], "1949年至2100年"),
        (["rules", "--on", "2026-13-01"], "应为 年-月-日"),
    ],
)
def test_bad_input_is_answered_in_one_chinese_sentence_with_what_is_accepted(arguments, says):
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output
    assert "Usage" not in result.output


def test_a_deadline_in_json_has_every_field():
    result = run("deadline", "disclosure.penalty", "2026-09-18", "--json")
    answer = json.loads(result.stdout)
    text = answer.pop("text")
    assert answer == {
        "rule": "disclosure.penalty",
        "version_from": "2018-12-05",
        "start": "2026-09-18",
        "due_on": "2026-09-29",
        "provisional": False,
        "unit": "working_day",
        "count": 7,
        "source": "国办发〔2018〕118号 二（六）",
        "confidence": "secondary",
    }
    assert "2026年9月29日（周二）" in text
    assert result.exit_code == 0


def test_a_deadline_in_hours_gives_an_instant_instead_of_a_day():
    result = run("deadline", "recording.upload", "2026-09-30T23:30:00+08:00", "--json")
    answer = json.loads(result.stdout)
    assert answer["due_at"] == "2026-10-01T23:30:00+08:00"
    assert "due_on" not in answer
    assert (answer["unit"], answer["count"], answer["provisional"]) == ("hour", 24, False)


def test_a_provisional_deadline_says_so():
    answer = json.loads(run("deadline", "disclosure.penalty", "2099-12-25", "--json").stdout)
    assert answer["provisional"] is True


def test_without_json_the_answer_is_the_sentence():
    result = run("deadline", "disclosure.other", "2026-04-30")
    assert result.exit_code == 0
    assert "2026年6月1日（周一）当日届满" in result.stdout
    assert result.stdout.count("\n") == 1


def test_the_rules_of_a_day_are_those_in_force_on_it():
    before = {row["rule"]: row for row in rules_on("2025-12-31")}
    after = {row["rule"]: row for row in rules_on("2026-01-01")}
    assert "disclosure.sealed_public_security" not in before
    assert "disclosure.sealed_public_security" in after
    key = "hearing.fine.public_security.person"
    assert (before[key]["at_least"], after[key]["at_least"]) == ("2000", "4000")
    assert after["disclosure.penalty"]["count"] == 7


def rules_on(day):
    return json.loads(run("rules", "--on", day, "--json").stdout)


def test_without_a_day_all_versions_are_listed():
    rows = json.loads(run("rules", "--json").stdout)
    spans = [(r["valid_from"], r["valid_to"]) for r in rows if r["rule"] == "hearing.request"]
    assert spans == [("2018-12-05", "2021-07-14"), ("2021-07-15", None)]


def test_the_list_for_people_names_source_and_confidence():
    result = run("rules", "--on", "2026-09-18")
    line = next(row for row in result.stdout.splitlines() if row.startswith("review.opinion"))
    assert "5个工作日" in line
    assert "推定" in line


def test_the_command_is_found_by_its_entry_point():
    (point,) = [p for p in entry_points(group="mingjing.commands") if p.name == "law"]
    assert point.load() is law
