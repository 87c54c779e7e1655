"""A JSON body of an API: read strictly, refused by the names of fields, never repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from mingjing_shared.errors import InvalidInput, TooMuch
from mingjing_shared.messaging.strict_json import MalformedJson, strict_loads

if TYPE_CHECKING:
    from starlette.requests import Request

Wanted = TypeVar("Wanted")


async def read_json(request: Request, wanted: type[Wanted], bytes_max: int, way_out: str) -> Wanted:
    """The body as what is wanted; ``way_out`` says what a body of this address is made of.

    Raises:
        TooMuch: the body is larger than ``bytes_max``.
        InvalidInput: it is not JSON that everybody reads alike, or a field is missing or wrong.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > bytes_max:
            raise TooMuch(f"请求超过 {bytes_max // 1024} KiB。", way_out)
    try:
        return msgspec.convert(strict_loads(bytes(body))[0], wanted)
    except MalformedJson as error:
        raise InvalidInput(
            f"请求不是合格的 JSON：{error.reason}。", "请按接口说明修改后重试。"
        ) from None
    except msgspec.ValidationError as error:
        raise InvalidInput(f"请求不合要求：{_place_in(str(error))}。", way_out) from None


def _place_in(text: str) -> str:
    """Where it is wrong, by the names of fields; nothing of what was sent."""
    _, at, place = text.rpartition(" - at ")
    if at:
        return place.strip("`$.") or "整体"
    return "缺少必填字段" if "missing required field" in text else "整体"
