"""The one broker and the one database of a run, and a fresh world for each test that asks."""

from __future__ import annotations

import pytest

from support.stack import Stack

FIRST = ("system", "law", "contract")  # seconds, and most often at fault
LAST = ("deploy", "journeys", "guarantees")  # whole platforms, and storms over them


def pytest_collection_modifyitems(config, items):
    """What fails fast runs first."""

    def tier(item):
        room = item.path.relative_to(config.rootpath / "tests").parts[0]
        if room in FIRST:
            return FIRST.index(room) - len(FIRST)
        return LAST.index(room) + 1 if room in LAST else 0

    items.sort(key=tier)


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
