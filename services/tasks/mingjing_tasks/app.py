"""The web process of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.messaging.process import open_database
from mingjing_shared.web.application import new_app
from mingjing_shared.web.process import run_app
from mingjing_shared.web.shell import Shell
from mingjing_tasks.api import event as event_api
from mingjing_tasks.api import warning as warning_api
from mingjing_tasks.pages import event as event_page
from mingjing_tasks.pages import warning as warning_page
from mingjing_tasks.settings import SERVICE

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mingjing_shared.settings import Settings


def build(settings: Settings) -> FastAPI:
    """The application; the process is ready when its database answers.

    Raises:
        Misconfigured: a key or password file is missing or malformed.
    """
    shell = Shell(SERVICE, "mingjing_tasks")
    database = open_database(settings)
    app = new_app(shell, database, title="明镜 · 任务")
    app.include_router(event_page.routes(shell, database))
    app.include_router(event_api.routes(database))
    app.include_router(warning_page.routes(shell, database))
    app.include_router(warning_api.routes(database))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
