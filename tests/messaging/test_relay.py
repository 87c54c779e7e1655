"""The relay: every place of the log used once, nothing out that is not logged and acknowledged."""

import asyncio

import pytest
from aiokafka.errors import KafkaConnectionError

from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing, TooLargeToPublish
from mingjing_shared.messaging.relay import LostTheHead, Relay, sequence, unpublished
from support.events import A_TIME
from support.running import until


async def written(database, count, name="p"):
    """Outgoing events, each in a transaction of its own."""
    for number in range(count):
        async with database.transaction() as tx:
            event = PlatformProbed(probe_id=f"{name}{number}", probed_at=A_TIME)
            outbox.add(tx, [Outgoing(event)])


async def log(database):
    rows = await database.all("SELECT log_index FROM outbox ORDER BY position")
    return [row.log_index for row in rows]


async def published(database):
    rows = await database.all(
        "SELECT log_index FROM outbox WHERE published_at IS NOT NULL ORDER BY log_index"
    )
    return [row.log_index for row in rows]


async def someone_waits_for_a_lock(database):
    rows = await database.all(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
        " AND wait_event_type = 'Lock'"
    )
    return bool(rows)


class Recorded(Relay):
    """Publishes to a list; can be told to fail before the broker has acknowledged."""

    def __init__(self, settings, database):
        super().__init__(settings, database)
        self.sent = []
        self.fails = False

    async def _publish(self, rows):
        self.sent.append([row.attributes["id"] for row in rows])
        if self.fails:
            raise KafkaConnectionError


@pytest.fixture
async def relay(world, database):
    return Recorded(await world.settings("disclosure"), database)


async def test_two_leaders_cannot_both_sequence(database):
    await written(database, 5)
    async with database.transaction() as first:
        assert await sequence(first) == 5
        other = asyncio.create_task(sequence_once(database))
        await until(lambda: someone_waits_for_a_lock(database))
    with pytest.raises(LostTheHead):
        await other
    assert await log(database) == [0, 1, 2, 3, 4]
    [head] = await database.all("SELECT size FROM log_head")
    assert head.size == 5


async def sequence_once(database):
    async with database.transaction() as tx:
        return await sequence(tx, 3)


async def test_many_leaders_at_once_use_every_place_once(database):
    async def lead():
        lost = 0
        while None in await log(database):
            try:
                await sequence_once(database)
            except LostTheHead:
                lost += 1
        return lost

    await written(database, 40)
    await asyncio.gather(written(database, 20, "late"), lead(), lead(), lead())
    while await sequence_once(database):
        pass
    assert sorted(await log(database)) == list(range(60))


async def sequence_in_vain(database):
    async with database.transaction() as tx:
        await sequence(tx)
        raise ConnectionError


async def test_a_sequence_that_is_undone_gives_its_places_to_the_next(database):
    await written(database, 2)
    with pytest.raises(ConnectionError):
        await sequence_in_vain(database)
    assert await log(database) == [None, None]
    await sequence_once(database)
    assert await log(database) == [0, 1]


async def test_nothing_is_marked_that_the_broker_did_not_acknowledge(database, relay):
    await written(database, 3)
    relay.fails = True
    with pytest.raises(KafkaConnectionError):
        await relay.relay_once()
    assert await published(database) == []
    assert await log(database) == [0, 1, 2]
    relay.fails = False
    assert await relay.relay_once() == 3
    assert relay.sent[0] == relay.sent[1]
    assert await published(database) == [0, 1, 2]
    assert await relay.relay_once() == 0


async def test_a_row_that_commits_late_is_not_passed_over(database, relay):
    """A flag a row: a high-water mark on positions would lose it."""
    async with database.transaction() as late:
        outbox.add(late, [Outgoing(PlatformProbed(probe_id="late", probed_at=A_TIME))])
        await outbox.flush(late)
        await written(database, 2)
        assert await relay.relay_once() == 2
    assert await relay.relay_once() == 1
    assert await published(database) == [0, 1, 2]
    assert await log(database) == [2, 0, 1]


async def test_a_row_that_was_left_out_in_the_middle_is_sent_again_alone(database, relay):
    await written(database, 3)
    await relay.relay_once()
    async with database.transaction() as tx:
        await tx.execute("UPDATE outbox SET published_at = NULL WHERE log_index = 1")
    rows = await unpublished(database)
    assert [row.attributes["id"] for row in rows] == [relay.sent[0][1]]


async def act_that_says_too_much(database):
    async with database.transaction() as tx:
        await tx.execute("DELETE FROM log_head")
        event = PlatformProbed(probe_id="x" * 2_000_000, probed_at=A_TIME)
        outbox.add(tx, [Outgoing(event)])


async def test_what_would_not_fit_in_a_record_undoes_the_act_that_made_it(database):
    with pytest.raises(TooLargeToPublish):
        await act_that_says_too_much(database)
    assert len(await database.all("SELECT 1 FROM log_head")) == 1
    assert await log(database) == []


async def part_that_fails(tx):
    async with tx.savepoint():
        outbox.add(tx, [Outgoing(PlatformProbed(probe_id="gone", probed_at=A_TIME))])
        raise ValueError("undone")


async def test_a_savepoint_that_fails_takes_its_outgoing_events_with_it(database):
    async with database.transaction() as tx:
        outbox.add(tx, [Outgoing(PlatformProbed(probe_id="kept", probed_at=A_TIME))])
        with pytest.raises(ValueError, match="undone"):
            await part_that_fails(tx)
    [row] = await database.all("SELECT convert_from(value, 'UTF8') AS value FROM outbox")
    assert "kept" in row.value
