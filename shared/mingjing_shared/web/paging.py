"""Keyset paging: a page says where the next one begins, whatever came in meanwhile."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R")

PAGE_SIZE = 50
_MARK_LENGTH_MAX = 1024


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Some rows, and the mark at which the next ones begin; none on the last page."""

    rows: Sequence[R]
    next: str | None


def page_of(rows: Sequence[R], key: Callable[[R], tuple[str, ...]]) -> Page[R]:
    """A page from rows asked for with one more than ``PAGE_SIZE``, so that it knows its end."""
    if len(rows) <= PAGE_SIZE:
        return Page(rows, None)
    kept = rows[:PAGE_SIZE]
    return Page(kept, mark(*key(kept[-1])))


def mark(*parts: str) -> str:
    """The key of a row as an address can carry it."""
    return base64.urlsafe_b64encode(msgspec.json.encode(parts)).decode().rstrip("=")


def parts_of(given: str | None, count: int) -> tuple[str, ...] | None:
    """The key in a mark; nothing when no mark was given.

    Raises:
        InvalidInput: this is no mark of ours.
    """
    if not given:
        return None
    try:
        padded = given[:_MARK_LENGTH_MAX] + "=" * (-len(given) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        parts = msgspec.json.decode(raw, type=tuple[str, ...])
    except ValueError:
        parts = ()
    if len(parts) != count or any("\0" in part for part in parts):
        raise _damaged()
    return parts


def after_day(given: str | None) -> tuple[date, str] | None:
    """The day and id after which a page begins.

    Raises:
        InvalidInput: this is no mark of ours.
    """
    parts = parts_of(given, 2)
    return None if parts is None else (_read(date.fromisoformat, parts[0]), parts[1])


def after_moment(given: str | None, *, ids: int = 1) -> tuple[datetime, tuple[str, ...]] | None:
    """The instant and the ids after which a page begins.

    Raises:
        InvalidInput: this is no mark of ours.
    """
    parts = parts_of(given, 1 + ids)
    if parts is None:
        return None
    instant = _read(datetime.fromisoformat, parts[0])
    if instant.tzinfo is None:
        raise _damaged()
    return instant, parts[1:]


def _read(read: Callable[[str], R], text: str) -> R:
    try:
        return read(text)
    except ValueError as error:
        raise _damaged() from error


def _damaged() -> InvalidInput:
    return InvalidInput("翻页标记不完整或已损坏。", "请回到第一页重新翻阅。")
