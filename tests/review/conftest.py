"""Review's own database, and its pages on it."""

import base64

import pytest
from hypothesis import HealthCheck, settings

from mingjing_review.app import build
from mingjing_review.settings import ReviewSettings
from support.review import Review
from support.reviewing import Bench, LawClock
from support.web import browsing

CLEARANCE_KEY = b"the key that signs clearances   "

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


@pytest.fixture
def law_clock(tmp_path, monkeypatch):
    file = tmp_path / "clock.json"
    monkeypatch.setenv("MINGJING_CLOCK_FILE", str(file))
    found = LawClock(file)
    found.move_to("2026-09-21 10:00")  # a Monday; the text was proposed on Friday
    return found


@pytest.fixture
async def bench(review_world, review, law_clock):
    shared = await review_world.settings("review")
    key = review_world.stack.secret_file("clearance-key", base64.b64encode(CLEARANCE_KEY).decode())
    own = {"clearance_key_file": key, "front_address": "https://mingjing.example"}
    app = build(ReviewSettings(**shared.model_dump(), **own))
    async with browsing(app) as client:
        yield Bench(client, review, law_clock)
    await app.state.database.close()
