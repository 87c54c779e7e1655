"""The web process of recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.api import action as action_api
from mingjing_recording.api import casefile as casefile_api
from mingjing_recording.pages import action as action_page
from mingjing_recording.pages import casefile as casefile_page
from mingjing_recording.settings import SERVICE
from mingjing_shared.messaging.process import open_database
from mingjing_shared.web.application import new_app
from mingjing_shared.web.process import run_app
from mingjing_shared.web.shell import Shell

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mingjing_shared.settings import Settings


def build(settings: Settings) -> FastAPI:
    """The application; the process is ready when its database answers.

    Raises:
        Misconfigured: a key or password file is missing or malformed.
    """
    shell = Shell(SERVICE, "mingjing_recording")
    database = open_database(settings)
    app = new_app(shell, database, title="明镜 · 记录")
    app.include_router(action_page.routes(shell, database))
    app.include_router(action_api.routes(database))
    app.include_router(casefile_page.routes(shell, database))
    app.include_router(casefile_api.routes(database))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
