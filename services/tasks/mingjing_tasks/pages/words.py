"""Every code that tasks' pages show, in Chinese."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events import event_class, schema_of
from mingjing_shared.events.codes import CaseKind, Mode, Procedure, names_of
from mingjing_shared.events.field_names import FIELD_NAMES
from mingjing_shared.web.lists import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

WARNING_STATES: Mapping[str, Word] = {
    "raised": Word("未消除", "late"),
    "cleared": Word("已消除", "good"),
}
WARNING_KINDS: Mapping[str, Word] = {"decision_without_review": Word("未审先决")}
SEVERITIES: Mapping[str, Word] = {"high": Word("高", "late")}
CASE_KINDS = {code: Word(name) for code, name in names_of(CaseKind).items()}
PROCEDURES = {code: Word(name) for code, name in names_of(Procedure).items()}
MODES = {code: Word(name) for code, name in names_of(Mode).items()}
HOMES: Mapping[str, Word] = {
    "inbound": Word("外部系统", "cas"),
    "disclosure": Word("公示", "dis"),
    "recording": Word("记录", "rec"),
    "review": Word("审核", "rev"),
    "tasks": Word("任务", "act"),
}
# Our own long ids and counters, which tell an officer nothing.
_NOT_ON_PAGES = frozenset({"item_id", "review_id", "clearance_id", "warning_id", "revision"})
_YES_NO = {True: "是", False: "否"}
_CODES_OF_FIELDS: Mapping[str, Mapping[str, Word]] = {"severity": SEVERITIES}


def label_of(event_type: str) -> Word:
    """An event type in words, with the tone of the department that sends it."""
    found = event_class(event_type)
    if found is None:
        return Word(event_type)
    return Word(found.label, HOMES.get(found.home, Word("")).tone)


def source_of(source: str) -> str:
    """Who said it: a department by its name, another system by its source."""
    home = source.removeprefix("/mingjing/")
    return HOMES[home].name if home != source and home in HOMES else source


def said(event_type: str, codes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The codes of an event in words, field and value, in the order of the contract."""
    return [
        (FIELD_NAMES.get(name, name), _value(event_type, name, codes[name]))
        for name in (*_fields(event_type), *sorted(codes.keys() - _fields(event_type).keys()))
        if name in codes and name not in _NOT_ON_PAGES
    ]


def _value(event_type: str, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    text = str(value)
    if name == "kind" and text in WARNING_KINDS:
        return WARNING_KINDS[text].name
    if name in _CODES_OF_FIELDS and text in _CODES_OF_FIELDS[name]:
        return _CODES_OF_FIELDS[name][text].name
    return names_of_field(event_type, name).get(text) or _time(text)


def _time(text: str) -> str:
    """An instant in Asia/Shanghai, anything else as it is."""
    if len(text) <= len("2026-11-27") or not text[:4].isdigit():
        return text
    try:
        return datetime.fromisoformat(text).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


@cache
def _fields(event_type: str) -> Mapping[str, Any]:
    return (schema_of(event_type) or {"properties": {}})["properties"]  # type: ignore[no-any-return]


def names_of_field(event_type: str, name: str) -> Mapping[str, str]:
    """The Chinese of every code that a field of an event may hold; none for free ones."""
    field = _fields(event_type).get(name, {})
    names: Mapping[str, str] = field.get("x-names") or field.get("x-known") or {}
    return names
