"""A service's log among the other services' witnesses, each with a database of its own."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from trust.conftest import emit

from mingjing_deploy.local.ports import free_port
from mingjing_shared.trust.desk import log_of, witness_of, witness_route
from support.running import until

OTHERS = ("disclosure", "recording", "review", "tasks")


@dataclass
class Neighbourhood:
    """The gateway's log and four witnesses that can be reached over HTTP."""

    world: object
    port: int = 0
    databases: dict = field(default_factory=dict)
    witnesses: dict = field(default_factory=dict)
    logs: list = field(default_factory=list)

    async def log(self, reach=OTHERS, **told):
        """The gateway's log as a process that has just started has it."""
        settings = await self.world.settings("gateway")
        urls = {
            name: f"http://127.0.0.1:{self.port}/{name}/witness"
            if name in reach
            else f"http://127.0.0.1:{free_port()}/witness"
            for name in OTHERS
        }
        changed = settings.model_copy(update={"witness_urls": urls, **told})
        log = log_of(changed, self.databases["gateway"])
        self.logs.append(log)
        return log

    async def told(self, *names):
        """What these witnesses tell the others, by type and reason."""
        found = []
        for name in names or OTHERS:
            rows = await self.databases[name].all(
                "SELECT attributes->>'type' AS type, convert_from(value, 'UTF8') AS data"
                " FROM outbox ORDER BY position"
            )
            found += [(name, row.type.rpartition(".")[2], row.data) for row in rows]
        return found

    async def grow(self, log, count, first=0):
        """More is emitted, brought in and signed; what the log then is."""
        await emit(self.databases["gateway"], count, first)
        await log.work()


@contextlib.asynccontextmanager
async def answering(witnesses):
    """These witnesses over HTTP, each below its name; the port."""
    port = free_port()
    app = Starlette(
        routes=[
            Mount(f"/{name}", routes=[witness_route(witness)])
            for name, witness in witnesses.items()
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    task = asyncio.create_task(server._serve())

    async def is_started():
        return server.started

    await until(is_started)
    try:
        yield port
    finally:
        server.should_exit = True
        await task


@contextlib.asynccontextmanager
async def witnesses_over_http(world, names):
    """Where these services' witnesses answer, by service."""
    made = {
        name: witness_of(await world.settings(name), await world.database(name)) for name in names
    }
    async with answering(made) as port:
        yield {name: f"http://127.0.0.1:{port}/{name}/witness" for name in names}


@contextlib.asynccontextmanager
async def neighbourhood(world):
    """The witnesses, answering over HTTP."""
    place = Neighbourhood(world)
    for name in ("gateway", *OTHERS):
        place.databases[name] = await world.database(name)
    for name in OTHERS:
        place.witnesses[name] = witness_of(await world.settings(name), place.databases[name])
    async with answering(place.witnesses) as place.port:
        yield place
        for log in place.logs:
            await log.close()


class Backup:
    """A service's database as it was at one moment, to be put back."""

    def __init__(self, world, service, database):
        self._world, self._service, self._database = world, service, database

    async def __aenter__(self):
        self._settings = await self._world.settings(self._service)
        self._copy = f"{self._settings.database_name}_backup"
        await self._copied(self._settings.database_name, self._copy)
        return self

    async def put_back(self):
        """The database is what it was when this was made."""
        await self._copied(self._copy, self._settings.database_name)

    async def __aexit__(self, *_):
        await self._world.stack.drop([self._copy])

    async def _copied(self, source, target):
        await self._database.close()
        connection = await asyncpg.connect(self._world.stack.started_postgres().dsn())
        try:
            await connection.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
            await connection.execute(
                f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY'
            )
            await connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{target}" TO PUBLIC')
        finally:
            await connection.close()
