"""The same facts in any order and batch, with the same acts done: the same items and clocks."""

import json
from datetime import timedelta
from random import Random

import pytest
from disclosure.given import a_case, a_decision, a_remedy, a_service, an_end, an_undoing
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mingjing_disclosure.tables import DISCLOSURE, PUBLIC_ENTRIES, RECORDS
from mingjing_shared.facts.tables import CASES
from support.events import A_TIME

OTHER = "潘公（交）2026-00042"
ADULT = {"kind": "person", "name": "甲某人", "resident_id": "11010519491231002X"}
MINOR = {"kind": "person", "name": "乙某人", "birth_date": "2012-01-01", "role": "suspect"}
COMPANY = {"kind": "organisation", "name": "示例公司", "social_credit_code": "91350100M000100Y43"}
PASSING = {"revision", "personal", "overdue_at", "withdraw_overdue_at", "parties", "fired_at"}
BATCH_MAX = 5
DECISIONS = st.sampled_from(["D1", "D1", "D2"])
NUMBERS = st.sampled_from([a_case.__defaults__[0], OTHER])
RELEASED = {"codes": ["age_unknown"], "about": {"age_unknown": []}, "by": "010007"}
WORKS = st.sampled_from(
    [
        None,
        {"stage": "to_check", "version": 1},
        {"stage": "public", "version": 1, "public_version": 1, "seen": True},
        {"stage": "drafting", "version": 2, "public_version": 1, "seen": True},
        {"stage": "withdrawn", "version": 1, "public_version": 1, "seen": True},
        {"stage": "none", "version": 0, "withheld": True},
        {"stage": "none", "version": 0, "released": RELEASED},
    ]
)


CASES_TOLD = st.builds(
    lambda number, kind, parties, sensitive: (
        lambda about: a_case(number, about=about, kind=kind, parties=parties, sensitive=sensitive)
    ),
    NUMBERS,
    st.sampled_from(["traffic", "public_security", "narcotics"]),
    st.sampled_from([[ADULT], [MINOR], [COMPANY], []]),
    st.sampled_from([[], [], ["media"]]),
)
DECISIONS_MADE = st.builds(
    lambda number, name, made_on: (
        lambda about: a_decision(number, about=about, decision_id=name, made_on=made_on)
    ),
    NUMBERS,
    DECISIONS,
    st.sampled_from(["2026-09-18", "2026-12-25", "2017-03-01", "2025-12-31"]),
)
SERVICES = st.builds(
    lambda name, on: lambda about: a_service(about=about, decision_id=name, served_on=on),
    DECISIONS,
    st.sampled_from(["2026-09-20", "2026-09-21"]),
)
UNDOINGS = st.builds(
    lambda kind, name, on: lambda about: an_undoing(kind, about=about, decision_id=name, on=on),
    st.sampled_from(["revoked", "changed", "found_illegal"]),
    DECISIONS,
    st.sampled_from(["2026-09-24", "2026-09-25", "2020-01-02"]),
)
ENDED = {"result": "维持", "result_on": "2026-10-20"}
REMEDIES = st.builds(
    lambda name, result: lambda about: a_remedy(about=about, decision_id=name, **result),
    DECISIONS,
    st.sampled_from([{}, ENDED]),
)
ENDS = st.just(lambda about: an_end(about=about))
TOLD = st.one_of(CASES_TOLD, DECISIONS_MADE, SERVICES, UNDOINGS, REMEDIES, ENDS)


@st.composite
def histories(draw):
    """Facts of two cases, with the hour at which each happened and what it corrects."""
    events = []
    for number, make in enumerate(draw(st.lists(TOLD, min_size=3, max_size=12))):
        about = {"id": f"e{number}", "time": A_TIME + timedelta(hours=draw(st.integers(0, 3)))}
        event = make(about)
        before = [e for e in events if type(e.event) is type(event.event)]
        if before and draw(st.integers(0, 3)) == 0:
            corrected = draw(st.sampled_from(before)).envelope.id
            event = make({**about, "supersedes": f"{event.envelope.source}#{corrected}"})
        events.append(event)
    return events


async def forget_all(disclosure):
    async with disclosure.database.transaction() as tx:
        tables = [*DISCLOSURE.sorted_tables, *RECORDS.sorted_tables, *CASES.sorted_tables]
        tables.remove(PUBLIC_ENTRIES)  # only ever added to; nothing here adds to it
        for table in (*(t.name for t in tables), "inbox", "outbox", "clocks"):
            await tx.execute(f"DELETE FROM {table}")


async def do(disclosure, work):
    """What people had done for D1 before any of it was told anew."""
    if work is None:
        return
    async with disclosure.database.transaction() as tx:
        await tx.execute(
            "INSERT INTO publications (decision_id, item_id, stage, version, public_version,"
            " editors, checkers, withheld, released, shown_from, first_public_at)"
            " VALUES ('D1', 'I1', :stage, :version, :public, '[\"034188\"]', '[]',"
            " CAST(:withheld AS jsonb), CAST(:released AS jsonb),"
            " CAST(:shown_from AS jsonb), :seen)",
            shown_from='{"original": "/huainan/casework#e1", "parties": []}',
            stage=work["stage"],
            version=work["version"],
            public=work.get("public_version"),
            withheld='{"code": "head_approved", "title": "经批准", "law": "disclosure.withhold.x",'
            ' "article": "x", "by": "010007"}'
            if work.get("withheld")
            else None,
            released=json.dumps(work["released"]) if work.get("released") else None,
            seen=A_TIME if work.get("seen") else None,
        )


async def state(disclosure):
    found = {}
    for table in (*DISCLOSURE.sorted_tables, *CASES.sorted_tables):
        names = [c.name for c in table.columns if c.name not in PASSING]
        rows = await disclosure.all(f"SELECT {', '.join(names)} FROM {table.name}")
        found[table.name] = sorted(repr(tuple(row)) for row in rows)
    clocks = await disclosure.all("SELECT kind, subject, due_at, rule FROM clocks")
    found["clocks"] = sorted(repr(tuple(row)) for row in clocks)
    return found


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=histories(), work=WORKS, seed=st.integers(0, 2**32))
async def test_items_and_clocks_do_not_depend_on_the_order_of_facts(disclosure, facts, work, seed):
    await forget_all(disclosure)
    await do(disclosure, work)
    await disclosure.apply(*facts)
    wanted = await state(disclosure)
    assert wanted
    await forget_all(disclosure)
    await do(disclosure, work)
    chance = Random(seed)
    told = [*facts, *chance.choices(facts, k=len(facts) // 2)]
    chance.shuffle(told)
    while told:
        size = chance.randint(1, BATCH_MAX)
        await disclosure.batch(*told[:size])
        told = told[size:]
    found = await state(disclosure)
    for table, rows in wanted.items():
        assert found[table] == rows, table


@pytest.mark.parametrize("first", ["act", "fact"])
async def test_what_undoes_a_public_decision_counts_whether_told_before_or_after(disclosure, first):
    work = {"stage": "public", "version": 1, "public_version": 1, "seen": True}
    if first == "act":
        await do(disclosure, work)
    await disclosure.apply(a_case(), a_decision(), a_service(), an_undoing())
    if first == "fact":
        await do(disclosure, work)
        await disclosure.apply(a_remedy())
    [(state_found, must)] = await disclosure.items("state", "must_withdraw")
    assert (state_found, must) == ("published", True)
