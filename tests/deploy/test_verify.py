"""`mingjing verify`: one line of what is proved and by whom, or of why not; nothing is asked."""

import json

import pytest
from click.testing import CliRunner
from portal.given import an_entry
from trust.test_draw_proof import a_file, receipt

from mingjing_deploy.verify import verify
from mingjing_shared.trust.keys import public_lines
from support.stack import LOG_KEYS

SHA = "ab" * 32


@pytest.fixture
def given(tmp_path, monkeypatch):
    """A receipt, and files of the keys; no copy of the platform is here."""
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path / "home"))
    entries = [an_entry(number, public_sha256=SHA) for number in range(3)]
    lines = public_lines("test", LOG_KEYS)
    files = {
        "receipt": receipt(entries, 1),
        "alone": receipt(entries, 1, witnesses=2),
        "log": next(line for line in lines if line.startswith("test/mingjing/portal+")),
        "witnesses": "\n".join(line for line in lines if "/witness+" in line),
        "all": "\n".join(lines),
        "draw": json.dumps(a_file()),
        "other": json.dumps({**a_file(), "result": ["John"]}),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def said(given, what, name, *, log="log", witnesses="witnesses"):
    """What the command says of a file, and how it ends."""
    keys = [("--vkey", log), ("--witness-vkey", witnesses)]
    options = [part for option, file in keys if file for part in (option, str(given / file))]
    done = CliRunner().invoke(verify, [what, str(given / name), *options])
    return done.exit_code, done.output


def test_a_receipt_is_proved_in_one_line_that_says_what_and_by_whom(given):
    code, text = said(given, "receipt", "receipt")
    assert (code, text.count("\n")) == (0, 1)
    for part in ("已证明：公示", SHA, "test/mingjing/portal 第 1 项（共 3 项）", "review/witness"):
        assert part in text


def test_without_witnesses_keys_it_says_that_they_were_not_looked_at(given):
    code, text = said(given, "receipt", "receipt", witnesses=None)
    assert (code, "没有给出见证公钥" in text) == (0, True)


def test_too_few_witnesses_prove_nothing(given):
    code, text = said(given, "receipt", "alone")
    assert (code, "见证不足：只有 2 个" in text) == (1, True)


@pytest.mark.parametrize(
    ("old", "new"),
    [("index 1", "index 2"), ("index 1", "index 01"), ("\n3\n", "\n4\n"), ("\n", "\r\n")],
)
def test_a_receipt_that_was_touched_is_refused_with_the_reason(given, old, new):
    text = (given / "receipt").read_bytes().decode()
    (given / "receipt").write_bytes(text.replace(old, new, 1).encode())
    code, text = said(given, "receipt", "receipt")
    assert code == 1
    assert text.startswith("未能证明：")


def test_the_keys_of_this_copy_are_taken_when_none_are_named(given):
    secrets = given / "home" / "secrets"
    secrets.mkdir(parents=True)
    (secrets / "log-keys").write_text((given / "all").read_text())
    code, text = said(given, "receipt", "receipt", log=None, witnesses=None)
    assert (code, text.count("/witness（")) == (0, 4)


def test_keys_that_are_none_end_the_check(given):
    code, text = said(given, "receipt", "receipt", log="draw")
    assert (code, "已证明" in text) == (1, False)


def test_a_draw_is_done_again_and_another_result_is_refused(given):
    code, text = said(given, "draw", "draw")
    assert code == 0
    assert "抽取 10 名" in text
    assert "随机来源的数字本身没有核对" in text
    code, text = said(given, "draw", "other")
    assert (code, text) == (1, "未能证明：按随机来源重新计算，结果不同。\n")
