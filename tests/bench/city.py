"""A service's database as a city fills it, by the service's own handlers; in processes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import import_module
from typing import Any

import asyncpg
import uvloop
from portal.given import an_item

from mingjing_portal.store.item import put_published
from mingjing_shared.clock import machine_now
from mingjing_shared.database import Database
from mingjing_shared.events.recorders import FootageCaptured
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.settings import Settings
from support.events import received
from support.officers import ELSEWHERE, STATION
from support.people import a_bypass, a_case, a_decision, a_proposal, an_act, an_end
from support.stack import World

BATCH = 500
RARE_UNIT, RARE_HANDLER = STATION, "034299"
RARE = 40  # cases of the small unit and of its one officer, however large the city is
UNITS = 60


def what_happened(service: str, number: int, cases: int) -> list[Any]:
    """What the service hears of one case; ``RARE`` of all are the small unit's."""
    case, name = f"田公（网）2026-{number:06}", f"{number:06}"
    rare = number % max(1, cases // RARE) == 0
    unit = RARE_UNIT if rare else f"{ELSEWHERE[:6]}{number % UNITS:02}0000"
    officer = RARE_HANDLER if rare else f"03{number % 1000:04}"
    who = {"unit": unit, "handlers": [officer]}
    told: list[tuple[Any, dict[str, Any]]] = [(a_case, who)]
    if service in ("recording", "tasks"):
        acted = {"action_id": f"A{name}", "officers": [officer, "034212"]}
        told += [(an_act, acted), (an_end, {})]
    if service == "recording":
        told += [(_footage, {"footage_id": f"F{name}", "officer": officer})]
    decision = {"decision_id": f"D{name}"}
    if service in ("review", "tasks"):
        told += [(a_proposal, {**decision, "unit": unit})]
    if service in ("disclosure", "review", "tasks"):
        told += [(a_decision, {**decision, "unit": unit})]
    if service == "tasks":
        told += [(a_bypass, decision)]
    # Each process counts its events anew: the number keeps their ids apart.
    return [
        tell(case, about={"id": f"{tell.__name__}-{name}"}, **changes) for tell, changes in told
    ]


def _footage(case: str, *, about: dict[str, str], **changes: Any) -> Any:
    return received(
        FootageCaptured,
        about={"source": "/huainan/recorders", **about},
        case_number=case,
        serial="ZFY0042",
        started_at="2026-09-10T22:30:00+08:00",
        ended_at="2026-09-10T22:50:00+08:00",
        **changes,
    )


async def fill(world: World, service: str, cases: int) -> None:
    """Have the service hear of so many cases as its worker would; then as tidy as after a night."""
    settings = await world.settings(service)
    at_once = 1 if service == "portal" else os.cpu_count() or 1  # the portal has one importer
    part = -(-cases // at_once)
    spans = [range(start, min(cases, start + part)) for start in range(0, cases, part)]
    loop = asyncio.get_running_loop()
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(at_once, mp_context=fresh) as pool:
        told = partial(_fill_part, settings, service, cases)
        await asyncio.gather(*(loop.run_in_executor(pool, told, span) for span in spans))
    connection = await asyncpg.connect(world.stack.started_postgres().dsn(settings.database_name))
    try:
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


def _fill_part(settings: Settings, service: str, cases: int, numbers: range) -> None:
    uvloop.run(_fill_span(settings, service, cases, numbers))


async def _fill_span(settings: Settings, service: str, cases: int, numbers: range) -> None:
    database = open_database(settings)
    try:
        for start in range(0, len(numbers), BATCH):
            some = numbers[start : start + BATCH]
            if service == "portal":
                await _publish(database, some)
            else:
                await _tell(database, service, cases, some)
    finally:
        await database.close()


async def _tell(database: Database, service: str, cases: int, numbers: range) -> None:
    handlers = import_module(f"mingjing_{service}.handlers").HANDLERS
    groups: dict[type, list[Any]] = {}
    for number in numbers:
        for item in what_happened(service, number, cases):
            groups.setdefault(type(item.event), []).append(item)
    async with database.transaction() as tx:
        for cls, items in groups.items():
            if cls in handlers:
                await handlers[cls](items, tx)


async def _publish(database: Database, numbers: range) -> None:
    async with database.transaction() as tx:
        for number in numbers:
            given = {"document_number": f"田公(网)行罚决字〔2026〕{number:06}号"}
            if number == 0:
                given["title"] = "擅自储存烟花爆竹案行政处罚决定书"
            await put_published(tx, an_item(f"I{number:06}", **given), machine_now())
