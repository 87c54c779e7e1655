"""Serving a process's figures and how it is, for processes of ours that are no web application."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import make_wsgi_app

if TYPE_CHECKING:
    from collections.abc import Callable


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """A scrape is no news."""


def serve_figures(is_ready: Callable[[], bool]) -> None:
    """Answer /metrics, /healthz and /readyz for ever, where the variables say."""
    figures = make_wsgi_app()

    def app(environ, start):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - WSGI
        if environ["PATH_INFO"] == "/metrics":
            return figures(environ, start)
        known = {"/healthz": True, "/readyz": is_ready()}
        status = "200 OK" if known.get(environ["PATH_INFO"], False) else "503 Service Unavailable"
        start(status, [("Content-Type", "text/plain")])
        return [b"ok" if status.startswith("200") else b"not yet"]

    host, port = os.environ.get("MINGJING_HOST", "127.0.0.1"), int(os.environ["MINGJING_PORT"])
    with make_server(host, port, app, handler_class=_Quiet) as server:
        server.serve_forever()
