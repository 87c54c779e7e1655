"""The web process of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.messaging.opening import open_database
from mingjing_shared.signing_keys import verifying_key_in
from mingjing_shared.web.application import Access, new_app
from mingjing_shared.web.audit_search import routes as audit_routes
from mingjing_shared.web.log import CaseSight, log_paths
from mingjing_shared.web.log import routes as log_routes
from mingjing_shared.web.process import run_app
from mingjing_shared.web.shell import Shell
from mingjing_shared.web.signed_in import Openings
from mingjing_shared.web.token import TokenReader
from mingjing_tasks.acts.reach import reach_of
from mingjing_tasks.api import event as event_api
from mingjing_tasks.api import warning as warning_api
from mingjing_tasks.pages import (
    case,
    event,
    fragment,
    indicator,
    letters,
    live,
    notice,
    task,
    warning,
)
from mingjing_tasks.pages.words import LOG
from mingjing_tasks.settings import SERVICE, TasksSettings
from mingjing_tasks.store.live_process import LiveProcess

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mingjing_shared.settings import Settings

PAGES = (task, notice, warning, event, letters, indicator, fragment)

SIGHT = CaseSight("tasks.case", "cases", case="case_key", reach=reach_of)


def build(settings: Settings) -> FastAPI:
    """The application; the process is ready when its database answers.

    Raises:
        Misconfigured: a key or password file is missing or malformed.
    """
    shell = Shell(SERVICE, "mingjing_tasks", body_name=settings.body_name)
    database = open_database(settings)
    tokens = TokenReader(verifying_key_in(settings.token_public_file))
    access = Access(database, tokens, Openings(to_auditor=log_paths(SERVICE)))
    app = new_app(shell, database, title="明镜 · 任务", access=access)
    for page in PAGES:
        app.include_router(page.routes(shell, database))
    app.include_router(case.routes(shell, database, settings.traces_url))
    own = TasksSettings(**settings.model_dump())
    watched = LiveProcess(own.live_url)
    app.include_router(live.routes(shell, database, watched, own.live_stream_seconds))
    app.include_router(event_api.routes(database))
    app.include_router(warning_api.routes(database))
    app.include_router(log_routes(shell, settings, database, SIGHT))
    app.include_router(audit_routes(shell, database, LOG))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
