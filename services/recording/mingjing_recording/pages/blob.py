"""Kept files, given out in the clear to who may see them, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Request
from starlette.responses import Response, StreamingResponse

from mingjing_recording.acts.viewing import look_at
from mingjing_recording.errors import OutOfRange
from mingjing_recording.rules.byte_range import range_asked
from mingjing_recording.rules.media import PLAYED_BY_BROWSERS, SHOWN_BY_BROWSERS, SUFFIXES
from mingjing_shared.web.desk import at_desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Row

    from mingjing_recording.acts.keeping import Vault
    from mingjing_shared.database import Database

Sha = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_NAME_CHARS = 16
# A browser shows a PDF by a part of its own that a page must allow.
_POLICY = "default-src 'none'; object-src 'self'; img-src 'self'; media-src 'self'"


def routes(database: Database, vault: Vault) -> APIRouter:
    """``/recording/blobs/<sha256>``."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/recording/blobs/{sha256}", methods=["GET", "HEAD"])
    async def blob(request: Request, sha256: Sha) -> Response:
        async with at_desk(request, database) as desk:
            found = await look_at(desk, sha256)
        headers = _headers(found)
        try:
            asked = range_asked(_range(request, headers["ETag"]), found.size)
        except OutOfRange:
            return Response(
                status_code=416, headers={"Content-Range": f"bytes */{found.size}", **headers}
            )
        start, end = asked or (0, found.size)
        headers["Content-Length"] = str(end - start)
        if asked:
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
        status = 206 if asked else 200
        if request.method == "HEAD":
            return Response(status_code=status, headers=headers, media_type=found.media_type)
        body = await _proved(vault.plain(found, start, end))
        return StreamingResponse(body, status, headers, found.media_type)

    return router


async def _proved(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, the first one read: what does not open is refused before any answer.

    Raises:
        Damaged: the first chunk is not what was kept.
    """
    first = await anext(pieces)

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return whole()


def _headers(blob: Row[Any]) -> dict[str, str]:
    is_shown = blob.media_type in PLAYED_BY_BROWSERS | SHOWN_BY_BROWSERS
    name = f"{blob.sha256[:_NAME_CHARS]}.{SUFFIXES.get(blob.media_type, 'bin')}"
    return {
        "Accept-Ranges": "bytes",
        "ETag": f'"{blob.sha256}"',
        "Content-Disposition": f'{"inline" if is_shown else "attachment"}; filename="{name}"',
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }


def _range(request: Request, etag: str) -> str | None:
    """The range asked for, unless it was meant for other content."""
    condition = request.headers.get("if-range")
    return request.headers.get("range") if condition in (None, etag) else None
