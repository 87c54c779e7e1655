"""Request bodies, never more of them than is taken."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from mingjing_shared.errors import InvalidInput, TooMuch, Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

SENDING_SECONDS_MAX = 30
_DIGITS_MAX = 16
_LISTENED_BYTES_MAX = 64 * 1024 * 1024
_LISTENED_SECONDS_MAX = 5


class Room:
    """How many bytes of bodies this process holds at once."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held_bytes = 0

    @contextlib.contextmanager
    def held_for(self, request: Request, most_bytes: int) -> Iterator[None]:
        """Keep room for a request's body while it is worked on.

        Raises:
            Unavailable: there is none; coming again soon is right.
            InvalidInput: its announced length is no number.
        """
        size = min(_announced(request) or most_bytes, most_bytes)
        if self._held_bytes + size > self._most_bytes:
            raise Unavailable(
                "同时处理的请求过多，没有收下。", "请稍后原样重发。", retry_after_seconds=1
            )
        self._held_bytes += size
        try:
            yield
        finally:
            self._held_bytes -= size


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body.

    Raises:
        TooMuch: it is longer; told by its announced length, or as soon as it grows past it.
        InvalidInput: its announced length is no number, or it was not sent in time.
    """
    size = _announced(request) or 0
    stream = request.stream()
    body = b""
    if size <= most_bytes:
        try:
            async with asyncio.timeout(SENDING_SECONDS_MAX):
                size, body = await _collect(stream, most_bytes)
        except TimeoutError:
            raise InvalidInput(
                f"正文没有在 {SENDING_SECONDS_MAX} 秒内发完，没有收下。", "请检查网络后原样重发。"
            ) from None
    if size > most_bytes:
        if request.headers.get("expect") is None:
            await _hear_out(stream)
        raise TooMuch(
            f"正文至多 {most_bytes // (1024 * 1024)} MiB，没有收下。",
            "请把一批事件分成几次发送；大的内容请上传到记录部门。",
        )
    return body


async def _collect(stream: AsyncIterator[bytes], most_bytes: int) -> tuple[int, bytes]:
    """The size and the content of a body; nothing of one that grows past the limit."""
    parts = []
    size = 0
    async for part in stream:
        size += len(part)
        if size > most_bytes:
            return size, b""
        parts.append(part)
    return size, b"".join(parts)


def _announced(request: Request) -> int | None:
    """The length that a body will have, when it says so."""
    text = request.headers.get("content-length")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS_MAX):
        raise InvalidInput("Content-Length 不是数字。", "请更正请求头后重发。")
    return int(text)


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
