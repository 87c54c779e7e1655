"""One action through the door can be followed over the platform; and nobody's name is in it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
from pathlib import Path

import httpx
import pytest
from journeys.conftest import COMMAND
from journeys.matter import PERSONAL, Matter
from journeys.test_stranger import publisher

from support.running import until

MATTER = Matter("00991")
SERVICES = {"gateway", "disclosure", "recording", "review", "tasks"}


def tell(platform, *events):
    key = publisher(platform, "casework")["key"]
    for event in events:
        answer = httpx.post(
            f"{platform['front']}/intake/events",
            content=json.dumps(event),
            headers={
                "authorization": f"Bearer {key}",
                "content-type": "application/cloudevents+json",
            },
            timeout=30,
        )
        assert answer.status_code == 202, answer.text


@pytest.fixture(scope="module")
async def case_ref(platform, leader):
    """The case of this module, told to the door."""
    await asyncio.to_thread(tell, platform, MATTER.accepted(), MATTER.proposed(), MATTER.made())

    async def known():
        answer = await asyncio.to_thread(leader.get, "/tasks/api/events")
        found = [e for e in answer.json()["events"] if MATTER.number in (e["case_key"] or "")]
        return [e["case_ref"] for e in found if e["case_ref"]]

    return (await until(known))[0]


@pytest.fixture(scope="module")
async def trace(platform, case_ref):
    """The trace of the request that told the decision."""
    store = platform["traces"].removesuffix("/zipkin/")

    def complete(spans):
        """Those of the decision: seen by all, and what disclosure said of it by tasks."""
        told = {s["tags"].get("mj.event.type") for s in spans if "tags" in s}
        takers = {s["localEndpoint"]["serviceName"] for s in spans}
        return "cn.mingjing.disclosure.due" in told and takers >= SERVICES

    async def found():
        answer = await asyncio.to_thread(
            httpx.get,
            f"{store}/api/v2/traces",
            params={
                "annotationQuery": f"mj.case.id={case_ref}",
                "lookback": 3_600_000,
                "limit": 100,
            },
        )
        assert answer.status_code == 200, answer.text
        return [spans for spans in answer.json() if complete(spans)]

    async def whole():
        return [spans for spans in await found() if not orphans(spans)]

    with contextlib.suppress(AssertionError):  # a span is sent when it ends, a child before it
        return (await until(whole, seconds=60))[0]
    return (await until(found))[0]


def orphans(spans):
    """The names of spans whose parents are not there."""
    ids = {span["id"] for span in spans}
    return [span["name"] for span in spans if "parentId" in span and span["parentId"] not in ids]


def test_door_broker_workers_and_databases_are_in_one_trace_without_orphans(trace):
    roots = [span for span in trace if "parentId" not in span]
    assert [(r["kind"], r["name"]) for r in roots] == [
        ("SERVER", "post /intake/events decision.made")
    ]
    assert orphans(trace) == []
    peers = {s["remoteEndpoint"]["serviceName"] for s in trace if "remoteEndpoint" in s}
    assert peers == {"kafka"}
    queried = {s["tags"]["db.name"] for s in trace if s.get("tags", {}).get("db.system")}
    assert queried == SERVICES


def test_an_event_says_how_long_it_waited_on_the_broker(trace):
    taken = [s for s in trace if s["name"].startswith("process ")]
    assert taken
    assert all(float(s["tags"]["mj.waited_seconds"]) < 60 for s in taken)


def test_the_page_of_the_case_leads_to_its_traces(platform, leader, case_ref):
    page = leader.get(f"/tasks/cases/{case_ref}")
    assert "查看链路" in page.text
    begin = re.escape(f"{platform['traces']}?lookback=7d&amp;limit=50&amp;endTs=")
    found = re.search(rf"{begin}(\d+)&amp;annotationQuery=mj\.case\.id%3D{case_ref}\b", page.text)
    assert found, "without an end Zipkin's page does not search"
    store = platform["traces"].removesuffix("/zipkin/")
    asked = {"annotationQuery": f"mj.case.id={case_ref}", "endTs": found[1], "lookback": 3_600_000}
    assert httpx.get(f"{store}/api/v2/traces", params=asked).json()


def test_nobody_is_named_in_spans_logs_and_metrics(platform, leader, trace):
    assert leader.get("/tasks/cases", params={"handler": PERSONAL[0]}).status_code == 200
    store = platform["traces"].removesuffix("/zipkin/")
    lately = {"lookback": 3_600_000, "limit": 10_000}
    answer = httpx.get(f"{store}/api/v2/traces", params=lately)
    assert len(answer.json()) > 3
    told = {"spans": json.dumps(answer.json(), ensure_ascii=False)}
    status = subprocess.run(
        [COMMAND, "status", "--json"], env=platform["environment"], capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    for process in json.loads(status.stdout)["processes"]:
        told[process["name"]] = Path(process["log"]).read_text(errors="replace")
        if process["name"].endswith(("-web", "-worker")):
            figures = httpx.get(f"http://127.0.0.1:{process['ports'][0]}/metrics")
            assert figures.status_code == 200
            told[f"{process['name']} metrics"] = figures.text
    found = {name for name, text in told.items() if any(word in text for word in PERSONAL)}
    assert found == set()
