"""The tree as the system tests read it: parsed once a run."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("gateway", "disclosure", "portal", "recording", "review", "tasks")


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Where it is, from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[str]:
        """Line by line."""
        return self.text.splitlines()

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed."""
        return ast.parse(self.text)

    def at(self, node: ast.AST) -> str:
        """Where a node stands, to be clicked."""
        return f"{self.name}:{node.lineno}"


@pytest.fixture(scope="session")
def code() -> list[Source]:
    """Every Python file of the product."""
    return [
        Source(path)
        for top in ("shared", "deploy", "services")
        for path in sorted((ROOT / top).rglob("*.py"))
    ]


@pytest.fixture(scope="session")
def tests() -> list[Source]:
    """Every Python file of the tests, benches and their support."""
    return [Source(path) for path in sorted((ROOT / "tests").rglob("*.py"))]
