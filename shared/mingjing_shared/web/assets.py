"""Style sheets and pictures: ours, few, small, held in memory, named by their content.

A page asks for ``name?v=<start of the content's hash>``; such an address may be kept for ever.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

VERSION_LENGTH = 12
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, what they are, and the name of its content."""

    content: bytes
    media_type: str
    version: str


class Assets:
    """The static files of one web process: each package's ``static`` folder, first one wins."""

    def __init__(self, packages: Sequence[str]) -> None:
        self._assets: dict[str, Asset] = {}
        for package in reversed(packages):
            self._assets |= _assets_of(package)

    def version(self, name: str) -> str:
        """The name of a file's present content.

        Raises:
            KeyError: there is no such file; the template that names it is wrong.
        """
        return self._assets[name].version

    def answer(self, name: str, request: Request) -> Response | None:
        """The file as an answer, short when the asker has it already; nothing if there is none."""
        asset = self._assets.get(name)
        if asset is None:
            return None
        known = request.query_params.get("v") == asset.version
        headers = {
            "ETag": f'"{asset.version}"',
            "Cache-Control": FOR_EVER if known else ASK_AGAIN,
        }
        if is_held(headers["ETag"], request):
            return Response(status_code=304, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)


def is_held(etag: str, request: Request) -> bool:
    """Whether the asker already holds the content of this name (``If-None-Match``)."""
    held = request.headers.get("if-none-match", "")
    return etag in (part.strip().removeprefix("W/") for part in held.split(","))


@cache
def _assets_of(package: str) -> dict[str, Asset]:
    folder = files(package).joinpath("static")
    if not folder.is_dir():
        return {}
    found = {}
    for file in folder.iterdir():
        content = file.read_bytes()
        media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        version = hashlib.sha256(content).hexdigest()[:VERSION_LENGTH]
        found[file.name] = Asset(content, media_type, version)
    return found
