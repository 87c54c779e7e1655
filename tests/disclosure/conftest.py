"""Disclosure's handlers on a database of their own."""

from datetime import date

import pytest

from mingjing_disclosure.handlers import ALARMS, HANDLERS
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging import inbox
from mingjing_shared.messaging.clocks import fire_due
from mingjing_shared.messaging.waves import waves
from support.publishing import public_face


class Disclosure:
    """Disclosure as its tests find it."""

    def __init__(self, database):
        self.database = database
        self.all = database.all

    async def apply(self, *events):
        """Each event in a transaction of its own."""
        for event in events:
            await self.batch(event)

    async def batch(self, *events):
        """One batch past the inbox, in waves, in one transaction."""
        async with self.database.transaction() as tx:
            fresh, _ = await inbox.take(tx, events)
            for wave in waves(fresh):
                for event_class, group in wave.items():
                    await HANDLERS[event_class](group, tx)

    async def items(self, *columns):
        names = columns or ("decision_id", "state", "due_on", "reason_code", "revision")
        rows = await self.all(f"SELECT {', '.join(names)} FROM items ORDER BY decision_id")
        return [tuple(row) for row in rows]

    async def said(self):
        """Short type and what matters of each announcement, in order."""
        rows = await self.all(
            "SELECT attributes->>'type' AS type, convert_from(value, 'UTF8')::jsonb AS data"
            " FROM outbox ORDER BY position"
        )
        return [
            (
                row.type.removeprefix("cn.mingjing.disclosure."),
                row.data.get("due_on") or row.data.get("reason_code"),
                row.data.get("revision"),
            )
            for row in rows
        ]

    async def fire_clocks(self):
        async with self.database.transaction() as tx:
            return await fire_due(tx, ALARMS)


@pytest.fixture
async def disclosure(world):
    return Disclosure(await world.database("disclosure"))


@pytest.fixture
def calendar():
    """The calendar as published up to and including 2026."""
    return published_calendar().until(2026)


@pytest.fixture
def day():
    return date.fromisoformat


@pytest.fixture
async def face(world, tmp_path):
    """Disclosure's pages and worker, and the portal."""
    async with public_face(world, tmp_path) as both:
        yield both


@pytest.fixture
async def told(face):
    """Tells disclosure what others say happened."""
    return Disclosure(face.database).apply


@pytest.fixture
def told_in():
    """Tells disclosure of any world what others say happened."""

    async def tell(face, *events):
        await Disclosure(face.database).apply(*events)

    return tell
