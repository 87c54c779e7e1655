"""The web process of the gateway: the start page, the door, the contract."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from mingjing_gateway.acts.intake import Door
from mingjing_gateway.acts.session import Attempts, Sessions
from mingjing_gateway.api import contract, intake
from mingjing_gateway.api import session as session_api
from mingjing_gateway.api.body import Room
from mingjing_gateway.pages import admin, audit, catalogue, my, start
from mingjing_gateway.pages import session as session_pages
from mingjing_gateway.pages.my import LOG
from mingjing_gateway.rules.publisher import key_hash
from mingjing_gateway.rules.session import FIRST_PASSWORD
from mingjing_gateway.settings import SERVICE, door_settings
from mingjing_gateway.store.inbound import Inbound
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.settings import secret_in
from mingjing_shared.signing_keys import signing_key_in, verifying_key_in
from mingjing_shared.web.application import Access, new_app
from mingjing_shared.web.audit_search import routes as audit_routes
from mingjing_shared.web.log import log_paths
from mingjing_shared.web.log import routes as log_routes
from mingjing_shared.web.process import run_app
from mingjing_shared.web.shell import Shell
from mingjing_shared.web.signed_in import SIGN_IN, Openings
from mingjing_shared.web.token import TokenMaker, TokenReader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mingjing_shared.settings import Settings


OPEN = Openings(
    to_all=(
        "/",
        SIGN_IN,
        FIRST_PASSWORD,
        session_api.CHECK,
        "/intake/",
        "/gateway/openapi.json",
    ),
    to_auditor=log_paths(SERVICE),
)


def build(settings: Settings) -> FastAPI:
    """The application on the installation that the settings name.

    Raises:
        Misconfigured: a key or a file is missing or wrong.
    """
    own = door_settings(settings)
    database = open_database(own)
    inbound = Inbound(own)
    door = Door(own, database, inbound)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await inbound.close()
        await door.close()

    shell = Shell(SERVICE, "mingjing_gateway", body_name=own.body_name)
    sessions, attempts = Sessions(database), Attempts()
    tokens = TokenMaker(signing_key_in(own.token_key_file))
    readers = TokenReader(verifying_key_in(own.token_public_file))
    app = new_app(
        shell,
        database,
        title="明镜 · 前门",
        lifespan=lifespan,
        checks=[inbound.reason_not_ready],
        access=Access(database, readers, OPEN),
    )
    app.include_router(
        session_api.routes(database, sessions, tokens, _auditor(own.auditor_key_file))
    )
    app.include_router(session_pages.routes(shell, database, sessions, attempts))
    app.include_router(start.routes(shell, own.public_portal_url))
    app.include_router(my.routes(shell, database, sessions, attempts))
    app.include_router(admin.routes(shell, database, sessions))
    app.include_router(audit.routes(shell, database))
    app.include_router(catalogue.routes(shell))
    app.include_router(contract.routes())
    app.include_router(log_routes(shell, own, database, None))
    app.include_router(audit_routes(shell, database, LOG))
    app.include_router(intake.routes(door, Room(own.door_room_bytes)))
    return app


def _auditor(file: Path) -> bytes | None:
    """The hash of the auditor's key, when there is one."""
    return None if file == Path() else key_hash(secret_in(file))


if __name__ == "__main__":
    run_app(SERVICE, build)
