"""Somebody who knows only the contract publishes a case and sees all four services move."""

from __future__ import annotations

import asyncio
import json
import subprocess
from datetime import UTC, datetime

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from journeys.conftest import COMMAND

from mingjing_shared.law.case_number import case_key
from support.running import until

CASE = "淮公（治）2026-00001"
UNIT = "340403000000"
MADE = datetime(2026, 9, 18, 1, 0, tzinfo=UTC).isoformat()


def event(number: int, kind: str, data: dict) -> dict:
    return {
        "specversion": "1.0",
        "id": f"stranger-{number}",
        "source": "/huainan/casework",
        "type": f"cn.mingjing.{kind}",
        "time": MADE,
        "data": {"case_number": CASE, **data},
    }


OUTCOME = {"kinds": ["fine"], "fine": "30000"}
BASIS = [{"law": "网络安全法", "article": "59"}]
THREAD = [
    event(1, "case.accepted", {
        "kind": "cyber", "cause": {"code": "330100", "name": "未履行网络安全保护义务"},
        "procedure": "ordinary", "unit": UNIT, "handlers": ["034211"], "accepted_at": MADE,
        "parties": [{"kind": "person", "name": "陈某某", "resident_id": "11010519491231002X",
                     "role": "suspect"}],
    }),
    event(2, "action.performed", {
        "action_id": "A-1", "kind": "seizure", "place_kind": "on_site", "started_at": MADE,
        "ended_at": MADE, "officers": ["034211", "034388"],
    }),
    event(3, "decision.proposed", {
        "decision_id": "D-1", "kind": "penalty", "proposed_by": "034211", "unit": UNIT,
        "proposed_at": MADE, "facts": "事实", "basis": BASIS, "outcome": OUTCOME,
    }),
    event(4, "decision.made", {
        "decision_id": "D-1", "document_number": "淮公(网)行罚决字〔2026〕00871号",
        "kind": "penalty", "basis": BASIS, "outcome": OUTCOME, "made_on": "2026-09-18",
        "approved_by": "030002", "unit": UNIT,
    }),
    event(5, "enforcement.ended", {"ended_on": "2026-09-20", "reason": "executed"}),
]  # fmt: skip


def publisher(platform, name: str) -> dict:
    return next(p for p in platform["accounts"]["publishers"] if p["name"] == name)


@pytest.fixture(scope="module")
def published(platform):
    key = publisher(platform, "casework")["key"]
    answer = httpx.post(
        f"{platform['front']}/intake/events",
        content=json.dumps(THREAD),
        headers={
            "authorization": f"Bearer {key}",
            "content-type": "application/cloudevents-batch+json",
        },
        timeout=30,
    )
    assert answer.status_code == 202, answer.text
    return answer.json()


async def rows(leader, address: str, name: str) -> list[dict]:
    """All that a list holds, page by page: others have been here, and theirs may be newer."""
    found, after = [], None
    while True:
        asked = {"after": after} if after else {}
        answer = await asyncio.to_thread(leader.get, address, params=asked)
        assert answer.status_code == 200, answer.text[:500]
        page = answer.json()
        found, after = found + page[name], page["next"]
        if after is None:
            return found


def about_the_case(found: list[dict]) -> list[dict]:
    keys = (CASE, case_key(CASE))
    return [r for r in found if any(key in json.dumps(r, ensure_ascii=False) for key in keys)]


async def test_every_event_of_the_batch_is_answered_by_itself(published):
    assert [(answer["index"], answer["status"]) for answer in published] == [
        (number, 202) for number in range(5)
    ]


async def test_disclosure_says_by_when_the_decision_must_be_public(leader, published):
    async def due():
        return about_the_case(await rows(leader, "/disclosure/api/items", "items"))

    [item] = await until(due)
    assert item["state"] == "to_mask"
    assert item["due_on"] == "2026-09-29"


async def test_recording_says_that_the_seizure_must_be_recorded(leader, published):
    async def required():
        return about_the_case(await rows(leader, "/recording/api/actions", "actions"))

    [action] = await until(required)
    assert action["level"] == "full"


async def test_review_finds_that_nobody_reviewed_it(leader, published):
    async def bypassed():
        found = about_the_case(await rows(leader, "/review/api/reviews", "reviews"))
        return [row for row in found if row["state"] == "bypassed"]

    assert len(await until(bypassed)) == 1


async def test_tasks_has_heard_of_all_of_it_and_warns(leader, published):
    async def heard():
        found = about_the_case(await rows(leader, "/tasks/api/events", "events"))
        types = {row["type"] for row in found}
        wanted = {
            "case.accepted", "action.performed", "decision.proposed", "decision.made",
            "enforcement.ended", "recording.required", "review.required", "review.bypassed",
            "disclosure.due", "casefile.due",
        }  # fmt: skip
        return wanted == wanted & {name.removeprefix("cn.mingjing.") for name in types}

    async def warned():
        return about_the_case(await rows(leader, "/tasks/api/warnings", "warnings"))

    assert await until(heard)
    assert await until(warned)


async def test_no_list_names_the_person(leader, published):
    for address in ("/disclosure/", "/recording/", "/review/", "/tasks/events", "/tasks/warnings"):
        answer = await asyncio.to_thread(leader.get, address)
        assert answer.status_code == 200
        assert CASE in answer.text or case_key(CASE) in answer.text
        assert "陈某某" not in answer.text
        assert "11010519491231002X" not in answer.text


async def test_who_is_not_signed_in_sees_nothing(platform, published):
    async with httpx.AsyncClient(base_url=platform["front"]) as client:
        for address in ("/disclosure/", "/recording/", "/review/", "/tasks/", "/admin/"):
            answer = await client.get(address)
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/session/sign-in?next=")
        for address in ("/disclosure/api/items", "/tasks/api/events"):
            answer = await client.get(address, headers={"mj-token": "made.up.token"})
            assert answer.status_code == 401
            assert answer.headers["content-type"].startswith("application/problem+json")


async def test_a_publisher_writes_its_own_topic_and_no_other(platform, leader):
    mine = publisher(platform, "recorders")
    producer = AIOKafkaProducer(
        bootstrap_servers=platform["kafka"],
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="SCRAM-SHA-256",
        sasl_plain_username=mine["kafka_username"],
        sasl_plain_password=mine["kafka_password"],
        enable_idempotence=True,
        acks="all",
    )
    await producer.start()
    try:
        data = {"case_number": CASE, **THREAD[1]["data"], "action_id": "A-2"}
        headers = [
            ("ce_specversion", b"1.0"), ("ce_id", b"k1"), ("ce_source", mine["source"].encode()),
            ("ce_type", b"cn.mingjing.action.performed"), ("ce_time", MADE.encode()),
            ("content-type", b"application/json"),
        ]  # fmt: skip
        value = json.dumps(data, ensure_ascii=False).encode()
        await producer.send_and_wait("inbound.recorders", value, key=b"x", headers=headers)
        with pytest.raises(Exception, match=r"TopicAuthorizationFailed|authorized"):
            await asyncio.wait_for(
                producer.send_and_wait("inbound.casework", value, headers=headers), 15
            )
    finally:
        await producer.stop()

    async def seen():
        found = about_the_case(await rows(leader, "/recording/api/actions", "actions"))
        return len(found) == 2

    assert await until(seen)


async def test_the_front_page_links_the_departments_and_the_portal_stands_apart(platform):
    async with httpx.AsyncClient() as client:
        front = await client.get(platform["front"] + "/")
        portal = await client.get(platform["portal"] + "/")
    assert front.status_code == portal.status_code == 200
    for department in ("disclosure", "recording", "review", "tasks"):
        assert f'href="/{department}/"' in front.text


def test_a_second_start_changes_nothing_and_says_so(platform):
    again = subprocess.run(
        [COMMAND, "up"],
        env=platform["environment"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert again.returncode == 0
    status = subprocess.run(
        [COMMAND, "status", "--json"],
        env=platform["environment"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    found = json.loads(status.stdout)
    assert status.returncode == 0
    assert found["ready"] is True
    assert set(found["entry_points"]) == {"front", "portal", "kafka", "traces", "metrics"}
    assert {"name", "pid", "ready", "ports", "rss_mb"} <= set(found["processes"][0])
    assert sum(process["rss_mb"] for process in found["processes"]) < 3 * 1024
