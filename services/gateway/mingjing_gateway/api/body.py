"""Request bodies, never more of them than is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.errors import InvalidInput, TooMuch

if TYPE_CHECKING:
    from starlette.requests import Request


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body.

    Raises:
        TooMuch: it is longer; told by its announced length, or as soon as it grows past it.
        InvalidInput: its announced length is no number.
    """
    announced = request.headers.get("content-length")
    if announced is not None:
        if not (announced.isascii() and announced.isdigit()):
            raise InvalidInput("Content-Length 不是数字。", "请更正请求头后重发。")
        _require(int(announced), most_bytes)
    parts = []
    size = 0
    async for part in request.stream():
        size += len(part)
        _require(size, most_bytes)
        parts.append(part)
    return b"".join(parts)


def _require(size: int, most_bytes: int) -> None:
    if size > most_bytes:
        raise TooMuch(
            f"正文至多 {most_bytes // (1024 * 1024)} MiB，超出的部分没有读取。",
            "请把一批事件分成几次发送；大的内容请上传到记录部门。",
        )
