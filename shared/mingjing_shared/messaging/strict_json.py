"""The one decoder of JSON from outside, for the door and the workers.

Refuses, before any SQL, what two readers could take two ways: duplicate keys, NUL, lone
surrogates, absurd depth, numbers that a double cannot hold. Gives the value together with its
canonical form (JCS, RFC 8785), over which content is compared.
"""

from __future__ import annotations

import json
import re
from typing import Any

import orjson
import rfc8785

DEPTH_MAX = 32
INTEGER_MAX = 2**53 - 1  # RFC 7493: beyond it, readers disagree

_ALL_BUT_FOUR_BYTE_LEADS = bytes(range(0xF0))
_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class MalformedJson(ValueError):
    """The bytes are not JSON that everybody reads alike.

    Attributes:
        reason: what is wrong, in Chinese, without quoting the content.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def strict_loads(raw: bytes) -> tuple[Any, bytes]:
    """The value and its canonical bytes.

    Raises:
        MalformedJson: with the reason in Chinese.
    """
    if b"\x00" in raw or (b"\\u0000" in raw and _ESCAPED_NUL.search(raw)):
        raise MalformedJson("含有 NUL 字符（\\u0000）")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedJson(_reason_of(error, raw)) from None
    has_fractions = _check_tree(value)
    plain = canonical(value, plain_numbers=not has_fractions)
    # A value written back to the very same bytes cannot have had a key twice.
    if plain != raw and orjson.dumps(value) != raw:
        _refuse_duplicate_keys(raw)
    return value, plain


def canonical(value: Any, *, plain_numbers: bool = False) -> bytes:
    """The canonical form (RFC 8785) of a JSON value.

    ``plain_numbers`` says that the value is known to hold no fraction, which lets the fast
    writer be used: it differs from RFC 8785 only in fractions, and in the order of keys where one
    has a character beyond the basic plane.
    """
    if plain_numbers:
        quick = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        if not quick.translate(None, _ALL_BUT_FOUR_BYTE_LEADS):
            return quick
    return rfc8785.dumps(value)


def _reason_of(error: orjson.JSONDecodeError, raw: bytes) -> str:
    try:
        raw.decode()
    except UnicodeDecodeError as fault:
        return f"不是 UTF-8：第 {fault.start + 1} 字节"
    if "surrogate" in str(error):
        return "含有不成对的代理字符（\\ud800–\\udfff）"
    if "depth limit" in str(error):
        return f"嵌套超过 {DEPTH_MAX} 层"
    return f"不是 JSON：第 {error.lineno} 行第 {error.colno} 列"


def _check_tree(value: Any) -> bool:
    """Whether there is a fraction anywhere; refuses absurd depth and integers beyond 2^53."""
    fractions = False
    level = [value]
    for _depth in range(DEPTH_MAX + 1):
        deeper: list[Any] = []
        for item in level:
            kind = type(item)
            if kind is str:
                continue
            if kind is dict:
                deeper += item.values()
            elif kind is list:
                deeper += item
            elif kind is float:
                fractions = True
                _check_size(item)
            elif kind is int:
                _check_size(item)
        if not deeper:
            return fractions
        level = deeper
    raise MalformedJson(f"嵌套超过 {DEPTH_MAX} 层")


def _check_size(number: float) -> None:
    if abs(number) > INTEGER_MAX and float(number).is_integer():
        raise MalformedJson("数字超出 ±(2^53−1)，应以字符串表示")


def _refuse_duplicate_keys(raw: bytes) -> None:
    json.loads(raw, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise MalformedJson(f"同一对象中键“{key[:40]}”出现两次")
            seen.add(key)
    return members
