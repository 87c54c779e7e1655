"""The one broker and the one database of a run, and a fresh world for each test that asks."""

from __future__ import annotations

import json

import pytest

from mingjing_shared.clock import machine_now
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


@pytest.fixture
def legal_clock(tmp_path, monkeypatch):
    """Moves the legal clock to an instant, by the one file that all processes read."""
    file = tmp_path / "clock.json"
    monkeypatch.setenv("MINGJING_CLOCK_FILE", str(file))

    def move_to(instant):
        offset = round((instant - machine_now()).total_seconds())
        file.write_text(json.dumps({"offset_seconds": offset}))

    return move_to
