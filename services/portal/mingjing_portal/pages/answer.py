"""A page as an answer: the same content has the same name, so that caches ask cheaply."""

import hashlib
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from starlette.responses import HTMLResponse

from mingjing_shared.web.assets import ASK_AGAIN, is_held
from mingjing_shared.web.shell import Shell

READ = ["GET", "HEAD"]


@dataclass(frozen=True, slots=True)
class Face:
    """The pages in one size: everybody's, or the larger one for the elderly (长辈版)."""

    shell: Shell
    root: str = ""

    def answer(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        """A page that a cache may keep and must ask for; short where the asker holds it.

        A withdrawal is seen at once: nobody may show a page without asking.
        """
        text = self.text(request, template, **values)
        headers = {"ETag": etag_of(text), "Cache-Control": ASK_AGAIN}
        if status == 200 and is_held(headers["ETag"], request):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(text, status, headers=headers)

    def text(self, request: Request, template: str, **values: Any) -> str:
        """The page's text."""
        path = request.url.path.removeprefix("/elder") or "/"
        return self.shell.text(template, root=self.root, path=path, **values)

    def uncached(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        """A page for this request alone."""
        return HTMLResponse(self.text(request, template, **values), status)


def etag_of(text: str) -> str:
    """The name of a page's content."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
