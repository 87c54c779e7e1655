"""What stands around every request: its id, the headers, the log line, the last resort."""

from __future__ import annotations

import traceback
from time import perf_counter
from typing import TYPE_CHECKING

import structlog
import uuid_utils
from prometheus_client import Histogram
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request

from mingjing_shared.messaging.trouble import Trouble, kind_of
from mingjing_shared.telemetry.tracing import exemplar
from mingjing_shared.web.problems import internal, problem, render, unavailable

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from mingjing_shared.errors import MingjingError
    from mingjing_shared.web.shell import Shell

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'self'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
NO_ROUTE = "(none)"
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_BROKEN_OFF = 499

DURATION = Histogram(
    "http_server_request_duration_seconds",
    "Time to answer, by the route's template",
    ["http_request_method", "http_route", "http_response_status_code"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = structlog.get_logger()


class Guard:
    """Every answer carries the request's id and the headers; no exception leaves the process.

    The access log holds route templates only: an address may say whom somebody looked for.
    """

    def __init__(self, app: ASGIApp, shell: Shell) -> None:
        self._app = app
        self._shell = shell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = str(uuid_utils.uuid7())
        scope.setdefault("state", {})["request_id"] = request_id
        started = perf_counter()
        status = 0

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except ClientDisconnect:
            status = status or _BROKEN_OFF
        except Exception as error:  # noqa: BLE001 - the process's edge
            _report(error, request_id)
            if status:  # half an answer is out: the connection must break, and say nothing more
                raise ConnectionAbortedError("answer broken off") from None
            answer = internal() if kind_of(error) is Trouble.POISON else unavailable()
            response = _last_resort(self._shell, Request(scope, receive), answer)
            await response(scope, receive, guarded)
        finally:
            _note(scope, status, perf_counter() - started, request_id)


def _last_resort(shell: Shell, request: Request, error: MingjingError) -> Response:
    """The error as an answer, also when it is the page itself that does not work."""
    try:
        return render(shell, request, error)
    except Exception as second:  # noqa: BLE001 - the process's edge
        _report(second, request.state.request_id)
        return problem(request, error)


def _report(error: Exception, request_id: str) -> None:
    """Where it failed, without the message: an exception's text may hold what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    _log.error(
        "request failed",
        request_id=request_id,
        error=type(error).__qualname__,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )


def _note(scope: Scope, status: int, seconds: float, request_id: str) -> None:
    route = getattr(scope.get("route"), "path", None) or NO_ROUTE
    if route in QUIET:
        return
    method = scope["method"] if scope["method"] in _METHODS else "other"
    DURATION.labels(method, route, str(status)).observe(seconds, exemplar())
    _log.info(
        "request",
        method=method,
        route=route,
        status=status,
        ms=round(seconds * 1000, 1),
        request_id=request_id,
    )
