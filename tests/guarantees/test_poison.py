"""One bad event is put aside and the rest goes on; when the fault is ours, nothing is put aside."""

import asyncio

import orjson
import pytest

from mingjing_gateway.handlers import HANDLERS as GATEWAY_HANDLERS
from mingjing_shared.events.casework import CaseAccepted, EnforcementEnded
from mingjing_shared.messaging.dead_letters import BODY, unpack
from mingjing_shared.messaging.envelope import to_headers
from support.effects import Effects, applied, effects_table, letters
from support.events import received
from support.running import producing, register, running, send, until

PUBLISHERS = ("casework", "recorders")


@pytest.fixture
async def scene(world_with_topics):
    """A world with two registered publishers and a service whose effects are counted."""
    world = world_with_topics
    database = await world.database("disclosure")
    await effects_table(world, "disclosure")
    for name in PUBLISHERS:
        await asyncio.to_thread(world.admin().ensure_topic, f"inbound.{name}")
        await register(world, "disclosure", name)
    return world, database, Effects()


def a_case(number, publisher="casework", **about):
    about = {"source": f"/huainan/{publisher}", **about}
    return received(CaseAccepted, case_number=number, about=about)


def an_end(number, publisher="casework"):
    about = {"source": f"/huainan/{publisher}"}
    return received(EnforcementEnded, case_number=number, about=about)


async def raw(producer, world, topic, value, **attributes):
    headers = to_headers({"specversion": "1.0", **attributes})
    await producer.send_and_wait(world.prefix + topic, value, key=b"x", headers=headers)


async def test_what_no_taker_could_be_told_of_is_kept_by_the_gateway_alone(scene):
    world, database, effects = scene
    gateway = await world.database("gateway")
    for name in PUBLISHERS:
        await register(world, "gateway", name)
    async with (
        running(world, "disclosure", effects.handlers),
        running(world, "gateway", GATEWAY_HANDLERS),
        producing(world) as out,
    ):
        given = {"source": "/huainan/casework", "time": "2026-09-18T09:00:00+08:00"}
        case = "cn.mingjing.case.accepted"
        await raw(out, world, "inbound.casework", b"{", id="p1", type=case, **given)
        await raw(out, world, "inbound.casework", b"{}", id="p2", type="cn.x.y", **given)
        foreign = a_case("丙1", publisher="recorders")
        await send(out, world, "inbound.casework", foreign)
        good = a_case("丙2")
        await send(out, world, "inbound.casework", good)
        kept = await until(lambda: _when(letters(gateway), 3))
        assert sorted(reason for reason, _id in kept) == [
            "foreign_source",
            "undecodable",
            "unknown_type",
        ]
        await until(lambda: _when(applied(database), 1))
    assert await applied(database) == [good.envelope.id]
    assert await letters(database) == []


async def test_data_against_the_schema_are_kept_whole_and_sealed_by_the_taker(scene):
    world, database, effects = scene
    async with running(world, "disclosure", effects.handlers), producing(world) as out:
        value = orjson.dumps({"case_number": "丁1", "unit": "王小明"})
        await raw(
            out, world, "inbound.casework", value,
            id="s1", type="cn.mingjing.case.accepted", source="/huainan/casework",
            time="2026-09-18T09:00:00+08:00",
        )  # fmt: skip
        await until(lambda: _when(letters(database), 1))
    [row] = await database.all("SELECT id, body, explanation, reason FROM dead_letters")
    assert row.reason == "schema"
    assert "王小明".encode() not in bytes(row.body)
    assert "王小明" not in row.explanation
    opened = database.installation.keys.open(bytes(row.body), BODY.place(id=row.id))
    assert unpack(opened)[2] == value
    [reference] = await database.all("SELECT topic, value FROM outbox WHERE topic <> 'platform'")
    assert reference.topic == "disclosure.dead-letters"
    assert "王小明".encode() not in bytes(reference.value)


async def test_the_same_identity_with_other_content_is_never_silently_ignored(scene):
    world, database, effects = scene
    first = a_case("戊1", id="same")
    other = a_case("戊2", id="same", time=first.envelope.time)
    async with running(world, "disclosure", effects.handlers), producing(world) as out:
        await send(out, world, "inbound.casework", first)
        await until(lambda: _when(applied(database), 1))
        await send(out, world, "inbound.casework", other)
        await until(lambda: _when(letters(database), 1))
    assert await letters(database) == [("contradiction", "same")]
    assert await applied(database) == ["same"]


async def test_one_event_that_a_handler_cannot_take_is_put_aside_and_its_case_goes_on(scene):
    world, database, effects = scene
    cases = [a_case(f"己{n}") for n in range(40)]
    bad = cases[17]
    follower = an_end("己17")
    effects.fails = lambda item: item.envelope.id == bad.envelope.id
    async with running(world, "disclosure", effects.handlers), producing(world) as out:
        await send(out, world, "inbound.casework", *cases, follower)
        await until(lambda: _when(applied(database), 40))
        await until(lambda: _when(letters(database), 1))
    assert await letters(database) == [("handler", bad.envelope.id)]
    wanted = {item.envelope.id for item in [*cases, follower]} - {bad.envelope.id}
    found = await applied(database)
    assert set(found) == wanted
    assert len(found) == len(wanted)
    [row] = await database.all("SELECT attempts, stack_digest FROM dead_letters")
    assert row.attempts == 4
    assert row.stack_digest


async def test_when_everything_fails_nothing_is_put_aside_and_the_repair_applies_all(scene):
    world, database, effects = scene
    items = [a_case(f"庚{n}") for n in range(20)] + [an_end(f"庚{n}") for n in range(20)]
    effects.fails = lambda _item: True
    async with running(world, "disclosure", effects.handlers) as process, producing(world) as out:
        await send(out, world, "inbound.casework", *items)
        await until(lambda: _true(process.worker.settler.breaker_held))
        assert await letters(database) == []
        effects.fails = lambda _item: False
        await until(lambda: _when(applied(database), 40))
    assert await letters(database) == []
    assert len(set(await applied(database))) == 40


async def test_what_failed_while_the_breaker_held_is_tried_anew_when_it_closes(scene):
    world, database, effects = scene
    items = [a_case(f"辰{n}") for n in range(20)] + [an_end(f"辰{n}") for n in range(20)]
    repaired = asyncio.Event()
    async with running(world, "disclosure", effects.handlers) as process, producing(world) as out:

        def fails(_item):
            """Repaired in the middle of a pass: its first event still fails, its next do not."""
            was_repaired = repaired.is_set()
            if process.worker.settler.breaker_held:
                repaired.set()
            return not was_repaired

        effects.fails = fails
        await send(out, world, "inbound.casework", *items)
        await until(lambda: _when(applied(database), 40))
    assert await letters(database) == []


async def test_three_hundred_bad_ones_of_one_publisher_do_not_stop_the_others(scene):
    world, database, effects = scene
    bad = [a_case(f"辛{n}", publisher="recorders") for n in range(300)]
    good = [a_case(f"壬{n}") for n in range(30)]
    effects.fails = lambda item: item.envelope.source == "/huainan/recorders"
    async with running(world, "disclosure", effects.handlers), producing(world) as out:
        await send(out, world, "inbound.recorders", *bad)
        await send(out, world, "inbound.casework", *good)
        await until(lambda: _when(applied(database), 30))
        await until(lambda: _when(letters(database), 300), 60)
        last = a_case("癸1")
        await send(out, world, "inbound.casework", last)
        await until(lambda: _when(applied(database), 31))
    found = await letters(database)
    assert {reason for reason, _id in found} == {"handler"}
    assert len({event_id for _reason, event_id in found}) == 300


async def test_a_topic_waits_for_its_registration_and_then_goes_on(scene):
    world, database, effects = scene
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.late")
    early = a_case("子1", publisher="late")
    async with running(world, "disclosure", effects.handlers) as process, producing(world) as out:
        await send(out, world, "inbound.late", early)
        await until(lambda: _true(process.worker.trouble is not None))
        assert await applied(database) == []
        await register(world, "disclosure", "late")
        await until(lambda: _when(applied(database), 1))
    assert await letters(database) == []


async def _when(found, count):
    rows = await found
    return rows if len(rows) >= count else None


async def _true(value):
    return value
