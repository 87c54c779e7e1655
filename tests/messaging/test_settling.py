"""Settling one partition with care: what fails for its own reasons fails alone."""

import pytest

from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from support.events import A_TIME, received
from support.letters import saying, settled
from support.running import register


@pytest.fixture
async def database(world):
    found = await world.database("disclosure")
    await register(world, "disclosure", "casework")
    return found


def two_cases():
    return [
        received(CaseAccepted, case_number=f"甲{number}", about={"id": f"e{number}"})
        for number in (1, 2)
    ]


async def ids_of(database, table):
    return [row.event_id for row in await database.all(f"SELECT event_id FROM {table} ORDER BY 1")]


async def test_an_event_whose_words_were_said_before_is_put_aside_and_the_rest_goes_on(database):
    """What cannot be written at the commit is the fault of one event, not of its partition."""

    async def says_it_twice(received_, tx):
        for item in received_:
            if item.key == "甲1":
                cause = item.cause
                outbox.add(
                    tx, [Outgoing(PlatformProbed(probe_id="x", probed_at=A_TIME), cause)] * 2
                )

    bad, good = (
        received(CaseAccepted, case_number=f"甲{n}", about={"id": f"e{n}"}) for n in (1, 2)
    )
    handlers = {CaseAccepted: says_it_twice}
    await settled(database, handlers, saying(bad, offset=1), saying(good, offset=2))
    assert await ids_of(database, "dead_letters") == ["e1"]
    assert await ids_of(database, "inbox") == ["e2"]


async def test_a_handler_that_failed_leaves_neither_rows_nor_words(database):
    async def fails_late(received_, tx):
        for item in received_:
            outbox.add(tx, [Outgoing(PlatformProbed(probe_id=item.key, probed_at=A_TIME))])
            if item.key == "甲1":
                raise ValueError("planted fault")

    bad, good = (
        received(CaseAccepted, case_number=f"甲{n}", about={"id": f"e{n}"}) for n in (1, 2)
    )
    handlers = {CaseAccepted: fails_late}
    await settled(database, handlers, saying(bad, offset=1), saying(good, offset=2))
    rows = await database.all(
        "SELECT convert_from(value, 'UTF8')::jsonb->>'probe_id' AS said FROM outbox"
        " WHERE topic = 'platform'"
    )
    assert [row.said for row in rows] == ["甲2"]
    assert await ids_of(database, "dead_letters") == ["e1"]
