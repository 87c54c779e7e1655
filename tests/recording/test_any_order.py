"""Shuffled, repeated, in other batches: recording stands where it would have stood anyway."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from recording.given import a_case, a_classified_case, a_decision, an_act, an_end, apply

from mingjing_recording.tables import RECORDING
from mingjing_shared.facts.tables import CASES

ONE, OTHER, SECRET = "田公（网）2026-01183", "田公（网）2026-01184", "田公（网）2026-01185"
TABLES = [*RECORDING.sorted_tables, *CASES.sorted_tables]


def correcting(event):
    return {"supersedes": f"{event.envelope.source}#{event.envelope.id}"}


def events():
    """Two cases and a classified one, with corrections that change, keep and move."""
    act, act_2, end = an_act(ONE), an_act(ONE, action_id="A2", kind="hearing"), an_end(ONE)
    end_corrected = an_end(ONE, about=correcting(end), ended_on="2026-10-15")
    return [
        a_case(ONE),
        a_case(OTHER),
        a_classified_case(SECRET),
        act,
        an_act(ONE, about=correcting(act), ended_at="2026-09-11T05:00:00+08:00"),
        act_2,
        an_act(OTHER, about=correcting(act_2), action_id="A2", kind="hearing", place_kind="window"),
        an_act(OTHER, action_id="A3", kind="service_mail"),
        an_act(OTHER, action_id="A3", kind="questioning", about={"source": "/huainan/other"}),
        end,
        end_corrected,
        an_end(OTHER, about=correcting(end_corrected), ended_on="2026-11-02"),
        an_end(ONE, ended_on="2017-03-03"),
        a_decision(ONE),
        an_act(SECRET, action_id="A4"),
        an_end(SECRET),
        a_decision(SECRET, decision_id="D9"),
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
    """Everything kept, without how often it was announced on the way, and the running clocks."""
    found = {}
    for table in TABLES:
        names = ", ".join(c.name for c in table.columns if c.name != "revision")
        found[table.name] = sorted(map(repr, await database.all(f"SELECT {names} FROM {table}")))
    clocks = await database.all("SELECT kind, subject, due_at, rule FROM clocks")
    found["clocks"] = sorted(map(repr, clocks))
    return found


async def emptied(database):
    async with database.transaction() as tx:
        names = [table.name for table in TABLES]
        for name in (*names, "clocks", "inbox", "outbox"):
            await tx.execute(f"DELETE FROM {name}")


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=arrivals())
async def test_any_order_and_any_repetition_lead_to_the_same_state(recording, batches):
    await emptied(recording)
    await apply(recording, *EVENTS)
    wanted = await state(recording)
    await emptied(recording)
    for batch in batches:
        await apply(recording, *batch)
    assert await state(recording) == wanted


async def test_the_events_of_the_property_reach_every_state(recording):
    await emptied(recording)
    await apply(recording, *EVENTS)
    found = await state(recording)
    assert all(found.values()), [name for name, rows in found.items() if not rows]
