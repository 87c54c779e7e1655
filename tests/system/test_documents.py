"""What the documents name exists: places, links, commands, targets."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest

from mingjing_deploy.cli import mingjing
from mingjing_shared.events import CATALOGUE, decode

ROOT = Path(__file__).resolve().parents[2]
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives", "References"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PATTERNS = (
    "*.md", "docs/*.md", "docs/decisions/*.md", "docs/runbooks/*.md", "services/*/README.md",
    "deploy/*.md",
)  # fmt: skip
DOCUMENTS = sorted(path for pattern in PATTERNS for path in ROOT.glob(pattern))
PLACE = re.compile(r"`((?:docs|shared|services|deploy|tests)/[\w/.-]+)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")
COMMAND = re.compile(r"(?<![\w.-])mingjing ([a-z][a-z-]*)")
TARGET = re.compile(r"\bmake ([a-z]+)\b")
NO_TARGETS = {"sure", "it"}


def name_of(path: Path) -> str:
    """A document's place, for the name of a test."""
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(params=DOCUMENTS, ids=name_of)
def document(request) -> Path:
    return request.param


def test_every_place_that_is_named_exists(document):
    text = document.read_text(encoding="utf-8")
    assert [place for place in PLACE.findall(text) if not (ROOT / place).exists()] == []


def test_every_link_leads_somewhere(document):
    text = document.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []


def test_every_make_target_that_is_named_exists(document):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = re.findall(r"`[^`]*`|```.*?```", document.read_text(encoding="utf-8"), re.DOTALL)
    named = {target for piece in code for target in TARGET.findall(piece)}
    assert named - targets - NO_TARGETS == set()


def test_every_command_that_is_named_exists(document):
    context = click.Context(mingjing)
    known = set(mingjing.list_commands(context))
    text = document.read_text(encoding="utf-8")
    named = {
        command for piece in re.findall(r"`[^`\n]*`", text) for command in COMMAND.findall(piece)
    }
    assert named - known == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=name_of)
def test_a_decision_has_its_five_parts_and_names_files(decision):
    text = decision.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert PLACE.search(text.split("## References")[1]) or "`pyproject.toml`" in text
    assert text.startswith(f"# {decision.name[:4]} ")


def test_decisions_are_numbered_without_gaps_and_listed():
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]
    assert [path.name for path in DECISIONS if f"({path.name})" not in listed] == []


def test_both_readmes_name_the_same_commands_and_addresses():
    def named(path: str) -> list[str]:
        text = (ROOT / path).read_text(encoding="utf-8")
        return re.findall(r"https?://[\w.:/-]+|make [a-z]+|\bMINGJING_[A-Z_]+", text)

    assert sorted(set(named("README.md"))) == sorted(set(named("README.zh-CN.md")))


def test_the_first_event_of_the_readme_is_a_lawful_one():
    """The request of both readmes; that the door takes such a one is shown by the door's tests."""
    requests = [
        re.search(r"-d '(\{.*?\})'\n", (ROOT / path).read_text(encoding="utf-8"), re.DOTALL)[1]
        for path in ("README.md", "README.zh-CN.md")
    ]
    assert requests[0] == requests[1]
    event = json.loads(requests[0])
    decode(CATALOGUE[event["type"]], event["data"])
