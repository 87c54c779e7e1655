"""What was published and did not arrive is found; what merely waits is not called lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mingjing_shared.clock import machine_now
from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.events.disclosure import DisclosureDue
from mingjing_shared.events.platform import WindowClosed
from mingjing_shared.messaging import inbox, outbox
from mingjing_shared.messaging.envelope import read_attributes
from mingjing_shared.messaging.metrics import CANARY_AT, MISSING, WINDOWS_MISSING
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.reconciling import (
    COMPARED_AFTER,
    ForeignWindow,
    compare_windows,
    note_windows,
    report,
)
from mingjing_shared.messaging.relay import sequence
from mingjing_shared.messaging.strict_json import strict_loads
from mingjing_shared.messaging.windows import (
    EVENTS_MAX,
    OUTBOX_STREAM,
    QUIET_AFTER,
    SETTLED_AFTER,
    close_window,
    outbox_stretch,
)
from support.events import received

TAKEN = frozenset({DisclosureDue.type})


@pytest.fixture
async def sender(world):
    return await world.database("disclosure")


@pytest.fixture
async def taker(world):
    return await world.database("tasks")


def a_due(number):
    told = received(DisclosureDue, case_number=f"甲{number}", decision_id=f"D{number}")
    return Outgoing(told.event)


async def publish(sender, *numbers, ago=SETTLED_AFTER + timedelta(seconds=5)):
    """Events in the outbox that the broker acknowledged a while ago."""
    async with sender.transaction() as tx:
        outbox.add(tx, [a_due(number) for number in numbers])
    async with sender.transaction() as tx:
        while await sequence(tx):
            pass
        await tx.execute(
            "UPDATE outbox SET published_at = :at WHERE published_at IS NULL",
            at=machine_now() - ago,
        )


async def close(sender):
    async with sender.transaction() as tx:
        return await close_window(tx, OUTBOX_STREAM, outbox_stretch)


async def sent(sender, event_class):
    """The events of a type in the outbox as a taker reads them."""
    rows = await sender.all("SELECT attributes, value FROM outbox ORDER BY position")
    found = []
    for row in rows:
        if row.attributes["type"] == event_class.type:
            data, plain = strict_loads(bytes(row.value))
            envelope = read_attributes(row.attributes)
            found.append(to_received(event_class, envelope, data, plain, None))
    return found


async def take(taker, *items):
    async with taker.transaction() as tx:
        await inbox.take(tx, items)


async def hear(taker, *windows, ago=COMPARED_AFTER + timedelta(seconds=5)):
    async with taker.transaction() as tx:
        await note_windows(windows, tx)
        await tx.execute("UPDATE windows SET received_at = :at", at=machine_now() - ago)


async def compared(taker, taken=TAKEN):
    """What is missing after all windows were looked at."""
    async with taker.transaction() as tx:
        await compare_windows(tx, taken)
        await report(tx)
    rows = await taker.all("SELECT state, missing FROM windows ORDER BY number")
    return [(row.state, row.missing) for row in rows]


async def look_again(taker):
    async with taker.transaction() as tx:
        await tx.execute(
            "UPDATE windows SET received_at = received_at - CAST(:by AS interval)",
            by=COMPARED_AFTER + timedelta(seconds=5),
        )
    return await compared(taker)


async def test_an_event_that_never_came_is_missing_until_it_comes(sender, taker):
    await publish(sender, 1, 2, 3)
    assert await close(sender) == 3
    first, second, third = await sent(sender, DisclosureDue)
    await take(taker, first, third)
    await hear(taker, *await sent(sender, WindowClosed))
    assert await compared(taker) == [("missing", 1)]
    assert MISSING.labels("tasks", "disclosure")._value.get() == 1
    await take(taker, second)
    assert await look_again(taker) == [("whole", 0)]
    assert MISSING.labels("tasks", "disclosure")._value.get() == 0


async def test_an_event_with_other_content_is_missing(sender, taker):
    await publish(sender, 1)
    await close(sender)
    [event] = await sent(sender, DisclosureDue)
    await take(taker, replace(event, digest=b"\0" * 32))
    await hear(taker, *await sent(sender, WindowClosed))
    assert await compared(taker) == [("missing", 1)]


async def test_a_dead_letter_is_not_missing_for_a_person_will_settle_it(sender, taker):
    await publish(sender, 1)
    await close(sender)
    [event] = await sent(sender, DisclosureDue)
    async with taker.transaction() as tx:
        await tx.execute(
            "INSERT INTO dead_letters (id, topic, partition, record_offset, reason, explanation,"
            " source, event_id, attempts, digest, body, state) VALUES (gen_random_uuid(), 't', 0,"
            " 0, 'handler', '', :source, :event_id, 4, '', '', 'open')",
            source=event.envelope.source,
            event_id=event.envelope.id,
        )
    await hear(taker, *await sent(sender, WindowClosed))
    assert await compared(taker) == [("whole", 0)]


async def test_of_types_that_are_not_taken_nothing_is_missed(sender, taker):
    await publish(sender, 1)
    await close(sender)
    await hear(taker, *await sent(sender, WindowClosed))
    assert await compared(taker, frozenset({CaseAccepted.type})) == [("whole", 0)]


async def test_a_window_that_came_just_now_is_not_looked_at_yet(sender, taker):
    await publish(sender, 1)
    await close(sender)
    await hear(taker, *await sent(sender, WindowClosed), ago=timedelta())
    assert await compared(taker) == [("open", 0)]


async def test_a_window_that_never_came_is_noticed_by_its_number(sender, taker):
    for number in (1, 2, 3):
        await publish(sender, number)
        await close(sender)
    first, _lost, third = await sent(sender, WindowClosed)
    await hear(taker, first, third)
    await compared(taker)
    assert WINDOWS_MISSING.labels("tasks", "disclosure")._value.get() == 1


async def test_what_was_acknowledged_just_now_waits_for_the_next_window(sender):
    await publish(sender, 1, ago=SETTLED_AFTER - timedelta(seconds=5))
    assert await close(sender) == 0  # the first window tells that there is one
    [window] = await sent(sender, WindowClosed)
    assert window.event.events == ()
    assert await close(sender) is None


async def test_an_event_that_is_not_out_holds_back_what_stands_behind_it(sender):
    await publish(sender, 1, 2)
    async with sender.transaction() as tx:
        await tx.execute("UPDATE outbox SET published_at = NULL WHERE log_index = 1")
    assert await close(sender) == 1
    await publish(sender, 3)
    assert await close(sender) == 2


async def test_a_long_stretch_is_told_in_several_windows(sender):
    await publish(sender, *range(EVENTS_MAX + 1))
    assert (await close(sender), await close(sender)) == (EVENTS_MAX, 1)
    first, second = (w.event for w in await sent(sender, WindowClosed))
    assert (len(first.events), len(second.events)) == (EVENTS_MAX, 1)
    assert (first.number, second.number) == (1, 2)


async def test_windows_are_closed_also_when_nothing_happens_but_tell_nothing_of_windows(sender):
    assert await close(sender) == 0
    assert await close(sender) is None
    async with sender.transaction() as tx:
        await tx.execute("UPDATE window_heads SET closed_at = :at", at=machine_now() - QUIET_AFTER)
        await sequence(tx)
        await tx.execute(
            "UPDATE outbox SET published_at = :at", at=machine_now() - 2 * SETTLED_AFTER
        )
    assert await close(sender) == 0


async def test_a_window_shows_that_the_way_from_one_service_to_another_works(sender, taker):
    await close(sender)
    before = machine_now().timestamp()
    await hear(taker, *await sent(sender, WindowClosed))
    assert CANARY_AT.labels("disclosure-tasks")._value.get() >= before


async def test_a_window_in_anothers_name_is_refused(taker):
    forged = received(WindowClosed, service="disclosure", about={"source": "/mingjing/review"})
    with pytest.raises(ForeignWindow, match="/mingjing/review"):
        await hear(taker, forged)
    assert await taker.all("SELECT 1 FROM windows") == []
