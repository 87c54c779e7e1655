"""`mingjing privacy mask`: what it takes, what it gives, with which exit code."""

import json

import pytest
from click.testing import CliRunner

from mingjing_deploy.privacy import privacy

PERSON = {"kind": "person", "name": "张伟", "role": "penalised"}


@pytest.fixture
def run(tmp_path):
    """Runs the command on a file with this content."""

    def run(told, *options):
        file = tmp_path / "decision.json"
        file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
        return CliRunner().invoke(privacy, ["mask", str(file), *options])

    return run


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("{", "不是 UTF-8 编码的 JSON"),
        ([], "应为一个 JSON 对象"),
        ({"parties": []}, "text"),
        ({"text": "一", "parties": [{"kind": "dog", "name": "旺财"}]}, "parties"),
        ({"text": "一", "made_on": "昨天"}, "made_on"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(run, told, says):
    result = run(told, "--json")
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    result = CliRunner().invoke(privacy, ["mask", str(tmp_path / "none.json"), "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "读不了决定文件" in result.stderr


def test_no_file_is_refused_with_an_example():
    result = CliRunner().invoke(privacy, ["mask"])
    assert result.exit_code == 2
    assert "用法：" in result.stderr


def test_a_text_is_masked_with_rule_and_source_of_every_place(run):
    told = {
        "text": "被处罚人张伟，民警李勇（034125）。",
        "parties": [PERSON],
        "keep": ["李勇", "034125"],
        "document_number": None,
        "kind": "行政处罚决定",
        "made_on": "2026-03-12",
    }
    result = run(told, "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert said["public_text"] == "被处罚人张某，民警李勇（034125）。"
    [place] = said["hidden"]
    assert (place["start"], place["end"], place["text"], place["rule"]) == (4, 6, "张伟", "name")
    assert "§14" in place["source"]
    assert [one["text"] for one in said["kept"]] == ["李勇", "034125"]
    assert said["blocked"] == []


def test_what_a_person_must_decide_is_said_and_the_exit_code_is_1(run):
    told = {"text": "被处罚人张伟，民警张伟。", "parties": [PERSON], "keep": ["张伟"]}
    result = run(told, "--json")
    assert result.exit_code == 1
    assert "张伟" in json.loads(result.stdout)["blocked"][0]
    plain = run(told)
    assert plain.exit_code == 1
    assert plain.stdout == "被处罚人张某，民警张伟。\n"
    assert "请人工处理" in plain.stderr
