"""From a record on Kafka to rows, to an event of our own on Kafka."""

import asyncio

from aiokafka import AIOKafkaConsumer

from mingjing_disclosure.handlers import ALARMS, HANDLERS
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from support.events import received
from support.people import BASIS
from support.running import producing, register, running, send, until

ADULT = {"kind": "person", "name": "测试甲", "resident_id": "11010519491231002X"}


def a_case(number, **about):
    return received(CaseAccepted, case_number=number, kind="traffic", parties=[ADULT], about=about)


def a_decision(number, decision, **about):
    return received(
        DecisionMade, case_number=number, decision_id=decision, kind="penalty", parties=[],
        basis=BASIS, about=about,
    )  # fmt: skip


async def read_topic(world, topic, count):
    kafka = world.stack.started_kafka()
    consumer = AIOKafkaConsumer(
        world.prefix + topic,
        bootstrap_servers=kafka.bootstrap,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.admin_user,
        sasl_plain_password=kafka.admin_password,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    found = []
    try:
        async with asyncio.timeout(20):
            while len(found) < count:
                batches = await consumer.getmany(timeout_ms=200)
                found += [record for records in batches.values() for record in records]
    finally:
        await consumer.stop()
    return found


async def test_an_event_from_a_publisher_becomes_rows_and_an_event_of_ours(world_with_topics):
    world = world_with_topics
    database = await world.database("disclosure")
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
    await register(world, "disclosure", "casework")
    async with running(world, "disclosure", HANDLERS, ALARMS) as process, producing(world) as out:
        decision = a_decision("甲1", "D1", traceparent=f"00-{'a' * 32}-{'b' * 16}-01")
        await send(out, world, "inbound.casework", a_case("甲1"), decision)
        rows = await until(lambda: database.all("SELECT state FROM items"))
        assert [row.state for row in rows] == ["to_mask"]
        record, *_ = await read_topic(world, "disclosure", 1)
        headers = dict(record.headers)
        assert headers["ce_type"] == b"cn.mingjing.disclosure.due"
        assert headers["ce_source"] == b"/mingjing/disclosure"
        assert headers["ce_causationid"] == decision.envelope.id.encode()
        told = decision.envelope.traceparent.encode()
        assert headers["traceparent"].split(b"-")[1] == told.split(b"-")[1]
        assert record.key == "甲1".encode()
        assert process.worker.trouble is None
    # An alarm of the long past due day may stand behind it, told or not yet.
    first = "SELECT log_index, published_at FROM outbox ORDER BY position LIMIT 1"
    [marked] = await database.all(first)
    assert marked.log_index == 0
    assert marked.published_at is not None


async def test_a_redelivered_event_changes_nothing(world_with_topics):
    world = world_with_topics
    database = await world.database("disclosure")
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
    await register(world, "disclosure", "casework")
    case, decision = a_case("乙1"), a_decision("乙1", "D2")
    async with running(world, "disclosure", HANDLERS), producing(world) as out:
        await send(out, world, "inbound.casework", case, decision, decision, case, decision)
        last = a_decision("乙1", "D3")
        await send(out, world, "inbound.casework", last)
        await until(lambda: database.all("SELECT 1 FROM items WHERE decision_id = 'D3'"))
    theirs = "SELECT 1 FROM inbox WHERE source = '/huainan/casework'"
    assert len(await database.all(theirs)) == 3
    assert len(await database.all("SELECT 1 FROM outbox WHERE topic = 'disclosure'")) == 2
    assert await database.all("SELECT 1 FROM dead_letters") == []
