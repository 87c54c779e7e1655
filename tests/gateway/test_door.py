"""The door takes events of registered publishers, and 202 means that Kafka has them."""

import asyncio

import orjson
import pytest

from mingjing_gateway.acts.publisher import rotate_publisher
from mingjing_shared.events import example
from mingjing_shared.events.casework import CaseAccepted, DecisionMade, EnforcementEnded
from mingjing_shared.events.disclosure import DisclosureDue

PROBLEM = "application/problem+json; charset=utf-8"


def assert_problem(response, status, *words):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    body = response.json()
    assert body["status"] == status
    assert "Traceback" not in response.text
    for word in words:
        assert word in body["detail"] or word in str(body.get("errors")), response.text
    return body


# Who may


async def test_without_a_key_nothing_is_taken(client):
    response = await client.post("/intake/events", content=b"{}")
    assert_problem(response, 401, "Authorization: Bearer")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_a_key_that_nobody_holds_is_refused(client):
    headers = {"Authorization": "Bearer mj_nobody"}
    assert_problem(await client.post("/intake/events", headers=headers), 401, "凭证无效")


async def test_a_replaced_key_opens_nothing_and_the_new_one_does(house, client, publisher):
    name = publisher.topic.removeprefix("inbound.")
    async with house.database.transaction() as tx:
        key = await rotate_publisher(tx, name=name, by="测试")
    event = publisher.event(EnforcementEnded)
    assert_problem(await publisher.one(event), 401)
    publisher.key = key
    assert (await publisher.one(event)).status_code == 202


async def test_a_publisher_that_comes_by_kafka_may_not_use_the_door(house, client):
    await house.publisher("by-kafka", way="kafka")
    knock = house.knock(client, "by-kafka")
    event = knock.event(EnforcementEnded)
    assert_problem(await knock.one(event), 403, "登记为经 Kafka 发布", "inbound.by-kafka")
    assert (await knock.validate(event)).status_code == 200


async def test_another_system_cannot_be_spoken_for(casework):
    event = casework.event(EnforcementEnded, source="/huainan/other")
    assert_problem(await casework.one(event), 403, "登记的来源是 /huainan/casework")


async def test_a_type_outside_the_registration_is_refused(casework):
    event = casework.event(DisclosureDue)
    assert_problem(await casework.one(event), 403, "cn.mingjing.disclosure.due")


async def test_a_mode_is_only_for_who_is_registered_for_it(house, client, casework):
    event = casework.event(EnforcementEnded, mjmode="backfill")
    assert_problem(await casework.one(event), 403, "backfill")
    await house.publisher("importer", modes=("backfill",))
    importer = house.knock(client, "importer")
    response = await importer.validate(importer.event(EnforcementEnded, mjmode="backfill"))
    assert response.status_code == 200


# The promise


async def test_202_means_that_the_record_is_in_kafka_complete(house, publisher):
    number = "田公（网）2026-01183"
    event = publisher.event(
        CaseAccepted,
        data=example(CaseAccepted, case_number=number),
        partitionkey=number,
        supersedes=f"{publisher.source}#older",
        myextension="x",
    )
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    response = await publisher.one(event, traceparent=trace)
    assert response.status_code == 202
    assert response.json() == {"id": event["id"], "status": 202}
    assert await house.state_of(publisher.source, event["id"]) == "acked"
    written = [w for w in await house.written(publisher.topic) if w.identity[1] == event["id"]]
    assert len(written) == 1
    attributes = written[0].attributes
    assert written[0].key == "田公(网)2026-01183"
    assert attributes["ce_partitionkey"] == "田公(网)2026-01183"
    assert attributes["ce_subject"] == number
    assert attributes["ce_time"] == "2026-09-18T01:30:00+00:00"
    assert attributes["ce_dataschema"] == "/intake/schemas/cn.mingjing.case.accepted/1"
    assert attributes["ce_correlationid"].startswith("c_")
    assert attributes["ce_supersedes"] == f"{publisher.source}#older"
    assert attributes["ce_myextension"] == "x"
    assert attributes["traceparent"] == trace
    assert attributes["content-type"] == "application/json"
    assert b": " not in written[0].value


async def test_binary_mode_reads_percent_encoded_attributes(house, publisher):
    number = "田公（网）2026-7"
    data = example(EnforcementEnded, case_number=number)
    headers = {
        "ce-specversion": "1.0",
        "ce-id": "binary-1",
        "ce-source": publisher.source,
        "ce-type": EnforcementEnded.type,
        "ce-time": "2026-09-18T09:30:00+08:00",
        "ce-subject": "%E7%94%B0%E5%85%AC%EF%BC%88%E7%BD%91%EF%BC%892026-7",
    }
    response = await publisher.client.post(
        "/intake/events",
        json=data,
        headers={"Authorization": f"Bearer {publisher.key}", **headers},
    )
    assert response.status_code == 202, response.text
    found = [w for w in await house.written(publisher.topic) if w.identity[1] == "binary-1"]
    assert found[0].attributes["ce_subject"] == number


async def test_a_repeat_of_a_taken_event_is_202_and_not_sent_again(house, publisher):
    event = publisher.event(EnforcementEnded)
    for _ in range(3):
        assert (await publisher.one(event)).status_code == 202
    same = {
        **event,
        "time": "2026-09-18T01:30:00.000Z",
        "data": dict(reversed(event["data"].items())),
    }
    assert (await publisher.one(same)).status_code == 202
    written = await house.written(publisher.topic)
    assert [w.identity[1] for w in written].count(event["id"]) == 1


async def test_a_pending_event_is_sent_again(house, publisher):
    event = publisher.event(EnforcementEnded)
    assert (await publisher.one(event)).status_code == 202
    async with house.database.transaction() as tx:
        await tx.execute(
            "UPDATE received SET state = 'pending', acked_at = NULL WHERE event_id = :id",
            id=event["id"],
        )
    assert (await publisher.one(event)).status_code == 202
    assert await house.state_of(publisher.source, event["id"]) == "acked"
    written = [w for w in await house.written(publisher.topic) if w.identity[1] == event["id"]]
    assert len(written) == 2
    assert len({w.digest for w in written}) == 1


async def test_the_same_identity_with_other_content_is_a_contradiction(publisher):
    event = publisher.event(EnforcementEnded)
    assert (await publisher.one(event)).status_code == 202
    other = {**event, "data": {**event["data"], "reason": "mediated"}}
    assert_problem(await publisher.one(other), 409, event["id"], "supersedes")
    assert_problem(await publisher.validate(other), 409)


async def test_many_requests_with_the_same_events_at_once_are_all_taken(house, publisher):
    events = [publisher.event(EnforcementEnded) for _ in range(40)]
    orders = [events, events[::-1], events[20:] + events[:20], events]
    responses = await asyncio.gather(*(publisher.batch(order) for order in orders))
    assert [response.status_code for response in responses] == [202] * 4
    written = await house.written(publisher.topic)
    assert {w.identity[1] for w in written} >= {event["id"] for event in events}


# Batches


async def test_in_a_batch_each_event_has_its_own_answer(house, publisher):
    good = publisher.event(DecisionMade)
    events = [
        good,
        publisher.event(EnforcementEnded, time=None),
        publisher.event(EnforcementEnded, source="/huainan/other"),
        good,
        {**good, "data": {**good["data"], "made_on": "2026-01-05"}},
        publisher.event(EnforcementEnded, data={"case_number": "A1", "ended_on": 7}),
        17,
        publisher.event(EnforcementEnded, id=None),
        publisher.event(EnforcementEnded),
    ]
    response = await publisher.batch(events)
    assert response.status_code == 207
    answers = response.json()
    assert [a["index"] for a in answers] == list(range(9))
    assert [a["status"] for a in answers] == [202, 400, 403, 202, 409, 400, 400, 400, 202]
    ids = [e.get("id") if isinstance(e, dict) else None for e in events]
    assert [a["id"] for a in answers] == ids
    assert "problem" not in answers[0]
    places = {e["path"]: e["message"] for e in answers[5]["problem"]["errors"]}
    assert set(places) == {"ended_on", "reason"}
    assert "应为" in places["ended_on"]
    written = [w.identity[1] for w in await house.written(publisher.topic)]
    assert written.count(good["id"]) == 1


async def test_a_batch_of_which_all_are_taken_is_202(publisher):
    response = await publisher.batch([publisher.event(EnforcementEnded) for _ in range(1000)])
    assert response.status_code == 202
    assert {a["status"] for a in response.json()} == {202}


async def test_an_empty_batch_is_taken(publisher):
    response = await publisher.batch([])
    assert (response.status_code, response.json()) == (202, [])


async def test_a_fault_in_the_text_of_one_event_leaves_the_others_whole(publisher):
    good = [publisher.event(EnforcementEnded) for _ in range(2)]
    bad = b'{"specversion":"1.0","id":"nul","data":{"a":"\\u0000"}}'
    twice = b'{"specversion":"1.0","id":"twice","id":"twice","data":{}}'
    one, two = [orjson.dumps(event) for event in good]
    response = await publisher.send(
        b"[" + b",".join([one, bad, twice, two]) + b"]", "application/cloudevents-batch+json"
    )
    answers = response.json()
    assert [a["status"] for a in answers] == [202, 400, 400, 202]
    assert "NUL" in answers[1]["problem"]["detail"]
    assert "两次" in answers[2]["problem"]["detail"]


async def test_more_than_a_thousand_events_are_refused_whole(house, publisher):
    events = [publisher.event(EnforcementEnded) for _ in range(1001)]
    assert_problem(await publisher.batch(events), 413, "1,000", "1,001")
    assert await house.state_of(publisher.source, events[0]["id"]) is None


# Too much


async def test_a_publisher_that_sends_too_fast_is_told_when_to_come_again(house, casework):
    slow = {"door_events_per_second": 2.0, "door_burst_events": 3.0}
    async with house.served(**slow) as client:
        knock = house.knock(client, "casework")
        first = await knock.batch([knock.event(EnforcementEnded) for _ in range(3)])
        assert first.status_code == 202
        response = await knock.one(knock.event(EnforcementEnded))
    assert_problem(response, 429, "每秒至多 2 条")
    assert response.headers["retry-after"] == "1"


# Not now


async def test_a_broker_that_does_not_answer_is_503_and_the_repeat_is_taken(
    house, stack, publisher
):
    event, batch = publisher.event(EnforcementEnded), [publisher.event(DecisionMade)] * 2
    stack.kafka.pause()
    try:
        loop = asyncio.get_running_loop()
        started = loop.time()
        one, many = await asyncio.gather(publisher.one(event), publisher.batch(batch))
        assert loop.time() - started < 6
    finally:
        stack.kafka.resume()
    assert_problem(one, 503, "原样重发")
    assert one.headers["retry-after"] == "5"
    assert many.status_code == 207
    assert many.headers["retry-after"] == "5"
    assert [a["status"] for a in many.json()] == [503, 503]
    assert await house.state_of(publisher.source, event["id"]) == "pending"
    assert (await publisher.one(event)).status_code == 202
    assert (await publisher.batch(batch)).status_code == 202


async def test_more_bodies_at_once_than_there_is_room_for_are_503(house, publisher):
    async with house.served(door_room_bytes=2048) as client:
        publisher.client = client
        response = await publisher.batch([publisher.event(EnforcementEnded) for _ in range(50)])
        assert_problem(response, 503, "请求过多")
        assert response.headers["retry-after"] == "1"
        assert (await publisher.one(publisher.event(EnforcementEnded))).status_code == 202


async def test_a_database_that_is_gone_is_503(house, publisher):
    gone = {"database_port": 1, "door_patience_seconds": 2.0}
    async with house.served(**gone) as client:
        publisher.client = client
        response = await publisher.one(publisher.event(EnforcementEnded))
    assert_problem(response, 503, "未答复 202")


@pytest.mark.parametrize("port", ["kafka_bootstrap", "database_port"])
async def test_the_process_is_not_ready_without_broker_or_database(house, client, port):
    assert (await client.get("/readyz")).json() == {"ready": True, "reason": None}
    gone = {port: "127.0.0.1:1" if port == "kafka_bootstrap" else 1}
    async with house.served(**gone) as lame:
        response = await lame.get("/readyz")
    assert response.status_code == 503
    assert response.json()["ready"] is False
