"""The web process of recording."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from mingjing_recording.acts.keeping import Vault
from mingjing_recording.api import action as action_api
from mingjing_recording.api import casefile as casefile_api
from mingjing_recording.api import footage as footage_api
from mingjing_recording.pages import (
    access,
    action,
    blob,
    casefile,
    footage,
    fragment,
    purpose,
    upload,
)
from mingjing_recording.pages.words import LOG
from mingjing_recording.settings import SERVICE, recording_settings
from mingjing_recording.store.objects import Objects
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
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mingjing_shared.settings import Settings

SIGHT = CaseSight("recording.see", "cases", officers="people")


def build(settings: Settings) -> FastAPI:
    """The application; the process is ready when its database answers.

    Without the object store everything works but bringing and giving out files.

    Raises:
        Misconfigured: a key or password file is missing or malformed.
    """
    own = recording_settings(settings)
    shell = Shell(SERVICE, "mingjing_recording", body_name=own.body_name)
    database = open_database(own)
    objects = Objects(own)
    vault = Vault(database, objects, own)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await objects.close()

    tokens = TokenReader(verifying_key_in(own.token_public_file))
    app = new_app(
        shell,
        database,
        title="明镜 · 记录",
        lifespan=lifespan,
        access=Access(database, tokens, Openings(to_auditor=log_paths(SERVICE))),
    )
    app.state.objects = objects
    app.include_router(action.routes(shell, database))
    app.include_router(footage.routes(shell, database))
    app.include_router(casefile.routes(shell, database, vault))
    app.include_router(upload.routes(shell, database, vault, own))
    app.include_router(access.routes(shell, database))
    app.include_router(purpose.routes(shell, database))
    app.include_router(blob.routes(database, vault))
    app.include_router(fragment.routes(shell, database))
    app.include_router(action_api.routes(database))
    app.include_router(footage_api.routes(database))
    app.include_router(casefile_api.routes(database))
    app.include_router(log_routes(shell, own, database, SIGHT))
    app.include_router(audit_routes(shell, database, LOG))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
