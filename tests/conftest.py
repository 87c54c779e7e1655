"""The one broker and the one database of a run, and a fresh world for each test that asks."""

from __future__ import annotations

import pytest

from support.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    servers = Stack(tmp_path_factory.mktemp("stack"))
    yield servers
    servers.stop()


@pytest.fixture
async def world(stack):
    fresh = await stack.world()
    yield fresh
    await fresh.close()


@pytest.fixture
async def world_with_topics(stack):
    """A world whose topics and rights exist on the run's broker."""
    stack.started_kafka()
    fresh = await stack.world()
    await fresh.with_topics()
    yield fresh
    await fresh.close()
