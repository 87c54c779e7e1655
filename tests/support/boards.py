"""Dashboards and rules as tests look at them: every expression, and where it stands."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "grafana" / "dashboards"
RULES = ROOT / "deploy" / "prometheus" / "rules"
METRIC = re.compile(r"\b((?:mj|kafka|http_server|process|jvm)_\w+|mj:[\w:]+|up|ALERTS)\b")
KINDS = {"Counter": "_total", "Gauge": "", "Histogram": ""}
OF_A_HISTOGRAM = ("_bucket", "_count", "_sum")


def boards() -> dict[str, dict[str, Any]]:
    """Every dashboard's JSON, by its uid."""
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for file in sorted(FOLDER.glob("*.json"))
    }


def panels(board: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The panels of a board that show something (rows do not)."""
    return (panel for panel in board["panels"] if panel["type"] != "row")


def questions(board: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and expression of everything a board asks: panels, variables, annotations."""
    for panel in panels(board):
        for target in panel["targets"]:
            yield f"{panel['title']}/{target['refId']}", target["expr"]
    for mark in board["annotations"]["list"]:
        yield f"标注 {mark['name']}", mark["expr"]
    for variable in board["templating"]["list"]:
        if variable["type"] == "query":
            yield f"变量 {variable['name']}", variable["query"]


def rules() -> Iterator[dict[str, Any]]:
    """Every recording and alerting rule."""
    for file in sorted(RULES.glob("*.yml")):
        for group in yaml.safe_load(file.read_text(encoding="utf-8"))["groups"]:
            yield from group["rules"]


def metrics_of(expr: str) -> set[str]:
    """The metrics that an expression names, a histogram's under its own name."""
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', expr)
    plain = re.sub(r"\b(?:by|on|ignoring|without) \([^)]*\)", "", plain)
    return {_whole(name) for name in METRIC.findall(plain)}


def _whole(name: str) -> str:
    for ending in OF_A_HISTOGRAM:
        if name.endswith(f"_seconds{ending}") and not name.startswith("jvm_"):
            return name.removesuffix(ending)
    return name


def declared() -> dict[str, Path]:
    """Every metric that our code declares, as Prometheus has it, and where."""
    found = {}
    for folder in ("shared", "services", "deploy"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(
                        func=ast.Name(id=kind), args=[ast.Constant(value=str(name)), *_]
                    ) if kind in KINDS:
                        found[name + KINDS[kind]] = file
    return found
