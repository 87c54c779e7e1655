"""What a reviewer would otherwise have to say again and again."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FUNCTION_LINES_MAX = 60
FILE_LINES_MAX = 400
LINE_CHARS_MAX = 100
TEST_NAME_WORDS_MIN = 3
PRAGMA = re.compile(r"\s*# (noqa|type: ignore|pragma)\b.*$")
EDGE = re.compile(r"# noqa: BLE001 - \S+ \S+")
LATER = re.compile(r"\b(TODO|FIXME|HACK)\b|\bXXX\b(?!')")
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "base_utils",
}
READ_BY_PEOPLE = ("*.py", "*.toml", "*.sql", "*.sh", "*.html", "*.css", "*.md", "*.yml")
NOT_OURS = {"__pycache__", "node_modules", ".venv", ".cache", ".tools", ".git", ".mingjing"}
A_NUMBER_OF_LAW_IS_A = "number compared, added or named; lengths, places and limits are none"
LIMIT = re.compile(r"(_MAX|_MIN|_CHARS|_BYTES|_SECONDS|_SIZE)$")


def functions(tree):
    """Every function and method, however deep."""
    return [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def length(node):
    """Lines of a function, decorators and docstring included."""
    return node.end_lineno - min([node.lineno, *(d.lineno for d in node.decorator_list)]) + 1


def test_no_function_is_longer_than_one_screen(code, tests):
    assert [
        f"{file.at(node)} {node.name}: {length(node)}"
        for file in code + tests
        for node in functions(file.tree)
        if length(node) > FUNCTION_LINES_MAX
    ] == []


def test_no_file_is_longer_than_can_be_read_at_once(code, tests):
    assert [
        f"{file.name}: {len(file.lines)}"
        for file in code + tests
        if len(file.lines) > FILE_LINES_MAX
    ] == []


def test_no_line_is_wider_than_the_window(code, tests):
    """A reason behind a pragma may stand beyond the edge."""
    assert [
        f"{file.name}:{number}"
        for file in code + tests
        for number, line in enumerate(file.lines, 1)
        if len(PRAGMA.sub("", line)) > LINE_CHARS_MAX
    ] == []


def test_no_file_has_a_name_that_says_nothing(code, tests):
    assert [file.name for file in code + tests if VAGUE & {*file.path.with_suffix("").parts}] == []


def test_whoever_catches_everything_raises_it_again_or_says_why_not(code):
    found = [
        file.at(node)
        for file in code
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ExceptHandler)
        and _catches_everything(node)
        and not EDGE.search(file.lines[node.lineno - 1])
        and not any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
    ]
    assert found == []


def _catches_everything(handler):
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def test_numbers_of_law_stand_in_law_files(code):
    """In rules no number above one is compared, added or given a name, unless it is a limit."""
    rules = [file for file in code if "/rules/" in file.name]
    assert rules
    found = [
        f"{file.at(number)}: {file.lines[number.lineno - 1].strip()}"
        for file in rules
        for number in _numbers_of_law(file.tree)
    ]
    assert found == [], A_NUMBER_OF_LAW_IS_A


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("DAYS = 7", [7]),
        ("due = made_on + timedelta(days=20)", [20]),
        ("late = (today - made_on).days > 30", [30]),
        ("age = year - 18", [18]),
        ("BATCH_EVENTS_MAX = 4 * 1024", []),
        ("one = given.count(None) != 2", []),
        ("first = text[:40]", []),
    ],
)
def test_a_number_of_law_is_told_from_other_numbers(text, seen):
    assert [number.value for number in _numbers_of_law(ast.parse(text))] == seen


def _numbers_of_law(tree):
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not LIMIT.search(name):
                yield from _numbers(value)
            case ast.Compare(left=left, ops=ops, comparators=sides):
                if not any(isinstance(op, ast.Eq | ast.NotEq) for op in ops):
                    for side in (left, *sides):
                        yield from _numbers(side)
            case ast.BinOp(left=left, right=right):
                for side in (left, right):
                    if isinstance(side, ast.Constant) and not _is_limit(tree, node):
                        yield from _numbers(side)
            case ast.keyword(arg="days" | "hours" | "weeks" | "months" | "years", value=value):
                yield from _numbers(value)


def _numbers(node):
    if isinstance(node, ast.Constant) and type(node.value) in {int, float} and node.value > 1:
        yield node


def _is_limit(tree, node):
    return any(
        isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and LIMIT.search(statement.targets[0].id)
        and node in ast.walk(statement)
        for statement in tree.body
    )


def test_rules_ask_no_clock(code):
    clocks = {"legal_now", "machine_now", "monotonic", "perf_counter", "today", "now"}
    assert [
        file.at(node)
        for file in code
        if "/rules/" in file.name
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) in clocks
    ] == []


def test_nothing_is_left_for_later_in_the_code():
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for pattern in READ_BY_PEOPLE
        for path in ROOT.rglob(pattern)
        if not NOT_OURS & {*path.parts} and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LATER.search(line)
    ] == []


def test_tests_do_not_wait_patch_or_look_away(tests):
    banned = {"skip", "skipif", "xfail", "patch", "importorskip"}
    found = []
    for file in tests:
        if not file.path.name.startswith(("test_", "conftest")):
            continue
        for node in ast.walk(file.tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="time"), attr="sleep")):
                    found.append(file.at(node))
                case ast.Attribute(attr=attr) if attr in banned and not _is_http(node):
                    found.append(file.at(node))
                case ast.Call(
                    func=ast.Attribute(attr="setattr", value=ast.Name(id="monkeypatch")),
                    args=[ast.Constant(), *_],
                ):
                    found.append(file.at(node))
    assert found == []


def _is_http(node):
    return isinstance(node.value, ast.Name) and node.value.id in {"client", "http"}


def test_the_name_of_a_test_is_a_sentence(tests):
    assert [
        f"{file.at(node)} {node.name}"
        for file in tests
        for node in functions(file.tree)
        if node.name.startswith("test_")
        and len(node.name.removeprefix("test_").split("_")) < TEST_NAME_WORDS_MIN
    ] == []


def test_every_test_file_says_what_it_shows(tests):
    assert [
        file.name
        for file in tests
        if file.path.name.startswith("test_") and not ast.get_docstring(file.tree)
    ] == []


def test_every_module_of_the_product_says_what_it_is_for(code):
    assert [
        file.name for file in code if file.text.strip() and not ast.get_docstring(file.tree)
    ] == []


@pytest.mark.parametrize("member", sorted(ROOT.glob("services/*")), ids=lambda path: path.name)
def test_a_member_names_only_what_it_may_use(member):
    """Its project file asks for the shared member and for no other service."""
    asked = tomllib.loads((member / "pyproject.toml").read_text())["project"]["dependencies"]
    ours = {name for name in asked if name.startswith("mingjing-")}
    assert ours == {"mingjing-shared"}
