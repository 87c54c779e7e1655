"""What panels and alerts ask is answered, with values, by a real Prometheus on a real platform.

Grafana itself does not run here. That its panels would show something is shown so: each
expression of each panel, variable, annotation and alert is put to Prometheus while events flow.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import re
import subprocess

import httpx
import pytest
from journeys.conftest import COMMAND
from journeys.matter import Matter, ago, local_time
from journeys.test_trace import tell

from mingjing_deploy.demo.files import video
from mingjing_deploy.demo.office import Office
from support.boards import boards, questions, rules
from support.running import until

BOARDS = boards()
MATTER = Matter("00992")
SERIES_MAX = 2_000
SECONDS_MAX = 150
# Expressions for which no answer is the right one here, and why.
EMPTY_IS_RIGHT = {
    "ALERTS": "no alert is firing while all is well",
    "changes(process_start_time_seconds": "nobody restarted a process",
    '{http_response_status_code=~"5.."}': "no page failed; the panel itself shows zero",
}
LIMIT = re.compile(r"\s*(?:>=|<=|==|!=|>|<)(?: bool)?\s*[\d.]+(?:\s*\*\s*[\d.]+)?\s*$")
JOINED = re.compile(r"\s+(?:and on \(\w+\)|and|or)\s+")


@pytest.fixture(scope="module")
async def prometheus(platform):
    """The platform's Prometheus; the platform has just been told something, and given a file."""
    tell(platform, MATTER.accepted(), MATTER.proposed(), MATTER.made(), MATTER.served())
    tell(platform, MATTER.acted(ago(minutes=30), ago(minutes=20)))
    people = Office(platform["front"], platform["accounts"]["officers"])
    handler = await people.seat("034211")
    await handler.awaits(f"/recording/actions/{MATTER.action}")
    await handler.sends(
        f"/recording/upload?kind=footage&action_id={MATTER.action}",
        "/upload",
        {"started_at": local_time(ago(minutes=30))},
        ("scene.webm", video(60, 77), "video/webm"),
    )
    await people.close()
    with httpx.Client(base_url=platform["metrics"], timeout=30) as client:
        yield client


def answer(prometheus, expr):
    """All finite values that an expression had since the platform runs."""
    for name in re.findall(r"\$(?!__)(\w+)", expr):
        expr = expr.replace(f'"${name}"', '".*"')
    expr = expr.replace("$__rate_interval", "1m")
    now = float(
        prometheus.get("/api/v1/query", params={"query": "time()"}).json()["data"]["result"][1]
    )
    asked = {"query": expr, "start": now - 900, "end": now, "step": 5}
    said = prometheus.get("/api/v1/query_range", params=asked)
    assert said.status_code == 200, f"{expr}: {said.text}"
    values = [float(v) for line in said.json()["data"]["result"] for _, v in line["values"]]
    return [value for value in values if math.isfinite(value)]


def choices(prometheus, query):
    """The values that a variable offers."""
    metric, label = re.fullmatch(r"label_values\((\w+), (\w+)\)", query).groups()
    said = prometheus.get(f"/api/v1/label/{label}/values", params={"match[]": metric})
    return said.json()["data"]


async def unanswered(prometheus, asked):
    """Those of the named expressions that had no value within the time."""
    left = {name: expr for name, expr in asked if not any(word in expr for word in EMPTY_IS_RIGHT)}

    async def none_left():
        for name, expr in list(left.items()):
            ask = choices if expr.startswith("label_values") else answer
            if await asyncio.to_thread(ask, prometheus, expr):
                del left[name]
        return not left

    with contextlib.suppress(AssertionError):
        await until(none_left, seconds=SECONDS_MAX)
    return left


@pytest.mark.parametrize("uid", BOARDS)
async def test_every_panel_variable_and_mark_of_a_dashboard_has_values(prometheus, uid):
    assert await unanswered(prometheus, questions(BOARDS[uid])) == {}


async def test_every_figure_that_an_alert_looks_at_is_there(prometheus):
    """Not whether it fires: promtool shows that. Each side of it, without its limit, has values."""
    asked = [
        (f"{rule.get('alert', rule.get('record'))} {number}", side)
        for rule in rules()
        for number, side in enumerate(sides(rule["expr"]))
    ]
    assert await unanswered(prometheus, asked) == {}


def sides(expr):
    """The figures that an alert compares with its limits."""
    for part in JOINED.split(
        " ".join(expr.split()).replace("( mj:", "mj:").replace("0.005 )", "0.005")
    ):
        side = LIMIT.sub("", part)
        absent = re.fullmatch(r"absent\((.*)\)", side)
        yield absent[1] if absent else side


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        ("max by (a) (x) > 0.5 * 604800 or sum(y) > 0", ["max by (a) (x)", "sum(y)"]),
        ('absent(x{a="b"}) or absent(y)', ['x{a="b"}', "y"]),
        ("time() - max by (p) (x) > 180", ["time() - max by (p) (x)"]),
        ("r1 > 6 * 0.005 and on (service) x != 1", ["r1", "x"]),
    ],
)
def test_an_alert_is_taken_apart_at_its_limits(expr, expected):
    assert list(sides(expr)) == expected


def test_every_rule_is_evaluated_without_error(prometheus):
    groups = prometheus.get("/api/v1/rules").json()["data"]["groups"]
    found = {
        rule["name"]: rule["lastError"]
        for g in groups
        for rule in g["rules"]
        if "lastError" in rule
    }
    assert found == {}
    assert sum(len(group["rules"]) for group in groups) == len(list(rules()))


async def test_every_target_answers(prometheus):
    async def all_up():
        said = prometheus.get("/api/v1/targets").json()["data"]["activeTargets"]
        return said and all(target["health"] == "up" for target in said)

    await until(all_up, seconds=60)


async def test_from_a_slow_event_one_comes_to_its_trace(platform, prometheus):
    """Exemplars are kept, and name traces that the trace store has."""
    store = platform["traces"].removesuffix("/zipkin/")
    asked = {"query": "mj_event_effect_latency_seconds_bucket", "start": 0, "end": 9e9}

    async def known():
        async with httpx.AsyncClient(timeout=30) as client:
            said = await client.get(f"{platform['metrics']}/api/v1/query_exemplars", params=asked)
            named = [e["labels"]["trace_id"] for s in said.json()["data"] for e in s["exemplars"]]
            seen = [await client.get(f"{store}/api/v2/trace/{name}") for name in named[-5:]]
        return [trace for trace in seen if trace.status_code == 200]

    assert await until(known, seconds=60)


def test_no_process_has_more_series_than_can_be_kept(platform, prometheus):
    targets = prometheus.get("/api/v1/targets").json()["data"]["activeTargets"]
    sizes = {
        target["scrapeUrl"]: len(
            [line for line in httpx.get(target["scrapeUrl"]).text.splitlines() if line[:1] != "#"]
        )
        for target in targets
    }
    assert sizes
    assert {url: size for url, size in sizes.items() if size > SERIES_MAX} == {}


async def test_status_names_prometheus_among_what_runs(platform, prometheus):
    async def ready():
        said = await asyncio.to_thread(
            subprocess.run, [COMMAND, "status", "--json"], env=platform["environment"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        told = json.loads(said.stdout)
        assert told["entry_points"]["metrics"].rstrip("/") == platform["metrics"]
        return [p for p in told["processes"] if p["name"] == "metrics" and p["ready"]]

    assert await until(ready, seconds=60)
