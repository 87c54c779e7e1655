"""A running platform with SM2 switched on: an event, its receipt, and who checks its line."""

from __future__ import annotations

import subprocess
from pathlib import Path

import httpx
import pytest
from journeys.conftest import COMMAND

from mingjing_shared.trust.receipt import receipt_of
from support.openssl import checked_by_openssl
from support.running import until


@pytest.fixture(scope="module")
def auditor(platform):
    """A client with the auditor's key, as a court's expert has it."""
    secrets = Path(platform["environment"]["MINGJING_HOME"]) / "secrets"
    key = (secrets / "auditor-key").read_text().strip()
    with httpx.Client(
        base_url=platform["front"], headers={"Authorization": f"Bearer {key}"}, timeout=30
    ) as client:
        yield client


@pytest.fixture(scope="module")
async def receipt(auditor, tmp_path_factory):
    """The receipt of the first event in the gateway's log, in a file."""

    async def given():
        bundle = auditor.get("/gateway/log/tile/entries/000.p/1").content
        first = bundle[2:].split(b"\n")[0].decode()
        answer = auditor.get(f"/gateway/api/receipts/{first}")
        return answer.content if answer.status_code == 200 else None

    file = tmp_path_factory.mktemp("receipt") / "receipt.tlog-proof"
    file.write_bytes(await until(given))
    return file


def typed(platform, *words):
    return subprocess.run(
        [COMMAND, *words],
        env=platform["environment"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


async def test_a_receipt_is_proved_by_both_keys_of_its_log_and_by_sm2_alone(
    platform, auditor, receipt, tmp_path
):
    done = typed(platform, "verify", "receipt", str(receipt))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "日志签名：Ed25519、国密 SM2；见证：" in done.stdout
    sm2 = tmp_path / "vkey-sm2"
    sm2.write_text(auditor.get("/gateway/log/vkey-sm2").text)
    done = typed(platform, "verify", "receipt", str(receipt), "--vkey", str(sm2))
    assert "日志签名：国密 SM2；" in done.stdout


async def test_openssl_verifies_the_line_of_sm2_as_the_documents_say(auditor, receipt, tmp_path):
    key = auditor.get("/gateway/log/vkey-sm2").text.strip()
    done = checked_by_openssl(tmp_path, receipt_of(receipt.read_bytes()).note.raw, key)
    assert "Signature Verified Successfully" in done.stdout, done.stderr


async def test_the_check_of_every_log_says_that_it_is_signed_by_sm2(platform, receipt):
    async def all_signed():
        done = typed(platform, "log", "check", "all")
        assert done.returncode == 0, done.stdout + done.stderr
        lines = done.stdout.splitlines()
        return len(lines) == 5 and all("signed by Ed25519 and SM2, witnesses" in x for x in lines)

    assert await until(all_signed)


def test_the_portal_hands_on_the_sm2_key_of_the_public_log(platform):
    answer = httpx.get(f"{platform['portal']}/log/vkey-sm2")
    assert answer.status_code == 200
    assert answer.text.startswith("huainan/mingjing/portal+")
