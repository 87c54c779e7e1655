"""The inbox: nothing twice, and nothing that contradicts is silently dropped."""

from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.messaging import inbox
from support.events import received


def a_case(number="甲1", **about):
    return received(CaseAccepted, case_number=number, about=about)


async def take(database, *events):
    async with database.transaction() as tx:
        fresh, contradicting = await inbox.take(tx, events)
    return ids(fresh), ids(contradicting)


def ids(events):
    return [event.envelope.id for event in events]


async def test_the_same_identity_with_other_content_is_given_back(database):
    first = a_case(id="same")
    other = a_case("甲2", id="same", time=first.envelope.time)
    assert await take(database, first) == (["same"], [])
    assert await take(database, other) == ([], ["same"])
    [row] = await database.all("SELECT digest FROM inbox")
    assert bytes(row.digest) == first.digest


async def test_a_contradiction_inside_one_batch_is_given_back_and_the_first_is_applied(database):
    first = a_case(id="same")
    other = a_case("甲2", id="same", time=first.envelope.time)
    fresh, contradicting = await take(database, first, other, first)
    assert (fresh, contradicting) == (["same"], ["same"])
    [row] = await database.all("SELECT digest FROM inbox")
    assert bytes(row.digest) == first.digest


async def test_what_is_known_is_dropped_and_what_stands_twice_in_a_batch_counts_once(database):
    known, new = a_case(id="known"), a_case("甲2", id="new")
    assert await take(database, known) == (["known"], [])
    assert await take(database, new, known, new, new) == (["new"], [])
    assert await take(database, known, new) == ([], [])


async def test_the_same_id_of_another_source_is_another_event(database):
    one = a_case(id="same")
    two = a_case(id="same", source="/huainan/other", time=one.envelope.time)
    assert await take(database, one, two) == (["same", "same"], [])


async def test_the_mode_and_the_trace_do_not_make_another_content(database):
    one = a_case(id="same")
    about = {"id": "same", "time": one.envelope.time, "mode": "backfill", "traceparent": "other"}
    assert await take(database, one) == (["same"], [])
    assert await take(database, a_case(**about)) == ([], [])


async def test_a_transaction_that_is_undone_leaves_nothing_in_the_inbox(database):
    event = a_case(id="undone")
    try:
        async with database.transaction() as tx:
            await inbox.take(tx, [event])
            raise ConnectionError  # noqa: TRY301
    except ConnectionError:
        pass
    assert await take(database, event) == (["undone"], [])
