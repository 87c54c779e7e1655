"""Web processes in tests, spoken to as a browser would, without a socket."""

from __future__ import annotations

from contextlib import asynccontextmanager

import httpx


@asynccontextmanager
async def browsing(app):
    """A client of an application."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://front") as client:
        yield client


def text_of(answer: httpx.Response, status: int = 200) -> str:
    """What a page says that was really shown: what is not in an error page proves nothing."""
    assert answer.status_code == status, (answer.status_code, answer.text[:500])
    return answer.text
