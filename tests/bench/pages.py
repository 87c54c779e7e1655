"""Every list with 200,000 cases beside the same list with 200, and how many queries a page takes.

    python tests/bench/pages.py [--cases 200000] [--few 200] [--rounds 9] [--only review]

Both databases are filled by the services' own handlers, in batches. Each list is asked for in all
its states (most of which hold nothing, which is what a missing index shows) by somebody who may
see the whole city, by the head of a small unit and by an officer with own cases only; these two
have forty cases in either city. Wanted: at most three times the time, no page over twelve queries.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import httpx
import structlog
import uvloop
from sqlalchemy import event as sqlalchemy_event

from bench.city import RARE_HANDLER, RARE_UNIT, fill
from bench.machine import machine_facts
from mingjing_disclosure.pages.words import STATES as ITEM_STATES
from mingjing_disclosure.store.page import VIEWS
from mingjing_recording.pages.words import CASEFILE_STATES, FOOTAGE_STATES, LEVELS, RECORD_STATES
from mingjing_review.pages.words import STATES as REVIEW_STATES
from mingjing_shared.web.officer import ROLES, Officer
from mingjing_tasks.pages.words import LETTER_STATES, PARTS, WARNING_KINDS, WARNING_STATES
from mingjing_tasks.rules.indicator import INDICATORS
from support.officers import CITY, CSRF, an_officer, signed_in
from support.publishing import Paths
from support.stack import Stack, World
from support.web import browsing

TIMES_MAX, QUERIES_MAX = 3.0, 12
NOISE_MS = 5.0  # below it a page is fast whatever it is compared with
VIEWERS: dict[str, Officer] = {
    "city": an_officer(*((role, CITY) for role in ROLES), unit=CITY),
    "unit": an_officer("unit_head", number="034298", unit=RARE_UNIT),
    "own": an_officer("case_handler", number=RARE_HANDLER, unit=RARE_UNIT),
}
Asked = tuple[str, str, str]  # method, address, who asks
Found = dict[Asked, tuple[float, int]]


def lists_of(service: str) -> list[str]:
    """The addresses of a service's lists, in every state they may be asked for."""

    def each(path: str, name: str, values: Any) -> list[str]:
        return [path, *(f"{path}?{name}={value}" for value in values)]

    match service:
        case "review":
            return each("/review/", "state", REVIEW_STATES)
        case "recording":
            return [
                *each("/recording/", "state", RECORD_STATES),
                *each("/recording/", "level", LEVELS)[1:],
                *each("/recording/footage", "state", FOOTAGE_STATES),
                *each("/recording/footage", "file", ("yes", "no"))[1:],
                *each("/recording/casefiles", "state", CASEFILE_STATES),
            ]
        case "disclosure":
            states = {**ITEM_STATES, **VIEWS}
            return [*each("/disclosure/", "state", states), "/disclosure/withheld"]
        case "tasks":
            return [
                "/tasks/",
                "/tasks/cases",
                "/tasks/events",
                *each("/tasks/letters", "state", LETTER_STATES),
                *each("/tasks/warnings", "state", WARNING_STATES),
                *each("/tasks/warnings", "kind", WARNING_KINDS)[1:],
                *(f"/tasks/indicators/{code}?part={part}" for code in INDICATORS for part in PARTS),
            ]
        case _:
            return ["/", *each("/list", "kind", ("penalty", "permit")), "/withdrawn"]


def asked_of(service: str) -> Iterator[Asked]:
    """Everything that is asked of a service, and by whom."""
    if service == "portal":
        yield from (("GET", path, "citizen") for path in lists_of(service))
        yield from (("SEARCH", word, "citizen") for word in ("烟花", "赌博", "无此"))
        return
    for viewer in VIEWERS:
        yield from (("GET", path, viewer) for path in lists_of(service))
        yield from (("GET", f"/{service}/fragments/{name}", viewer) for name in ("todo", "bell"))
        yield from (("POST", word, viewer) for word in ("2026-000120", "公（网）", RARE_HANDLER))


async def ask(client: httpx.AsyncClient, service: str, asked: Asked) -> httpx.Response:
    """One page, as its form or its address brings it."""
    method, what, viewer = asked
    headers = signed_in(VIEWERS[viewer]) if viewer in VIEWERS else {}
    if method == "POST":
        form = {"q": what, "csrf": CSRF}
        return await client.post(f"/{service}/fragments/search", data=form, headers=headers)
    if method == "SEARCH":
        sent = await client.post("/search", data={"q": what})
        return await client.get(sent.headers["location"])
    return await client.get(what, headers=headers)


async def application(world: World, service: str, folder: Path) -> Any:
    """The service's web application on its database of this world."""
    build = import_module(f"mingjing_{service}.app").build
    settings = await world.settings(service)
    if service != "portal":
        return build(settings)
    paths = Paths(folder / world.name)
    paths.bundles.mkdir(parents=True)
    bare = {"key_ring_file": "/nowhere", "installation_key_file": "/nowhere"}
    return build(settings.model_copy(update=bare), paths.outside())


async def measured(world: World, service: str, cases: int, rounds: int, folder: Path) -> Found:
    """Milliseconds (median) and queries of each page that may be seen, with so many cases."""
    began = time.perf_counter()
    await fill(world, service, cases)
    print(f"  {service}: {cases} cases in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    app = await application(world, service, folder)
    queries = 0

    def count(*_about: object) -> None:
        nonlocal queries
        queries += 1

    engine = app.state.database.engine.sync_engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", count)
    found: Found = {}
    async with browsing(app) as client:
        for asked in asked_of(service):
            took = []
            for _round in range(rounds):
                queries, start = 0, time.perf_counter()
                answer = await ask(client, service, asked)
                took.append((time.perf_counter() - start) * 1000)
                if answer.status_code == httpx.codes.FORBIDDEN:
                    break
                assert answer.status_code == httpx.codes.OK, (asked, answer.text[:300])
            else:
                found[asked] = (statistics.median(took), queries)
    await app.state.database.close()
    return found


def told(before: Found, after: Found) -> bool:
    """Print every page's row; whether all are as wanted."""
    well = True
    for asked, (took, queries) in after.items():
        method, what, viewer = asked
        first = before[asked][0]
        times = took / first
        good = (times <= TIMES_MAX or took <= NOISE_MS) and queries <= QUERIES_MAX
        well = well and good
        name = what if method == "GET" else f"search {what}"
        print(
            f"{viewer:8} {name:48} {first:8.1f}ms {took:8.1f}ms {times:6.1f} {queries:8}"
            f"{'' if good else '  <- too much'}",
            flush=True,
        )
    return well


async def main(services: list[str], cases: int, few: int, rounds: int) -> bool:
    """Fill and measure each service in a small and a large city."""
    well = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stack = Stack(folder / "stack")
        try:
            await asyncio.to_thread(stack.started_postgres)
            print(machine_facts())
            print(f"{'who':8} {'page':48} {few:>10} {cases:>10} {'times':>6} {'queries':>8}")
            for service in services:
                small, large = await stack.world(), await stack.world()
                before = await measured(small, service, few, rounds, folder)
                after = await measured(large, service, cases, rounds, folder)
                well = told(before, after) and well
                await small.close()
                await large.close()
        finally:
            await asyncio.to_thread(stack.stop)
    return well


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=9)
    known = ["review", "recording", "disclosure", "tasks", "portal"]
    parser.add_argument("--only", choices=known, action="append")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    wanted = given.only or known
    sys.exit(0 if uvloop.run(main(wanted, given.cases, given.few, given.rounds)) else 1)
