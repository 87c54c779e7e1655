"""What the tests of tasks share."""

import asyncio
from contextlib import asynccontextmanager
from itertools import count

import asyncpg
import pytest
from tasks.given import a_tree

from mingjing_deploy.buckets import ensure_buckets
from mingjing_deploy.local.objectstore import start_objectstore
from mingjing_tasks.app import build
from mingjing_tasks.rules.month import Month
from mingjing_tasks.settings import TasksSettings
from mingjing_tasks.store.objects import open_bucket
from support.officers import an_officer, signed_in
from support.web import browsing


@pytest.fixture
async def tasks(world):
    return await world.database("tasks")


@pytest.fixture
async def directory(tasks):
    """The units of the tests, known here."""
    await a_tree(tasks)


@pytest.fixture
async def browser(world, tasks, directory):
    """Opens a client of the web process for an officer with these roles."""

    @asynccontextmanager
    async def of(*roles, **about):
        app = build(await world.settings("tasks"))
        try:
            async with browsing(app) as client:
                client.headers.update(signed_in(an_officer(*roles, **about)))
                yield client
        finally:
            await app.state.database.close()

    return of


@pytest.fixture(scope="session")
def objectstore(tmp_path_factory):
    users = {"admin": "secret-of-admin", "tasks": "secret-of-tasks"}
    running = start_objectstore(tmp_path_factory.mktemp("sealing"), users=users)
    yield running
    running.kill()


@pytest.fixture(scope="session")
def numbers():
    return {"past": count(1), "later": count(1)}


@pytest.fixture
def past_month(numbers):
    """A month of its own in the one bucket, over by the machine's clock."""
    return Month(2026, next(numbers["past"]))


@pytest.fixture
def month(numbers):
    """A month of its own in the one bucket; whoever seals it says what time it is."""
    number = next(numbers["later"]) - 1
    return Month(2027 + number // 12, number % 12 + 1)


@pytest.fixture
async def sealing_settings(world, objectstore, tmp_path):
    url = f"http://127.0.0.1:{objectstore.ports.s3}"
    await ensure_buckets(url, objectstore.users["admin"])
    secret = tmp_path / "objectstore-tasks"
    secret.write_text(objectstore.users["tasks"])
    known = await world.settings("tasks")
    return TasksSettings(
        **known.model_dump(), objectstore_url=url, objectstore_password_file=secret
    )


@pytest.fixture
async def bucket(sealing_settings):
    async with open_bucket(sealing_settings) as opened:
        yield opened


@pytest.fixture
def superuser(world):
    """Somebody who may do to rows what the application may not."""

    async def does(statement):
        postgres = await asyncio.to_thread(world.stack.started_postgres)
        connection = await asyncpg.connect(postgres.dsn(f"{world.name}_tasks"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    return does


NOT_RUN = pytest.StashKey[list[str]]()


@pytest.fixture
def not_run(request):
    """Says at the end of the run what was not compared, and why."""
    kept = request.config.stash.setdefault(NOT_RUN, [])
    return kept.append


def pytest_terminal_summary(terminalreporter, config):
    """A line for each comparison that was not run: nothing is left out silently."""
    for line in config.stash.get(NOT_RUN, []):
        terminalreporter.write_line(f"NOT RUN {line}", yellow=True)
