"""`mingjing verify`: one line of what is proved and by whom, or of why not; nothing is asked."""

import json

import pytest
from click.testing import CliRunner
from portal.given import an_entry
from trust.test_draw_proof import a_file, receipt

from mingjing_deploy.verify import verify
from mingjing_shared.trust.keys import public_lines
from mingjing_shared.trust.sm2 import public_of
from support.stack import LOG_KEYS

SHA = "ab" * 32
SM2_KEY = public_of("test/mingjing/portal", LOG_KEYS["portal"].sm2).vkey


@pytest.fixture
def given(tmp_path, monkeypatch):
    """A receipt, and files of the keys; no copy of the platform is here."""
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path / "home"))
    entries = [an_entry(number, public_sha256=SHA) for number in range(3)]
    lines = public_lines("test", LOG_KEYS)
    files = {
        "receipt": receipt(entries, 1),
        "alone": receipt(entries, 1, witnesses=2),
        "national": receipt(entries, 1, sm2="{}"),
        "forged": receipt(entries, 1, sm2="{}more\n"),
        "sm2": next(line for line in lines if SM2_KEY in line),
        "both": "\n".join(line for line in lines if line.startswith("test/mingjing/portal+")),
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
    ("name", "log", "says"),
    [
        ("national", "log", "日志签名：Ed25519；"),
        ("national", "both", "日志签名：Ed25519、国密 SM2；"),
        ("national", "sm2", "日志签名：国密 SM2；"),
        ("receipt", "both", "注意：该检查点没有国密 SM2 签名"),
        ("forged", "log", "日志签名：Ed25519；"),
    ],
)
def test_by_which_of_its_keys_the_log_signed_is_said(given, name, log, says):
    code, text = said(given, "receipt", name, log=log)
    assert (code, says in text) == (0, True)


@pytest.mark.parametrize(
    ("name", "log", "says"),
    [
        ("forged", "both", "test/mingjing/portal 的签名不成立"),
        ("forged", "sm2", "test/mingjing/portal 的签名不成立"),
        ("receipt", "sm2", "没有日志 test/mingjing/portal 的有效签名"),
    ],
)
def test_a_line_of_sm2_that_fails_or_is_missing_proves_nothing_to_who_has_its_key(
    given, name, log, says
):
    code, text = said(given, "receipt", name, log=log)
    assert (code, says in text) == (1, True)


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
