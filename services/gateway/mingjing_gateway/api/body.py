"""Request bodies, never more of them than is taken."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from mingjing_shared.errors import InvalidInput, TooMuch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

_DIGITS_MAX = 16
_LISTENED_BYTES_MAX = 64 * 1024 * 1024
_LISTENED_SECONDS_MAX = 5


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body.

    Raises:
        TooMuch: it is longer; told by its announced length, or as soon as it grows past it.
        InvalidInput: its announced length is no number.
    """
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit() and len(announced) < _DIGITS_MAX):
        raise InvalidInput("Content-Length 不是数字。", "请更正请求头后重发。")
    parts = []
    size = int(announced)
    stream = request.stream()
    if size <= most_bytes:
        size = 0
        async for part in stream:
            size += len(part)
            if size > most_bytes:
                break
            parts.append(part)
    if size > most_bytes:
        if request.headers.get("expect") is None:
            await _hear_out(stream)
        raise TooMuch(
            f"正文至多 {most_bytes // (1024 * 1024)} MiB，没有收下。",
            "请把一批事件分成几次发送；大的内容请上传到记录部门。",
        )
    return b"".join(parts)


async def _hear_out(stream: AsyncIterator[bytes]) -> None:
    """Let go by what a client goes on sending, for a while: many read no answer before.

    Who asked first (``Expect: 100-continue``) is answered at once.
    """
    passed = 0
    with contextlib.suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(_LISTENED_SECONDS_MAX):
            async for part in stream:
                passed += len(part)
                if passed > _LISTENED_BYTES_MAX:
                    return
