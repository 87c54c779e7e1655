"""The web process of disclosure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.api import item as item_api
from mingjing_disclosure.api import query_code as query_code_api
from mingjing_disclosure.pages import feedback as feedback_page
from mingjing_disclosure.pages import fragments
from mingjing_disclosure.pages import gate as gate_page
from mingjing_disclosure.pages import item as item_page
from mingjing_disclosure.pages.words import LOG
from mingjing_disclosure.settings import SERVICE
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

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mingjing_shared.settings import Settings

SIGHT = CaseSight("disclosure.see", "items", officers="handlers")


def build(settings: Settings) -> FastAPI:
    """The application; the process is ready when its database answers.

    Raises:
        Misconfigured: a key or password file is missing or malformed.
    """
    shell = Shell(SERVICE, "mingjing_disclosure", body_name=settings.body_name)
    database = open_database(settings)
    tokens = TokenReader(verifying_key_in(settings.token_public_file))
    openings = Openings(to_callers=(query_code_api.PATH,), to_auditor=log_paths(SERVICE))
    access = Access(database, tokens, openings)
    app = new_app(shell, database, title="明镜 · 公示", access=access)
    for pages in (item_page, gate_page, feedback_page, fragments):
        app.include_router(pages.routes(shell, database))
    app.include_router(item_api.routes(database))
    app.include_router(query_code_api.routes(database))
    app.include_router(log_routes(shell, settings, database, SIGHT))
    app.include_router(audit_routes(shell, database, LOG))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
