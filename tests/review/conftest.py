"""Review's own database."""

import pytest
from hypothesis import HealthCheck, settings

from support.review import Review

# A loaded machine and a first run without hypothesis' own cache are no failure of a property.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
async def review_world(stack):
    fresh = await stack.world()
    yield fresh
    await fresh.close()


@pytest.fixture(scope="session")
async def review_database(review_world):
    return await review_world.database("review")


@pytest.fixture
async def review(review_database):
    found = Review(review_database)
    await found.forget_all()
    return found
