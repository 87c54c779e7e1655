"""Bring a service's database to the newest form: ``python -m mingjing_shared.migrate SERVICE``.

Run with the owner role (``MINGJING_DATABASE_USER``): the application role owns nothing and
cannot change a table. Migrations live in the service's package as ``migrations/NNNN_*.py``.
"""

from __future__ import annotations

import asyncio
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from mingjing_shared.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection
    from sqlalchemy.engine import URL


def scripts_of(service: str) -> ScriptDirectory:
    """The numbered migrations of a service."""
    folder = Path(str(files(f"mingjing_{service}"))) / "migrations"
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("version_locations", str(folder))
    config.set_main_option("path_separator", "newline")
    return ScriptDirectory.from_config(config)


async def migrate(service: str, url: URL, app_role: str) -> str:
    """Upgrade one database to the newest migration; give its number.

    The application role is granted what it needs after each run: rows, never structure. A
    migration that must withhold more (an append-only table) revokes it itself, in its own text.
    """
    scripts = scripts_of(service)
    head = scripts.get_current_head() or ""
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, scripts, app_role)
    finally:
        await engine.dispose()
    return head


def _upgrade(connection: Connection, scripts: ScriptDirectory, app_role: str) -> None:
    connection.exec_driver_sql("SET lock_timeout = '5s'")
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA public TO "{app_role}"')
    connection.exec_driver_sql(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public "
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app_role}"'
    )
    connection.exec_driver_sql(
        f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO "{app_role}"'
    )

    with EnvironmentContext(
        Config(),
        scripts,
        fn=lambda revision, _context: scripts._upgrade_revs("head", revision),  # noqa: SLF001 - alembic's own way, see its command.upgrade
    ) as context:
        context.configure(connection=connection)
        context.run_migrations()


def run_sql(package: str, file: str) -> None:
    """Run the statements of an SQL file of a package, within the migration that calls it."""
    script = files(package).joinpath(file).read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement.replace(":", "\\:"))


def append_only(table: str) -> None:
    """Leave the processes' role only reading and adding; within the migration that calls it."""
    op.execute(
        "DO $$ BEGIN EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I',"
        f" '{table}', replace(current_user, '_owner', '_app')); END $$"
    )


def append_only_but(table: str, columns: Sequence[str]) -> None:
    """The same, and changing these columns alone."""
    append_only(table)
    op.execute(
        f"DO $$ BEGIN EXECUTE format('GRANT UPDATE ({', '.join(columns)}) ON %I TO %I',"
        f" '{table}', replace(current_user, '_owner', '_app')); END $$"
    )


def main() -> None:
    """Command line: the service's name; the connection comes from the environment."""
    service = sys.argv[1]
    settings = Settings(service=service)
    head = asyncio.run(migrate(service, settings.database_url, f"{service}_app"))
    sys.stdout.write(f"{service}: {head}\n")


if __name__ == "__main__":
    main()
