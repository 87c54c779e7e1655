"""Every list with 200,000 cases beside the same list with 200, and how many queries a page takes.

    python tests/bench/pages.py [--cases 200000] [--few 200] [--rounds 15]

Both databases are filled by the services' own handlers, in batches. Pages are asked for by somebody
who may see the whole city, through the application without a socket. Wanted: at most three times
the time of the small one, and no page over twelve queries.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uvloop
from sqlalchemy import event as sqlalchemy_event

from bench.machine import machine_facts
from mingjing_shared.web.officer import ROLES
from support.officers import CITY, an_officer, signed_in
from support.people import a_bypass, a_case, a_decision, a_proposal, an_act, an_end
from support.stack import Stack
from support.web import browsing

PAGES = {
    "review": ("/review/",),
    "recording": ("/recording/", "/recording/footage", "/recording/casefiles"),
    "disclosure": ("/disclosure/", "/disclosure/withheld"),
    "tasks": ("/tasks/", "/tasks/events", "/tasks/warnings"),
}
FRAGMENTS = ("fragments/todo", "fragments/bell")
TIMES_MAX, QUERIES_MAX = 3.0, 12
BATCH = 500
EVERYBODY = an_officer(*((role, CITY) for role in ROLES), unit=CITY)


def what_happened(service: str, number: int) -> list:
    """What the service hears of one case."""
    case, name = f"田公（网）2026-{number:06}", f"{number:06}"
    told = [a_case(case)]
    if service in ("recording", "tasks"):
        told += [an_act(case, action_id=f"A{name}"), an_end(case)]
    if service in ("review", "tasks"):
        told += [a_proposal(case, decision_id=f"D{name}")]
    if service in ("disclosure", "review", "tasks"):
        told += [a_decision(case, decision_id=f"D{name}")]
    if service == "tasks":
        told += [a_bypass(case, decision_id=f"D{name}")]
    return told


async def fill(database, service: str, cases: int) -> None:
    """Have the service hear of so many cases, as its worker would."""
    handlers = import_module(f"mingjing_{service}.handlers").HANDLERS
    for start in range(0, cases, BATCH):
        groups: dict = {}
        for number in range(start, min(cases, start + BATCH)):
            for item in what_happened(service, number):
                groups.setdefault(type(item.event), []).append(item)
        async with database.transaction() as tx:
            for cls, items in groups.items():
                if cls in handlers:
                    await handlers[cls](items, tx)
    await database.all("SELECT 1")


async def measured(world, service: str, cases: int, rounds: int) -> dict[str, tuple[float, int]]:
    """Milliseconds (median) and queries of each page, with so many cases."""
    database = await world.database(service)
    began = time.perf_counter()
    await fill(database, service, cases)
    print(f"  {service}: {cases} cases in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    app = import_module(f"mingjing_{service}.app").build(await world.settings(service))
    queries = 0

    def count(*_about: object) -> None:
        nonlocal queries
        queries += 1

    engine = app.state.database.engine.sync_engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", count)
    found = {}
    async with browsing(app) as client:
        client.headers.update(signed_in(EVERYBODY))
        for path in (*PAGES[service], *(f"/{service}/{name}" for name in FRAGMENTS)):
            took = []
            for _round in range(rounds):
                queries, start = 0, time.perf_counter()
                answer = await client.get(path)
                took.append((time.perf_counter() - start) * 1000)
                assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
            found[path] = (statistics.median(took), queries)
    await app.state.database.close()
    return found


async def main(cases: int, few: int, rounds: int) -> bool:
    """Print every page's row; whether all are as wanted."""
    well = True
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        try:
            await asyncio.to_thread(stack.started_postgres)
            print(machine_facts())
            print(f"{'page':34} {few:>10} {cases:>10} {'times':>6} {'queries':>8}")
            for service in PAGES:
                small, large = await stack.world(), await stack.world()
                before = await measured(small, service, few, rounds)
                after = await measured(large, service, cases, rounds)
                for path, (took, queries) in after.items():
                    times = took / before[path][0]
                    good = times <= TIMES_MAX and queries <= QUERIES_MAX
                    well = well and good
                    print(
                        f"{path:34} {before[path][0]:8.1f}ms {took:8.1f}ms {times:6.1f}"
                        f" {queries:8}{'' if good else '  <- too much'}"
                    )
                await small.close()
                await large.close()
        finally:
            await asyncio.to_thread(stack.stop)
    return well


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--few", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    sys.exit(0 if uvloop.run(main(given.cases, given.few, given.rounds)) else 1)
