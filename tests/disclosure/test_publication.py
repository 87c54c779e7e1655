"""Decisions become items with a day, or with the reason why not."""

from datetime import date

import pytest

from mingjing_disclosure.handlers import HANDLERS
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from support.events import received

ADULT = {
    "kind": "person",
    "name": "测试甲",
    "resident_id": "11010519491231002X",
    "role": "penalised",
}


@pytest.fixture
async def disclosure(world):
    return await world.database("disclosure")


async def apply(database, *events):
    async with database.transaction() as tx:
        for item in events:
            await HANDLERS[type(item.event)]([item], tx)


async def items(database):
    rows = await database.all(
        "SELECT decision_id, state, due_on, reason_code, revision FROM items ORDER BY decision_id"
    )
    return [tuple(row) for row in rows]


def a_case(number="田公（网）2026-01183", **changes):
    given = {"kind": "traffic", "parties": [ADULT]}
    return received(CaseAccepted, case_number=number, **{**given, **changes})


def a_decision(number="田公（网）2026-01183", **changes):
    given = {"decision_id": "D1", "kind": "penalty", "made_on": "2026-09-18", "parties": []}
    return received(DecisionMade, case_number=number, **{**given, **changes})


async def test_a_decision_and_its_announcement_commit_together(disclosure):
    await apply(disclosure, a_case(), a_decision())
    assert await items(disclosure) == [("D1", "due", date(2026, 9, 29), None, 1)]
    rows = await disclosure.all("SELECT attributes->>'type' AS type, key FROM outbox")
    assert [tuple(row) for row in rows] == [("cn.mingjing.disclosure.due", "田公(网)2026-01183")]


async def test_a_decision_waits_for_its_case_and_says_nothing_until_then(disclosure):
    await apply(disclosure, a_decision())
    assert await items(disclosure) == [("D1", "waiting_case", None, None, 1)]
    assert await disclosure.all("SELECT id FROM outbox") == []
    await apply(disclosure, a_case())
    assert (await items(disclosure))[0][1:3] == ("due", date(2026, 9, 29))
