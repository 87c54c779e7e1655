"""Why data are refused: every problem, with its field, in the sender's language.

Slow and thorough; runs only after the fast path has refused.
"""

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError

from mingjing_shared.events.base import Event
from mingjing_shared.events.field_names import called
from mingjing_shared.events.schema import schema_of
from mingjing_shared.events.shape import shape_of
from mingjing_shared.events.values import Instant
from mingjing_shared.law.case_number import case_key
from mingjing_shared.law.errors import BadCaseNumber

PROBLEMS_MAX = 100
SHOWN_CHARS_MAX = 40
INTEGER_SHOWN_MAX = 10**30

_JSON_TYPES = {
    "string": "文字（加引号的字符串）",
    "number": "数字",
    "integer": "整数",
    "boolean": "true 或 false",
    "object": "对象 {…}",
    "array": "列表 […]",
}


class FieldProblem(msgspec.Struct, frozen=True):
    """One thing that is wrong with one field.

    Attributes:
        path: where, as ``outcome.fine`` or ``parties[0].name``; empty for the data as a whole.
        message: the value, the rule, what is wanted, in Chinese. For the sender only: it may
            quote a value (of a personal field never).
        rule: the rule that is broken, for machines; may be logged.
    """

    path: str
    message: str
    rule: str


def explain(event_class: type[Event], data: Any) -> list[FieldProblem]:
    """Every problem of the data, at most a hundred, in the order of their places.

    Empty when the schema has nothing against the data.
    """
    if not isinstance(data, dict):
        message = f"data 应为 JSON 对象 {{…}}，实为{_kind_of(data)}；请按该类型的数据格式重发"
        return [FieldProblem(path="", message=message, rule="json_object")]
    errors = sorted(
        islice(_leaves(_validator(event_class.type).iter_errors(data)), PROBLEMS_MAX),
        key=lambda error: [str(part) for part in error.absolute_path],
    )
    found = [problem for error in errors for problem in _problems(event_class, error)]
    if not found and not has_case_key(data.get("case_number")):
        wanted = "去掉合字、全角写法后应为 1 至 40 个字符"
        message = f"{called('case_number')}的值无法规范化：{wanted}"
        found = [FieldProblem(path="case_number", message=message, rule="case_key")]
    return list({(p.path, p.rule, p.message): p for p in found}.values())[:PROBLEMS_MAX]


def has_case_key(number: Any) -> bool:
    """Whether a case number, if there is one, still is one in its keyed form."""
    if not isinstance(number, str) or (number.isascii() and number.strip()):
        return True
    try:
        case_key(number)
    except BadCaseNumber:
        return False
    return True


def explain_or_say(event_class: type[Event], data: Any) -> list[FieldProblem]:
    """The same for data that were refused: never empty."""
    message = f"数据不符合 {event_class.type} 的格式；请对照 /intake/schemas 中该类型的说明"
    return explain(event_class, data) or [FieldProblem(path="", message=message, rule="schema")]


def _is_integer(_checker: object, value: object) -> bool:
    """3.0 is none, as for the fast reader: one way of writing each value."""
    return isinstance(value, int) and not isinstance(value, bool)


_Validator = validators.extend(  # type: ignore[no-untyped-call]  # the library has no types here
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


@cache
def _validator(event_type: str) -> Any:
    checker = FormatChecker(formats=())
    checker.checks("date", raises=msgspec.ValidationError)(_is_date)
    checker.checks("date-time", raises=msgspec.ValidationError)(_is_instant)
    schema = {k: v for k, v in (schema_of(event_type) or {}).items() if k != "$id"}
    return _Validator(schema, format_checker=checker)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(msgspec.convert(value, date))


def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or bool(msgspec.convert(value, Instant))


def _leaves(errors: Iterator[ValidationError]) -> Iterator[ValidationError]:
    """The errors themselves, instead of "none of the alternatives" (ours are X or null)."""
    for error in errors:
        if error.validator != "anyOf":
            yield error
            continue
        inner = [e for e in error.context or () if e.schema_path[0] == 0]
        yield from _leaves(iter(inner))


def _problems(event_class: type[Event], error: ValidationError) -> Iterator[FieldProblem]:
    steps = list(error.absolute_path)
    if "propertyNames" in error.absolute_schema_path:
        name = str(error.instance)
        allowed = "、".join(str(item) for item in _list_of(error))
        yield FieldProblem(
            path=name[:SHOWN_CHARS_MAX],
            message=f"涉密案件只允许 {allowed} 这几个字段；请去掉{called(_shown_text(name))}",
            rule="classified",
        )
    elif error.validator == "required":
        assert isinstance(error.instance, dict)
        for name in _list_of(error):
            if name not in error.instance:
                yield _missing([*steps, name])
    elif error.validator == "not":
        yield _missing(steps)
    else:
        yield FieldProblem(
            path=_path(steps),
            message=_message(error, steps, personal=_is_personal(event_class, steps)),
            rule=_rule(error),
        )


def _list_of(error: ValidationError) -> list[Any]:
    value: Any = error.validator_value
    return list(value)


def _missing(steps: list[str | int]) -> FieldProblem:
    message = f"缺少必填字段{called(str(steps[-1]))}；请补上后重发"
    return FieldProblem(path=_path(steps), message=message, rule="required")


def _rule(error: ValidationError) -> str:
    if error.validator == "format":
        return "date" if error.validator_value == "date" else "instant"
    return str(error.validator)


def _message(error: ValidationError, steps: list[str | int], *, personal: bool) -> str:
    name = next((step for step in reversed(steps) if isinstance(step, str)), "data")
    value = "的值" if personal else f"的值 {_shown(error.instance)} "
    return f"{called(name)}{value}{_wanted(error)}"


def _wanted(error: ValidationError) -> str:
    schema: Any = error.schema
    limit: Any = error.validator_value
    described = schema.get("description", "")
    match error.validator:
        case "type":
            kinds = [limit] if isinstance(limit, str) else [k for k in limit if k != "null"]
            wanted = "或".join(_JSON_TYPES.get(kind, kind) for kind in kinds)
            hint = f"（{described}）" if described and "object" not in kinds else ""
            said = f"类型不对：应为{wanted}{hint}，实为{_kind_of(error.instance)}"
        case "enum":
            said = f"不在允许的代码之内；应为其中之一：{_codes(schema)}"
        case "minLength":
            said = f"太短：至少 {limit} 个字符"
        case "maxLength":
            said = f"太长：至多 {limit} 个字符"
        case "minimum":
            said = f"太小：应不小于 {limit}"
        case _:
            said = f"格式不对：应为{described or '该类型说明中的格式'}"
    return said


def _codes(schema: Any) -> str:
    names = schema.get("x-names", {})
    codes = [str(code) for code in schema.get("enum", ()) if code is not None]
    ordered = [code for code in names if code in codes] or codes
    return "、".join(f"{code}（{names[code]}）" if code in names else code for code in ordered)


def _is_personal(event_class: type[Event], steps: list[str | int]) -> bool:
    shape = shape_of(event_class)
    for step in steps:
        if isinstance(step, int):
            continue
        field = shape.get(step)
        if field is None or field.personal:
            return True
        shape = field.inner or {}
    return False


def _path(steps: list[str | int]) -> str:
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps]
    return "".join(parts).removeprefix(".")


def _kind_of(value: Any) -> str:
    if value is None:
        return "空值 null"
    if isinstance(value, bool):
        return "true 或 false"
    if isinstance(value, int | float):
        return "数字" if isinstance(value, int) else "小数"
    if isinstance(value, str):
        return "文字"
    return "列表" if isinstance(value, list) else "对象"


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"“{_shown_text(value)}”"
    if isinstance(value, dict | list):
        return f"（{_kind_of(value)}）"
    if isinstance(value, int) and abs(value) > INTEGER_SHOWN_MAX:
        return "（过大的整数）"
    return _shown_text(json.dumps(value))


def _shown_text(value: str) -> str:
    """A short form in which nothing is invisible and nothing turns the line around."""
    short = value[:SHOWN_CHARS_MAX] + ("…" if len(value) > SHOWN_CHARS_MAX else "")
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign)[0] == "C" else sign for sign in short
    )
