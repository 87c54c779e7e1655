"""What the tests of tasks share."""

import pytest


@pytest.fixture
async def tasks(world):
    return await world.database("tasks")
