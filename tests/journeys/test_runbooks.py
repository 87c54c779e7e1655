"""What the runbooks tell somebody on duty to type works, on a running platform."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(page for page in (ROOT / "docs/runbooks").glob("*.md") if page.stem != "README")
BLOCK = re.compile(r"```console( change)?\n(.*?)```", re.DOTALL)
PARTS = ["对业务意味着什么", "先看", "先做", "判断", "处置", "核实", "通知"]


def commands(*, change):
    """Every line of the blocks that change something, or of those that do not; each once."""
    found = {}
    for page in PAGES:
        for marked, block in BLOCK.findall(page.read_text(encoding="utf-8")):
            if bool(marked) == change:
                found.update(dict.fromkeys(block.strip().splitlines(), page.stem))
    return sorted(found)


def run(line, platform):
    """Run a line as somebody in the checkout would, against this platform."""
    here = line.replace("http://127.0.0.1:9090", platform["metrics"])
    return subprocess.run(
        ["sh", "-c", here], cwd=ROOT, env=platform["environment"], capture_output=True,
        text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_runbook_has_its_seven_parts(page):
    assert re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) == PARTS


def test_every_runbook_is_listed():
    listed = (ROOT / "docs/runbooks/README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"({page.name})" not in listed] == []


@pytest.mark.parametrize("line", commands(change=False))
def test_a_command_that_only_looks_works(platform, line):
    done = run(line, platform)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or "promtool" in line


@pytest.mark.parametrize("line", commands(change=True))
def test_a_command_that_changes_something_is_written_as_it_is_used(platform, line):
    program, *words = shlex.split(line)
    assert program == ".venv/bin/mingjing"
    names = list(words[:2]) if words[0] in {"letters", "publisher", "archive"} else words[:1]
    done = run(" ".join([program, *names, "--help"]), platform)
    assert done.returncode == 0, done.stderr
    assert [word for word in words if word.startswith("--") and word not in done.stdout] == []
