"""Who asks: the question that the front proxy puts before it hands a request on."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response

from mingjing_gateway.acts.session import Sessions  # noqa: TC001 - FastAPI reads it at run time
from mingjing_gateway.rules.publisher import key_hash
from mingjing_gateway.rules.session import COOKIE
from mingjing_gateway.store.publisher import publisher_of_key
from mingjing_shared.web.officer import AUDITOR, Caller
from mingjing_shared.web.token import HEADER

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.token import TokenMaker

CHECK = "/session/check"


def routes(
    database: Database, sessions: Sessions, tokens: TokenMaker, auditor: bytes | None = None
) -> APIRouter:
    """``/session/check``: 204 with a token in the header, or without one.

    ``auditor`` is the hash of the auditor's key. Whether a request without a token may pass is
    for the service to say that it goes to.
    """
    router = APIRouter(include_in_schema=False)

    @router.get(CHECK)
    async def check(request: Request) -> Response:
        token = await _token(request, database, sessions, tokens, auditor)
        return Response(status_code=204, headers={HEADER: token} if token else {})

    return router


async def _token(
    request: Request,
    database: Database,
    sessions: Sessions,
    tokens: TokenMaker,
    auditor: bytes | None,
) -> str | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key:
        if auditor is not None and hmac.compare_digest(key_hash(key.strip()), auditor):
            return tokens.for_caller(AUDITOR)
        publisher = await publisher_of_key(database, key_hash(key.strip()))
        if publisher is None:
            return None
        return tokens.for_caller(Caller(publisher.name, publisher.source))
    secret = request.cookies.get(COOKIE)
    officer = await sessions.officer_of(secret) if secret else None
    return None if officer is None else tokens.for_officer(officer)
