"""One database and two roles a service: an owner that changes tables, an app that fills them."""

import re

import asyncpg

SERVICES = ("gateway", "disclosure", "portal", "recording", "review", "tasks")
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")


async def create_service_database(
    superuser_dsn: str,
    service: str,
    *,
    owner_password: str,
    app_password: str,
    database: str | None = None,
) -> None:
    """Make a service's roles and its database; what is there already keeps its content.

    Roles get the passwords given, each time. The app role owns nothing and may only connect;
    the migrations, run by the owner, grant it rows. Nobody else may even connect.
    """
    name = database or service
    owner, app = f"{service}_owner", f"{service}_app"
    for part in (name, owner, app):
        _require_plain(part)
    connection = await asyncpg.connect(superuser_dsn)
    try:
        for role, password in ((owner, owner_password), (app, app_password)):
            await _ensure_role(connection, role, password)
        if not await connection.fetchval("select 1 from pg_database where datname = $1", name):
            await connection.execute(f'create database "{name}" owner "{owner}"')
        await connection.execute(f'revoke all on database "{name}" from public')
        await connection.execute(f'grant connect, temporary on database "{name}" to "{app}"')
    finally:
        await connection.close()


async def _ensure_role(connection: asyncpg.Connection, role: str, password: str) -> None:
    literal = await connection.fetchval("select quote_literal($1::text)", password)
    if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
        await connection.execute(f'create role "{role}" login')
    await connection.execute(
        f'alter role "{role}" login nosuperuser nocreatedb nocreaterole password {literal}'
    )


def _require_plain(name: str) -> None:
    if not NAME.match(name):
        raise ValueError(f"{name!r} is no name for a role or database")
