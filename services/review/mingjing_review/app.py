"""The web process of review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.api import review as review_api
from mingjing_review.pages import review as review_page
from mingjing_review.settings import SERVICE
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
    shell = Shell(SERVICE, "mingjing_review")
    database = open_database(settings)
    app = new_app(shell, database, title="明镜 · 审核")
    app.include_router(review_page.routes(shell, database))
    app.include_router(review_api.routes(database))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
