"""The web process of review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mingjing_review.acts.signing import load_signer
from mingjing_review.api import gate
from mingjing_review.api import review as review_api
from mingjing_review.pages import (
    advisers,
    assignment,
    board,
    catalogue,
    catalogue_form,
    catalogue_unit,
    catalogue_version,
    disagreement,
    extension,
    findings,
    fragments,
    hearing,
    law,
    limit,
    papers,
    reviewers,
    staffing,
    submission,
    transfer,
    what_if,
    workbench,
)
from mingjing_review.pages import review as review_page
from mingjing_review.pages.words import LOG
from mingjing_review.settings import SERVICE, review_settings
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

SIGHT = CaseSight("review.see", "reviews", officers="handlers")


def build(settings: Settings) -> FastAPI:
    """The application; the process is ready when its database answers.

    Raises:
        Misconfigured: a key or password file is missing or malformed.
    """
    own = review_settings(settings)
    shell = Shell(SERVICE, "mingjing_review", body_name=own.body_name)
    database = open_database(own)
    tokens = TokenReader(verifying_key_in(own.token_public_file))
    key_file = own.clearance_key_file
    signer = None if key_file == Path() else load_signer(key_file)
    openings = Openings((gate.KEY_PATH,), (gate.PATH,), to_auditor=log_paths(SERVICE))
    app = new_app(shell, database, title="明镜 · 审核", access=Access(database, tokens, openings))
    app.include_router(review_page.routes(shell, database))
    app.include_router(workbench.routes(shell, database, signer, own.front_address))
    app.include_router(submission.routes(shell, database))
    app.include_router(extension.routes(shell, database))
    app.include_router(disagreement.routes(shell, database, own.front_address))
    app.include_router(papers.routes(shell, database))
    app.include_router(findings.routes(shell, database))
    app.include_router(assignment.routes(shell, database))
    app.include_router(reviewers.routes(shell, database))
    app.include_router(advisers.routes(shell, database))
    app.include_router(staffing.routes(shell, database))
    app.include_router(hearing.routes(shell, database))
    app.include_router(board.routes(shell, database))
    app.include_router(limit.routes(shell, database))
    app.include_router(transfer.routes(shell, database))
    app.include_router(law.routes(shell, database))
    app.include_router(catalogue.routes(shell, database))
    app.include_router(catalogue_unit.routes(shell, database))
    app.include_router(catalogue_version.routes(shell, database))
    app.include_router(catalogue_form.routes(shell, database))
    app.include_router(what_if.routes(shell, database))
    app.include_router(fragments.routes(shell, database))
    app.include_router(review_api.routes(database))
    app.include_router(gate.routes(database, signer))
    app.include_router(log_routes(shell, own, database, SIGHT))
    app.include_router(audit_routes(shell, database, LOG))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
