"""The web process of the portal: the public copy, no way to anything inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_portal.pages import front
from mingjing_portal.settings import SERVICE, PublicSettings
from mingjing_shared.database import Database
from mingjing_shared.installation import Installation
from mingjing_shared.privacy.fields import KeyRing
from mingjing_shared.privacy.references import References
from mingjing_shared.web.application import new_app
from mingjing_shared.web.process import run_app
from mingjing_shared.web.shell import Shell

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mingjing_shared.settings import Settings

# What is public needs no keys: the portal is handed none, and reads none if it is.
_NO_KEYS = Installation(SERVICE, References(b""), KeyRing("", {}))


def build(settings: Settings) -> FastAPI:
    """The application; all it is told of the installation is its own database's password.

    Raises:
        Misconfigured: the password file is missing or empty.
    """
    shell = Shell(
        SERVICE, "mingjing_portal", static="/static", words={"body": PublicSettings().body}
    )
    database = Database(settings.database_url, _NO_KEYS, pool_size=settings.database_pool_size)
    app = new_app(shell, database, title="行政执法公开", described=False)
    app.include_router(front.routes(shell, database))
    return app


if __name__ == "__main__":
    run_app(SERVICE, build)
