"""One department's database for the core's own tests."""

import pytest


@pytest.fixture
async def database(world):
    return await world.database("disclosure")
