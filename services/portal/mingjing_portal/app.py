"""The web process of the portal: the public copy, no way to anything inside."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from mingjing_portal.acts.bundle import importer_of, keep_taking
from mingjing_portal.acts.feedback import spool_of
from mingjing_portal.acts.search import Searches
from mingjing_portal.pages import feedback, front, item, log, search
from mingjing_portal.pages.answer import Face
from mingjing_portal.settings import SERVICE, PathSettings, PublicSettings
from mingjing_shared.database import Database
from mingjing_shared.installation import Installation
from mingjing_shared.privacy.fields import KeyRing
from mingjing_shared.privacy.references import References
from mingjing_shared.trust.keys import KnownKeys, known_keys, origin_of
from mingjing_shared.web.application import new_app
from mingjing_shared.web.process import run_app
from mingjing_shared.web.shell import Shell

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from fastapi import FastAPI

    from mingjing_shared.settings import Settings

# What is public needs no keys: the portal is handed none, and reads none if it is.
_NO_KEYS = Installation(SERVICE, References(b""), KeyRing("", {}))
ELDER = "/elder"


def build(settings: Settings, paths: PathSettings | None = None) -> FastAPI:
    """The application; all it is told of the installation is its own database's password.

    While it runs it takes bundles from the one-way path, if that is set up.

    Raises:
        Misconfigured: the password file, or the file of a public key, is missing or malformed.
    """
    paths = paths or PathSettings()
    public = PublicSettings()
    words = {"body": public.body, "address": public.address, "root": "", "path": "/"}
    shell = Shell(SERVICE, "mingjing_portal", static="/static", words=words)
    database = Database(settings.database_url, _NO_KEYS, pool_size=settings.database_pool_size)
    importer, spool = importer_of(database, paths), spool_of(paths)
    searches = Searches()

    @contextlib.asynccontextmanager
    async def taking_bundles(_app: FastAPI) -> AsyncIterator[None]:
        stop = asyncio.Event()
        task = asyncio.create_task(keep_taking(importer, stop))
        try:
            yield
        finally:
            stop.set()
            await task

    app = new_app(shell, database, title="行政执法公开", lifespan=taking_bundles, described=False)
    app.state.importer = importer
    app.include_router(front.progress(database))
    known = KnownKeys() if paths.log_keys_file == Path() else known_keys(paths.log_keys_file)
    origin = origin_of(paths.installation_code, "portal")
    app.include_router(log.log(database, known, origin, public.address))
    for face in (Face(shell), Face(shell, ELDER)):
        for pages in (front.routes(face, database), item.routes(face, database)):
            app.include_router(pages, prefix=face.root)
        app.include_router(search.routes(face, database, searches), prefix=face.root)
        app.include_router(feedback.routes(face, spool), prefix=face.root)
        app.include_router(log.routes(face, database, known, origin), prefix=face.root)
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
