"""Durable clocks: each fires exactly once, by the legal clock, whoever was down meanwhile."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from mingjing_shared.clock import SHANGHAI, legal_now, machine_now
from mingjing_shared.messaging.clocks import (
    Clock,
    Rung,
    fire_due,
    key_and_term,
    run_clocks,
    set_clocks,
    stop_clocks,
    term_subject,
)
from support.running import until

DUE = datetime(2030, 1, 2, 16, 0, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(minutes=1), DUE + timedelta(minutes=1)


class Alarms:
    """Notes which clocks fired."""

    def __init__(self):
        self.fired = []
        self.fails = False
        self.handlers = {"term": self.note}

    async def note(self, clocks, tx):
        if self.fails:
            raise ValueError("planted fault")
        self.fired += [clock.subject for clock in clocks]


@pytest.fixture
def alarms():
    return Alarms()


def a_clock(subject="D1", due_at=DUE, kind="term"):
    return Clock(kind, subject, due_at, "rule@2018-12-05")


async def set_(database, *clocks):
    async with database.transaction() as tx:
        await set_clocks(tx, clocks)


async def fire(database, alarms):
    async with database.transaction() as tx:
        return await fire_due(tx, alarms.handlers)


async def test_a_clock_does_not_fire_before_its_instant(database, alarms, legal_clock):
    await set_(database, a_clock())
    legal_clock(BEFORE)
    assert await fire(database, alarms) == 0
    assert alarms.fired == []


async def test_two_workers_that_ask_at_once_fire_a_clock_once(database, alarms, legal_clock):
    await set_(database, a_clock("D1"), a_clock("D2"))
    legal_clock(AFTER)
    async with database.transaction() as one, database.transaction() as two:
        assert await fire_due(one, alarms.handlers) == 2
        assert await fire_due(two, alarms.handlers) == 0
    assert await fire(database, alarms) == 0
    assert sorted(alarms.fired) == ["D1", "D2"]


async def test_many_workers_in_a_row_of_polls_fire_each_clock_once(database, alarms, legal_clock):
    await set_(database, *(a_clock(f"D{n}") for n in range(50)))
    legal_clock(AFTER)
    await asyncio.gather(*(fire(database, alarms) for _ in range(6)))
    await fire(database, alarms)
    assert sorted(alarms.fired) == sorted(f"D{n}" for n in range(50))


async def test_a_clock_fires_after_the_worker_was_down_at_the_due_minute(
    database, alarms, legal_clock
):
    legal_clock(BEFORE)
    await set_(database, a_clock())
    legal_clock(DUE + timedelta(days=30))  # nobody looked meanwhile
    stop = asyncio.Event()
    worker = asyncio.create_task(run_clocks(database, alarms.handlers, stop))
    await until(lambda: _now(alarms.fired))
    stop.set()
    await worker
    assert alarms.fired == ["D1"]


async def test_a_worker_says_until_when_it_rang_only_when_nothing_due_waits(
    database, alarms, legal_clock
):
    await set_(database, a_clock())
    legal_clock(AFTER)
    alarms.fails, stop, rung = True, asyncio.Event(), Rung()
    worker = asyncio.create_task(run_clocks(database, alarms.handlers, stop, rung))
    await asyncio.sleep(0.2)
    assert rung.until is None
    alarms.fails = False
    await until(lambda: _now(rung.until))
    assert alarms.fired == ["D1"]
    assert rung.until >= AFTER
    stop.set()
    await worker


async def test_a_fault_in_the_alarm_leaves_the_clock_to_fire_later(database, alarms, legal_clock):
    await set_(database, a_clock())
    legal_clock(AFTER)
    alarms.fails = True
    with pytest.raises(ValueError, match="planted"):
        await fire(database, alarms)
    alarms.fails = False
    assert await fire(database, alarms) == 1
    assert alarms.fired == ["D1"]


async def test_a_clock_that_was_moved_fires_at_its_new_instant_only(database, alarms, legal_clock):
    await set_(database, a_clock())
    await set_(database, a_clock(due_at=DUE + timedelta(days=3)))
    legal_clock(AFTER)
    assert await fire(database, alarms) == 0
    legal_clock(DUE + timedelta(days=3, minutes=1))
    assert await fire(database, alarms) == 1


async def test_a_clock_that_was_stopped_does_not_fire(database, alarms, legal_clock):
    await set_(database, a_clock("D1"), a_clock("D2"))
    async with database.transaction() as tx:
        await stop_clocks(tx, "term", ["D1"])
    legal_clock(AFTER)
    await fire(database, alarms)
    assert alarms.fired == ["D2"]


async def test_a_fired_clock_never_runs_again_nor_can_it_be_stopped(database, alarms, legal_clock):
    await set_(database, a_clock())
    legal_clock(AFTER)
    await fire(database, alarms)
    await set_(database, a_clock(due_at=BEFORE))
    async with database.transaction() as tx:
        await stop_clocks(tx, "term", ["D1"])
    assert await fire(database, alarms) == 0
    assert len(await database.all("SELECT 1 FROM clocks WHERE fired_at IS NOT NULL")) == 1


async def test_a_clock_of_a_kind_nobody_listens_to_waits(database, alarms, legal_clock):
    await set_(database, a_clock(kind="unheard"))
    legal_clock(AFTER)
    assert await fire(database, alarms) == 0
    [row] = await database.all("SELECT fired_at FROM clocks")
    assert row.fired_at is None


async def test_only_the_legal_clock_is_moved(legal_clock):
    legal_clock(AFTER)
    assert abs(legal_now() - AFTER) < timedelta(seconds=5)
    assert machine_now() < BEFORE
    legal_clock(machine_now())
    assert abs(legal_now() - machine_now()) < timedelta(seconds=5)


async def test_without_the_file_both_clocks_say_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGJING_CLOCK_FILE", str(tmp_path / "nowhere.json"))
    assert abs(legal_now() - machine_now()) < timedelta(seconds=1)


async def _now(value):
    return value


@pytest.mark.parametrize(
    ("key", "term", "subject"),
    [
        ("D1", date(2026, 9, 29), "D1@2026-09-29"),
        ("a@b", 2, "a@b@2"),
        ("A", datetime(2026, 9, 30, tzinfo=SHANGHAI), "A@2026-09-29T16:00:00+00:00"),
    ],
)
def test_a_clock_s_subject_holds_its_term_whatever_the_thing_is_called(key, term, subject):
    assert term_subject(key, term) == subject
    assert key_and_term(subject) == tuple(subject.rsplit("@", 1))
    assert key_and_term(subject)[0] == key
