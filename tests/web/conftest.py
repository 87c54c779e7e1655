"""A department's web process on the test's own world."""

from __future__ import annotations

from contextlib import AsyncExitStack
from importlib import import_module

import pytest

from mingjing_shared.web.officer import ROLES
from support.officers import CITY, an_officer, signed_in
from support.web import browsing

EVERYBODY = an_officer(*((role, CITY) for role in ROLES), number="039999", unit=CITY)


@pytest.fixture
async def browser(world):
    """Opens a client of a service's web process; its database belongs to the test's world."""
    async with AsyncExitStack() as open_things:

        async def open_at(service):
            app = import_module(f"mingjing_{service}.app").build(await world.settings(service))
            open_things.push_async_callback(app.state.database.close)
            client = await open_things.enter_async_context(browsing(app))
            client.headers.update(signed_in(EVERYBODY))
            return client

        yield open_at
