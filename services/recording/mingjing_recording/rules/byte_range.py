"""Which bytes of a file a request asks for (RFC 9110 §14): one range, or the whole."""

from __future__ import annotations

import re

from mingjing_recording.errors import OutOfRange

_ONE = re.compile(r"bytes=\s*([0-9]{0,18})\s*-\s*([0-9]{0,18})\s*", re.ASCII)


def range_asked(header: str | None, size: int) -> tuple[int, int] | None:
    """Start and end (the byte after the last) of the range; nothing when the whole is meant.

    A header that is no range of bytes, or names several, asks for the whole.

    Raises:
        OutOfRange: the range begins behind the end of the file.
    """
    match = _ONE.fullmatch(header or "")
    if match is None:
        return None
    first, last = match.groups()
    if not first:
        return _tail(last, size)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size:
        raise _out_of_range(size)
    return start, min(int(last) + 1, size) if last else size


def _tail(last: str, size: int) -> tuple[int, int] | None:
    if not last:
        return None
    wanted = int(last)
    if wanted == 0 or size == 0:
        raise _out_of_range(size)
    return max(0, size - wanted), size


def _out_of_range(size: int) -> OutOfRange:
    return OutOfRange(f"所要的字节超出文件末尾（共 {size} 字节）。", "请从头读取。", size=size)
