"""One world with a door for all tests of the gateway; publishers and ids are each test's own."""

from __future__ import annotations

import itertools

import pytest

from mingjing_gateway.settings import door_settings
from mingjing_shared.events.casework import EnforcementEnded
from support.door import DoorHouse, until

_names = itertools.count(1)


@pytest.fixture(scope="session")
async def house(stack):
    stack.started_kafka()
    world = await stack.world()
    await world.with_topics()
    settings = door_settings(await world.settings("gateway"))
    yield DoorHouse(world, await world.database("gateway"), settings)
    await world.close()


@pytest.fixture(scope="session")
async def client(house):
    async with house.served() as served:
        yield served


@pytest.fixture(scope="session")
async def casework(house, client):
    """A publisher whose rights have reached the broker."""
    await house.publisher("casework")
    knock = house.knock(client, "casework")
    first = knock.event(EnforcementEnded)

    async def taken():
        return (await knock.one(first)).status_code == 202

    await until(taken)
    return knock


@pytest.fixture
async def publisher(house, client, casework):
    """A publisher of this test alone."""
    name = f"system-{next(_names)}"
    await house.publisher(name)
    knock = house.knock(client, name)
    first = knock.event(EnforcementEnded, id="first")

    async def taken():
        return (await knock.one(first)).status_code == 202

    await until(taken)
    return knock
