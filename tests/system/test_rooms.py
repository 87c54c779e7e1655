"""A newcomer who knows one service knows them all."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path
from statistics import median

import pytest

from mingjing_shared.events import CATALOGUE, short_name

ROOT = Path(__file__).resolve().parents[2]
SERVICES = ("gateway", "disclosure", "portal", "recording", "review", "tasks")
WORKERS = tuple(service for service in SERVICES if service != "portal")
ROOMS = {  # what a service's package may hold, and nothing else
    "migrations", "law", "rules", "tables", "store", "handlers", "acts", "api", "pages",
    "templates", "static", "app", "worker", "stream", "command", "settings", "errors",
}  # fmt: skip
NEEDED = {"migrations", "tables", "store", "pages", "templates", "app", "settings"}
HANDLER_LINES_MAX = 40
HANDLER_LINES_MEDIAN_MAX = 15
HEADS = ["Duty", "Events in", "Events out", "Tables", "Pages", "Roles", "Promises"]
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b\s+\S+")
FORM = re.compile(r"[a-z_]+\.[a-z_]+")


def package(service: str) -> Path:
    """Where a service's code is."""
    return ROOT / "services" / service / f"mingjing_{service}"


def section(service: str, head: str) -> str:
    """One section of a service's README."""
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    return text.split(f"## {head}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_the_rooms_of_the_house_and_no_others(service):
    found = {
        entry.stem
        for entry in package(service).iterdir()
        if not entry.name.startswith("__") and entry.name != "py.typed"
    }
    assert found - ROOMS == set()
    assert NEEDED - found == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_readme_has_the_same_heads(service):
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADS
    assert re.match(rf"# {service} — \S+", text)


@pytest.mark.parametrize("service", WORKERS)
def test_the_readme_names_every_event_that_is_handled(service):
    handled = importlib.import_module(f"mingjing_{service}.handlers").HANDLERS
    said = section(service, "Events in")
    missing = {
        short_name(event.type) for event in handled if f"`{short_name(event.type)}`" not in said
    }
    if "every event that can carry a case number" in said:
        missing -= {
            short_name(event.type)
            for event in handled
            if "case_number" in event.__struct_fields__ or event.key == "case_number"
        }
    assert missing == set()


@pytest.mark.parametrize("service", SERVICES)
def test_the_readme_names_only_events_that_exist(service):
    known = {short_name(event_type) for event_type in CATALOGUE}
    for head in ("Events in", "Events out"):
        rows = re.findall(r"^\| (`[^|]+) \|", section(service, head), re.MULTILINE)
        assert rows or "none" in section(service, head).lower(), head
        for row in rows:
            named = {name for name in re.findall(r"`([^`<>*]+)`", row) if FORM.fullmatch(name)}
            assert named - known == set()


@pytest.mark.parametrize("service", SERVICES)
def test_the_readme_lists_every_table_of_the_service(service):
    tables = importlib.import_module(f"mingjing_{service}.tables")
    said = section(service, "Tables")
    own = {
        table.name
        for metadata in vars(tables).values()
        if type(metadata).__name__ == "MetaData"
        for table in metadata.tables.values()
    }
    assert {name for name in own if f"`{name}`" not in said} == set()


def test_the_routing_of_a_service_stands_in_one_place(code):
    found = [
        file.at(node)
        for file in code
        if file.name.startswith("services/") and not file.name.endswith("/handlers/__init__.py")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and any(
            isinstance(target, ast.Name) and target.id in {"HANDLERS", "ALARMS"}
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        )
    ]
    assert found == []


def test_what_happens_on_an_event_is_read_at_a_glance(code):
    """What a handler does, its docstring not counted."""
    lengths = {
        f"{file.at(node)} {node.name}": node.end_lineno - node.body[0].end_lineno
        for file in code
        if file.name.startswith("services/") and "/handlers/" in file.name
        for node in file.tree.body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith("_")
    }
    assert {name for name, lines in lengths.items() if lines > HANDLER_LINES_MAX} == set()
    assert median(lengths.values()) <= HANDLER_LINES_MEDIAN_MAX


def test_sql_stands_in_the_store(code):
    found = [
        file.at(node)
        for file in code
        if file.name.startswith("services/") and not re.search(r"/(store|migrations)/", file.name)
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert found == []


def test_nobody_commits_but_the_transaction_itself(code):
    found = [
        file.at(node)
        for file in code
        if file.name.startswith("services/")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback", "begin", "begin_nested"}
    ]
    assert found == []


def test_only_the_relay_and_the_door_send(code):
    sending = {
        file.name
        for file in code
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"send", "send_and_wait", "send_batch", "produce"}
        and "producer" in ast.unparse(node.func.value)
    }
    assert sending == {
        "shared/mingjing_shared/messaging/relay.py",
        "services/gateway/mingjing_gateway/store/inbound.py",
        "deploy/mingjing_deploy/demo/senders.py",  # plays publishers, from outside
    }


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_are_numbered_without_gaps_and_follow_each_other(service):
    folder = package(service) / "migrations"
    files = sorted(folder.glob("*.py"))
    before = None
    for number, file in enumerate(files, 1):
        assert file.name.startswith(f"{number:04}_"), file.name
        given = {
            statement.targets[0].id: statement.value.value
            for statement in ast.parse(file.read_text(encoding="utf-8")).body
            if isinstance(statement, ast.Assign)
            and isinstance(statement.targets[0], ast.Name)
            and isinstance(statement.value, ast.Constant)
        }
        assert (given["revision"], given["down_revision"]) == (f"{number:04}", before)
        before = given["revision"]
    assert files


def test_modules_are_loaded_by_name_in_few_places(code):
    """What is loaded by name escapes the contracts, so each place is known."""
    loading = {
        file.name
        for file in code
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rsplit(".", 1)[-1] in {"import_module", "__import__"}
    }
    assert loading == {
        "shared/mingjing_shared/messaging/command.py",  # handlers of the service asked for
        "shared/mingjing_shared/rotate.py",  # what that service seals
        "deploy/mingjing_deploy/accounts.py",  # a module of its own
    }
