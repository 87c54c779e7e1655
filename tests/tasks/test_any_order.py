"""Shuffled, repeated, in other batches: tasks stands where it would have stood anyway."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from tasks.given import (
    OTHER_TEXT,
    a_bypass,
    a_case,
    a_classified_case,
    a_decision,
    apply,
    cleared,
    correcting,
    full,
    not_required,
)

from mingjing_shared.events.casework import ActionPerformed, EnforcementEnded
from mingjing_shared.events.tasks import SupervisionOrdered, WarningRaised
from mingjing_shared.facts.tables import CASES
from mingjing_tasks.tables import SEALED_MONTHS, TASKS, WARNING_HISTORY
from support.events import A_TIME, received

ONE, OTHER, SECRET = "田公（网）2026-01183", "田公（网）2026-01184", "田公（网）2026-01185"
# What is sealed is written by the hour, not by an event, and nobody may delete it.
OWN = [table for table in TASKS.sorted_tables if table is not SEALED_MONTHS]
TABLES = [*OWN, *CASES.sorted_tables]
# What depends on the order by its nature: when it was taken in, what was announced on the way,
# and bytes that are sealed anew each time.
PASSING = {"recorded_at", "personal", "told", "revision"}


def events():
    """Two cases and a classified one: bypasses that stand, are refuted, corrected, moved."""
    decision = a_decision(ONE)
    bypass = a_bypass(OTHER, decision_id="D3")
    early = {"time": A_TIME - timedelta(days=2)}
    late = {"time": A_TIME + timedelta(days=2)}
    return [
        a_case(ONE),
        a_case(OTHER, unit="340403530000"),
        full(ActionPerformed, case_number=ONE),
        decision,
        a_decision(ONE, about=correcting(decision), unit="340403520000"),
        a_bypass(ONE),
        cleared(ONE, about=early, draft_sha256=OTHER_TEXT),
        a_bypass(ONE, decision_id="D2"),
        cleared(ONE, decision_id="D2", about=late),
        bypass,
        a_bypass(OTHER, decision_id="D4", about=correcting(bypass)),
        not_required(OTHER, decision_id="D4", about=late, draft_sha256=OTHER_TEXT),
        a_bypass(OTHER, decision_id="D5", about={"mode": "synthetic"}),
        a_bypass(OTHER, decision_id="D6"),
        a_bypass(OTHER, decision_id="D6", about=late, draft_sha256=OTHER_TEXT),
        cleared(OTHER, decision_id="D6"),
        received(EnforcementEnded, case_number=OTHER),
        received(SupervisionOrdered),
        a_case(SECRET),
        a_classified_case(SECRET),
        a_decision(SECRET, decision_id="D9"),
        a_bypass(SECRET, decision_id="D9"),
        received(WarningRaised, case_number=SECRET, about={"source": "/mingjing/tasks"}),
    ]


EVENTS = events()


@st.composite
def arrivals(draw):
    """The events in any order, some repeated, cut into batches."""
    repeated = draw(st.lists(st.sampled_from(EVENTS), max_size=6))
    order = draw(st.permutations([*EVENTS, *repeated]))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=8)))
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]


async def state(database):
    found = {}
    for table in TABLES:
        if table is WARNING_HISTORY:
            continue
        names = ", ".join(c.name for c in table.columns if c.name not in PASSING)
        found[table.name] = sorted(map(repr, await database.all(f"SELECT {names} FROM {table}")))
    return found


async def emptied(database):
    async with database.transaction() as tx:
        for name in (*(table.name for table in TABLES), "inbox", "outbox"):
            await tx.execute(f"DELETE FROM {name}")


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=arrivals())
async def test_any_order_and_any_repetition_lead_to_the_same_state(tasks, batches):
    await emptied(tasks)
    await apply(tasks, *EVENTS)
    wanted = await state(tasks)
    await emptied(tasks)
    for batch in batches:
        await apply(tasks, *batch)
    assert await state(tasks) == wanted


async def test_the_events_of_the_property_reach_every_state(tasks):
    await apply(tasks, *EVENTS)
    found = await state(tasks)
    assert all(found.values()), [name for name, rows in found.items() if not rows]
    rows = await tasks.all("SELECT decision_id, state FROM warnings ORDER BY decision_id")
    assert [tuple(row) for row in rows] == [
        ("D1", "raised"),
        ("D2", "cleared"),
        ("D4", "cleared"),
        ("D5", "raised"),
        ("D6", "raised"),
    ]
