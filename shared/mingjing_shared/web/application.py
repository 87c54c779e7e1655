"""A web process's application before it has routes of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it at run time

from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.watching import keep_measuring
from mingjing_shared.web.guard import QUIET, Guard
from mingjing_shared.web.health import health
from mingjing_shared.web.problems import from_http, from_validation, render
from mingjing_shared.web.signed_in import Openings, SignedIn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi.telemetry import TelemetryConfig

    from mingjing_shared.database import Database
    from mingjing_shared.web.health import Check, Reads
    from mingjing_shared.web.shell import Shell
    from mingjing_shared.web.token import TokenReader

_UNTRACED = QUIET | {"/session/check"}
# Spans of requests are the framework's, scrubbed on their way out; its logs would hold what was
# sent, and its metrics stand beside ours.
_SPANS_ALONE: TelemetryConfig = {
    "tracing": True,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "exclude": lambda scope: scope["path"] in _UNTRACED or "/static/" in scope["path"],
}

Lifespan: TypeAlias = Callable[[FastAPI], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Access:
    """How a web process knows who asks; the database is the one whose directory it reads."""

    database: Database
    tokens: TokenReader
    openings: Openings = field(default_factory=Openings)


def new_app(
    shell: Shell,
    database: Reads,
    *,
    title: str,
    lifespan: Lifespan | None = None,
    checks: Sequence[Check] = (),
    described: bool = True,
    access: Access | None = None,
) -> FastAPI:
    """An application with health, static files, headers and errors in place.

    With ``access``, nobody comes in without a token but to what it lists. The database is closed
    when the application ends, after ``lifespan``. ``described`` says whether the description of
    its API is served at ``/<service>/openapi.json``.
    """

    @contextlib.asynccontextmanager
    async def whole_life(app: FastAPI) -> AsyncIterator[None]:
        stop = asyncio.Event()
        measuring = (
            [] if access is None else [asyncio.create_task(keep_measuring(access.database, stop))]
        )
        try:
            async with contextlib.nullcontext() if lifespan is None else lifespan(app):
                yield
        finally:
            stop.set()
            await asyncio.gather(*measuring)
            await database.close()

    app = FastAPI(
        title=title,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"/{shell.service}/openapi.json" if described else None,
        lifespan=whole_life,
        telemetry=_SPANS_ALONE,
    )
    app.state.database = database
    app.state.shell = shell
    app.state.stopping = asyncio.Event()  # set when the process stops: answers without end do end
    if access is not None:
        app.add_middleware(
            SignedIn,
            shell=shell,
            database=access.database,
            tokens=access.tokens,
            openings=access.openings,
        )
    app.add_middleware(Guard, shell=shell)  # outermost: also what is refused has its id and log
    app.include_router(health(database, checks))
    _serve_static(app, shell)
    _render_errors(app, shell)
    return app


def _serve_static(app: FastAPI, shell: Shell) -> None:
    @app.get(f"{shell.static}/{{name}}", include_in_schema=False)
    async def static(name: str, request: Request) -> Response:
        answer = shell.assets.answer(name, request)
        if answer is None:
            raise HTTPException(404)
        return answer


def _render_errors(app: FastAPI, shell: Shell) -> None:
    @app.exception_handler(MingjingError)
    async def ours(request: Request, error: MingjingError) -> Response:
        return render(shell, request, error)

    @app.exception_handler(HTTPException)
    async def frameworks(request: Request, error: HTTPException) -> Response:
        response = render(shell, request, from_http(error))
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    async def parameters(request: Request, error: RequestValidationError) -> Response:
        return render(shell, request, from_validation(error))
