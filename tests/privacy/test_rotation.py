"""What was sealed under an older key is sealed anew, all of it, and by nobody who may not."""

import asyncio
import base64
import importlib
import json
import re

import pytest
from sqlalchemy import LargeBinary, Table
from sqlalchemy.exc import DBAPIError

from mingjing_disclosure.store.sealed import PARTY
from mingjing_review.store.sealed import PROPOSED
from mingjing_review.tables import PROPOSAL_WORDS
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.privacy import rotation
from mingjing_shared.privacy.fields import CannotOpen, key_named
from mingjing_shared.privacy.rotation import seal_anew
from mingjing_shared.rotate import rotate, sealed_of
from mingjing_tasks.store.sealed import ARCHIVED

SERVICES = ("gateway", "disclosure", "recording", "review", "tasks")
ALL = "SELECT * FROM proposal_words ORDER BY event_id"


@pytest.fixture
async def opened(world, ring_file):
    """Opens a service's database with a ring of its own, as its owner; ``turn`` adds a key."""
    databases, rings = [], {}

    async def open_one(service, *, owner=True):
        if service not in rings:
            rings[service] = ring_file(k1=None, name=f"{service}.json")
        changed = {"key_ring_file": rings[service][0]}
        if owner:
            name = f"{service}_owner"
            password = world.stack.secret_file(name, world.stack.password(name))
            changed |= {"database_user": name, "database_password_file": password}
        settings = (await world.settings(service)).model_copy(update=changed)
        settings.__dict__.pop("database_url", None)
        databases.append(open_database(settings))
        return databases[-1]

    def turn(service):
        file, keys = rings[service]
        ring_file(current="k2", name="next.json", k2=None, **keys)[0].rename(file)

    open_one.turn = turn
    yield open_one
    for database in databases:
        await database.close()


def proposal(database, event_id, text):
    row = {"source": "/casework", "event_id": event_id, "field": "facts"}
    sealed = database.installation.keys.seal(text.encode(), PROPOSED.place(**row))
    return {**row, "case_key": "A1", "personal": sealed}


async def written(database, *rows):
    async with database.transaction() as tx:
        await tx.insert(PROPOSAL_WORDS, rows)


async def told(database):
    """The key and the words of every proposal."""
    return [
        (
            key_named(bytes(row.personal)),
            database.installation.keys.open(
                bytes(row.personal), PROPOSED.place(**row._asdict())
            ).decode(),
        )
        for row in await database.all(ALL)
    ]


def columns_of(service):
    """Every table that the service's package or the shared ones declare."""
    modules = ["mingjing_shared.messaging.tables", "mingjing_shared.facts.tables"]
    modules.append(f"mingjing_{service}.tables")
    for name in modules:
        for table in vars(importlib.import_module(name)).values():
            if isinstance(table, Table):
                yield from table.columns


@pytest.mark.parametrize("service", SERVICES)
def test_every_column_that_says_it_is_sealed_is_known_to_the_rotation(service):
    known = {one.column for one in sealed_of(service)}
    said = {
        column
        for column in columns_of(service)
        if isinstance(column.type, LargeBinary) and re.search(r"\bsealed\b", column.comment or "")
    }
    assert said <= known
    assert len(sealed_of(service)) == len(known) >= 2


@pytest.mark.parametrize("service", SERVICES)
def test_every_place_is_made_of_columns_or_members_that_are_there(service):
    for one in sealed_of(service):
        if one.parts:
            assert "part" in one.named
        else:
            assert set(one.named) <= set(one.table.c.keys())
        assert one.table.primary_key.columns


async def test_every_page_of_a_column_goes_over_to_the_new_key(opened, monkeypatch):
    monkeypatch.setattr(rotation, "ROWS_A_PAGE", 3)
    review = await opened("review")
    await written(review, *(proposal(review, f"e{n}", f"文字{n}") for n in range(8)))
    opened.turn("review")
    await written(review, proposal(review, "e8", "文字8"))
    assert await seal_anew(review, PROPOSED) == 8
    assert await told(review) == [("k2", f"文字{n}") for n in range(9)]
    assert await seal_anew(review, PROPOSED) == 0


async def test_members_of_json_go_over_too_and_what_is_not_sealed_stays(opened):
    disclosure = await opened("disclosure")
    keys = disclosure.installation.keys
    place = "parties//casework#e1/0"
    name = keys.seal("查无此人".encode(), PARTY.place(place=place, part="name"))
    party = {"place": place, "kind": "person", "birth_date": None}
    parties = [{**party, "name": base64.b64encode(name).decode()}]
    async with disclosure.transaction() as tx:
        await tx.execute(
            "INSERT INTO case_facts (source, event_id, happened_at, mode, case_key, case_number,"
            " unit, accepted_at, classified, parties) VALUES ('/casework', 'e1', now(), 'live',"
            " 'A1', 'A1', '340400000000', now(), false, CAST(:parties AS jsonb))",
            parties=json.dumps(parties),
        )
    opened.turn("disclosure")
    assert await seal_anew(disclosure, PARTY) == 1
    [row] = await disclosure.all("SELECT parties FROM case_facts")
    [now] = row.parties
    sealed = base64.b64decode(now.pop("name"))
    assert now == party
    assert key_named(sealed) == "k2"
    assert keys.open_text(sealed, PARTY.place(place=place, part="name")) == "查无此人"
    assert await seal_anew(disclosure, PARTY) == 0


async def test_a_value_that_does_not_open_stops_it_and_afterwards_it_goes_on(opened, monkeypatch):
    monkeypatch.setattr(rotation, "ROWS_A_PAGE", 2)
    review = await opened("review")
    damaged = {**proposal(review, "e2", "文字2"), "event_id": "e3"}  # sealed for another row
    await written(review, *(proposal(review, f"e{n}", f"文字{n}") for n in range(3)), damaged)
    opened.turn("review")
    with pytest.raises(CannotOpen, match="does not belong here"):
        await rotate(review, "review")
    found = {row.event_id: key_named(bytes(row.personal)) for row in await review.all(ALL)}
    assert found == {"e0": "k2", "e1": "k2", "e2": "k1", "e3": "k1"}
    async with review.transaction() as tx:
        await tx.execute("DELETE FROM proposal_words WHERE event_id = 'e3'")
    assert (await rotate(review, "review"))["proposal_words", "personal"] == 1
    assert await told(review) == [("k2", f"文字{n}") for n in range(3)]


async def test_what_somebody_writes_meanwhile_is_not_overwritten(opened):
    review = await opened("review")
    await written(review, proposal(review, "e1", "旧"))
    opened.turn("review")
    async with review.transaction() as tx:
        await tx.upsert(PROPOSAL_WORDS, [proposal(review, "e1", "新")])
        turning = asyncio.create_task(seal_anew(review, PROPOSED))
        waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        while not await review.all(waiting):  # asked outside: a transaction sees it but once
            await asyncio.wait([turning], timeout=0.05)
            assert not turning.done()
    assert await turning == 0
    assert await told(review) == [("k2", "新")]


async def test_the_role_of_the_processes_may_not_change_what_is_only_added_to(opened):
    process = await opened("tasks", owner=False)
    with pytest.raises(DBAPIError, match="permission denied for table event_archive"):
        await seal_anew(process, ARCHIVED)
    assert await seal_anew(await opened("tasks"), ARCHIVED) == 0
