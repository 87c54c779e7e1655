"""Shuffled, repeated, in other batches, officers' acts in between: recording stands where it
would have stood anyway, before its terms ran out and after."""

import json
from datetime import datetime

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from recording.given import (
    COLLEAGUE,
    HANDLER,
    a_case,
    a_classified_case,
    a_decision,
    a_document,
    an_act,
    an_assignment,
    an_end,
    apply,
    footage,
    the_directory,
)

from mingjing_recording.handlers import ALARMS
from mingjing_recording.rules.document import document_key
from mingjing_recording.store import access, blob, casefile, document, record
from mingjing_recording.store import footage as footage_store
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_recording.tables import RECORDING
from mingjing_shared.events import CATALOGUE, decode
from mingjing_shared.facts.tables import CASES
from mingjing_shared.law.case_number import case_key
from mingjing_shared.messaging.clocks import fire_due

ONE, OTHER, SECRET = "田公（网）2026-01183", "田公（网）2026-01184", "田公（网）2026-01185"
TABLES = [*RECORDING.sorted_tables, *CASES.sorted_tables]
HISTORY = {"revision", "footage_due_passed_at", "due_passed_at", "warned_at", "overdue_at"}
NOW = datetime.fromisoformat("2026-09-20T10:00:00+08:00")
PAPER = "淮公(田)行罚决字〔2026〕00124号"


def correcting(event):
    return {"supersedes": f"{event.envelope.source}#{event.envelope.id}"}


def events():
    """Two cases and a classified one, with corrections that change, keep and move."""
    act, act_2, end = an_act(ONE), an_act(ONE, action_id="A2", kind="hearing"), an_end(ONE)
    end_corrected = an_end(ONE, about=correcting(end), ended_on="2026-10-15")
    shot, moved = footage("F1"), footage("F2", case_number=ONE)
    case = a_case(ONE)
    return [
        *the_directory(),
        case,
        a_case(ONE, about=correcting(case), handlers=[HANDLER, COLLEAGUE]),
        a_case(OTHER),
        a_classified_case(SECRET),
        act,
        an_act(ONE, about=correcting(act), ended_at="2026-09-11T05:00:00+08:00"),
        act_2,
        an_act(OTHER, about=correcting(act_2), action_id="A2", kind="hearing", place_kind="window"),
        an_act(OTHER, action_id="A3", kind="service_mail"),
        an_act(OTHER, action_id="A3", kind="questioning", about={"source": "/huainan/other"}),
        an_act(OTHER, action_id="A5", place_kind="case_area", officers=[COLLEAGUE]),
        end,
        end_corrected,
        an_end(OTHER, about=correcting(end_corrected), ended_on="2026-11-02"),
        an_end(ONE, ended_on="2017-03-03"),
        a_decision(ONE),
        shot,
        footage("F1", about=correcting(shot) | {"source": "/huainan/recorders"}, key_file=True),
        moved,
        footage("F2", about=correcting(moved), case_number=OTHER, sha256="a" * 64),
        footage("F3", case_number=OTHER, officer=COLLEAGUE),
        footage("F5", officer=COLLEAGUE),
        a_document(ONE),
        a_document(ONE, document_number=PAPER, on_paper_only=True),
        a_document(OTHER),
        an_act(SECRET, action_id="A4"),
        an_end(SECRET),
        a_decision(SECRET, decision_id="D9"),
        footage("F4", case_number=SECRET),
        a_document(SECRET),
        an_assignment(ONE),
        an_assignment(ONE, reviewer=COLLEAGUE),
        an_assignment(SECRET),
    ]


def kept(number, **changes):
    """A kept file, whose bytes do not matter here."""
    text = f"{number:064x}"
    return {
        "sha256": text,
        "blob_id": f"b{number}",
        "object_key": f"files/b{number}",
        "object_version": "1",
        "size": 10,
        "sealed_sha256": text,
        "tree_root": text,
        "media_type": "video/webm",
        "duration_ms": 3_000_000,
        "data_key": b"sealed",
        "kept_at": NOW,
        "locked_until": NOW,
        **changes,
    }


def a_file(footage_id, number, case=None, **changes):
    """An officer brought the file of a recording, maybe for a case."""

    async def happens(tx):
        await blob.add_blob(tx, kept(number, **changes))
        row = {
            "footage_id": footage_id,
            "sha256": f"{number:064x}",
            "case_key": case_key(case) if case else None,
            "case_number": case,
            "started_at": NOW,
            "kept_by": COLLEAGUE,
            "kept_at": NOW,
        }
        await footage_store.add_file(tx, row)
        await bring_up_to_date(tx, Touched(footage={footage_id}))

    return happens


def a_paper(case, number):
    """An officer brought the file of a document."""

    async def happens(tx):
        await blob.add_blob(tx, kept(number, media_type="application/pdf", duration_ms=None))
        name = a_document().event.document_number
        key = document_key(case_key(case), name)
        row = {
            "document_key": key,
            "sha256": f"{number:064x}",
            "case_key": case_key(case),
            "case_number": case,
            "document_number": name,
            "kept_by": HANDLER,
            "kept_at": NOW,
        }
        await document.add_file(tx, row)
        await bring_up_to_date(tx, Touched(documents={key}))

    return happens


def a_link(footage_id, action_id, is_linked):
    """An officer said whether a recording shows an act."""

    async def happens(tx):
        row = {
            "footage_id": footage_id,
            "action_id": action_id,
            "is_linked": is_linked,
            "decided_by": HANDLER,
            "decided_at": NOW,
        }
        await footage_store.decide(tx, row)
        await bring_up_to_date(tx, Touched(footage={footage_id}, records={action_id}))

    return happens


def an_explanation(action_id, minutes):
    """An officer explained a gap."""

    async def happens(tx):
        row = {
            "explanation_id": f"{action_id}/{minutes}",
            "action_id": action_id,
            "minutes": minutes,
            "reason_code": "battery",
            "words": b"sealed",
            "explained_by": HANDLER,
            "explained_at": NOW,
        }
        await record.add_explanation(tx, row)
        await bring_up_to_date(tx, Touched(records={action_id}))

    return happens


def a_package(case):
    """An officer archived a case file."""

    async def happens(tx):
        row = {
            "case_key": case_key(case),
            "sha256": "f" * 64,
            "case_number": case,
            "items": 1,
            "contents": "0" * 64,
            "lacking": None,
            "archived_by": HANDLER,
            "archived_at": NOW,
        }
        await casefile.add_package(tx, row)
        await bring_up_to_date(tx, Touched(casefiles={case_key(case)}))

    return happens


async def a_look(tx):
    """An officer looked at a file."""
    look = {"officer": HANDLER, "sha256": "f" * 64, "now": NOW, "looks_as": "case_handler"}
    await blob.begin_viewing(tx, look, idle_since=NOW, begun_before=NOW)


async def a_request(tx):
    """An officer of another unit asked to look at a recording."""
    request = {
        "request_id": "R1", "officer": HANDLER, "officer_unit": "1", "footage_id": "F1",
        "case_key": case_key(ONE), "case_number": ONE, "unit": "2", "purpose": "cooperation",
        "words": "协查另案", "asked_at": NOW,
    }  # fmt: skip
    await access.add_request(tx, request)


EVENTS = events()
ACTS = [
    a_file("F1", 1),
    a_file("F2", 2),
    a_file("F3", 3, duration_ms=3_600_000),
    a_file("F9", 4),
    a_file("F8", 8, case=ONE),
    a_file("F7", 7, case=SECRET),
    a_paper(ONE, 5),
    a_paper(SECRET, 6),
    a_link("F1", "A1", True),
    a_link("F3", "A5", False),
    a_link("F5", "A5", True),
    an_explanation("A1", 9999),
    an_explanation("A5", 5),
    a_package(OTHER),
    a_look,
    a_request,
]


@st.composite
def arrivals(draw):
    """Events and acts in any order, some events repeated, cut into batches."""
    repeated = draw(st.lists(st.sampled_from(EVENTS), max_size=6))
    order = draw(st.permutations([*EVENTS, *repeated, *ACTS]))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=8)))
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]


async def happen(database, batch):
    """The events of a batch together, then its acts one by one."""
    await apply(database, *(item for item in batch if not callable(item)))
    for act in filter(callable, batch):
        async with database.transaction() as tx:
            await act(tx)


async def state(database):
    """Everything kept, without how often it was told on the way, and the running clocks."""
    found = {}
    for table in TABLES:
        names = ", ".join(f'"{c.name}"' for c in table.columns if c.name not in HISTORY | SEALED)
        found[table.name] = sorted(map(repr, await database.all(f"SELECT {names} FROM {table}")))
    clocks = await database.all("SELECT kind, subject, due_at, rule FROM clocks")
    found["clocks"] = sorted(map(repr, clocks))
    return found


SEALED = {"title"}  # sealed anew each time


async def emptied(database):
    async with database.transaction() as tx:
        names = [table.name for table in TABLES]
        for name in (*names, "clocks", "inbox", "outbox", "directory_units", "directory_officers"):
            await tx.execute(f"DELETE FROM {name}")


async def run_out(database, set_clock):
    """All terms run out."""
    set_clock("2027-02-01T00:00:00")
    async with database.transaction() as tx:
        await fire_due(tx, ALARMS)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=arrivals())
async def test_any_order_and_any_repetition_lead_to_the_same_state(recording, batches, set_clock):
    await emptied(recording)
    await happen(recording, [*EVENTS, *ACTS])
    wanted = await state(recording)
    await run_out(recording, set_clock)
    wanted_later = await state(recording)
    set_clock("2026-09-20T10:00:00")
    await emptied(recording)
    for batch in batches:
        await happen(recording, batch)
    assert await state(recording) == wanted
    await run_out(recording, set_clock)
    assert await state(recording) == wanted_later


async def test_the_events_of_the_property_reach_every_table_and_every_state_and_tell_the_contract(
    recording, set_clock
):
    await emptied(recording)
    await happen(recording, [*EVENTS, *ACTS])
    found = await state(recording)
    assert all(found.values()), [name for name, rows in found.items() if not rows]
    await run_out(recording, set_clock)
    states = {row.state for row in await recording.all("SELECT state FROM records")}
    assert states == {"gap_open", "gap_explained", "archived"}
    states = {row.state for row in await recording.all("SELECT state FROM footage")}
    assert states == {"unlinked", "linked", "archived"}
    states = {row.state for row in await recording.all("SELECT state FROM documents")}
    assert states == {"held", "missing", "paper"}
    told = await recording.all("SELECT attributes, value FROM outbox")
    for row in told:
        decode(CATALOGUE[row.attributes["type"]], json.loads(row.value))
    assert len({row.attributes["type"] for row in told}) >= 9
