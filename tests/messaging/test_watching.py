"""What waits, and what the server says, is measured off the database itself."""

from __future__ import annotations

from prometheus_client import REGISTRY

from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.watching import measure_server, measure_waiting
from support.events import received
from support.running import until

SERVICE = "disclosure"


def figure(name, **labels):
    return REGISTRY.get_sample_value(name, {"service": SERVICE, **labels})


async def test_an_event_that_was_not_published_is_counted_with_its_age(database):
    await measure_waiting(database)
    assert (figure("mj_outbox_pending"), figure("mj_outbox_oldest_age_seconds")) == (0, 0)
    async with database.transaction() as tx:
        outbox.add(tx, [Outgoing(received(CaseAccepted).event)])
    await measure_waiting(database)
    assert figure("mj_outbox_pending") == 1
    assert figure("mj_outbox_oldest_age_seconds") > 0


async def test_a_transaction_that_stays_open_is_seen_growing_old_and_then_gone(database):
    async def older_than_others():
        await measure_server(database)
        return figure("mj_pg_oldest_transaction_seconds") > 0.3

    async with database.transaction() as tx:
        await tx.all("SELECT 1")
        await until(older_than_others)
    await measure_server(database)
    assert figure("mj_pg_oldest_transaction_seconds") < 0.3


async def test_the_server_s_own_counts_of_a_database_are_handed_on(database):
    await measure_server(database)
    before = figure("mj_pg_counted", kind="commits")

    async def more_commits():
        async with database.transaction() as tx:
            await tx.execute("UPDATE outbox SET published_at = now() WHERE false")
        await measure_server(database)
        return figure("mj_pg_counted", kind="commits") > before

    await until(more_commits)
    assert figure("mj_pg_database_bytes") > 1_000_000
    assert figure("mj_pg_sessions") >= 1
    assert figure("mj_pg_counted", kind="deadlocks") == 0
    assert figure("mj_pg_rows", state="dead") is not None
