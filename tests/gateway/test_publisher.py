"""Registering publishers: what is refused, what is kept, who is told."""

import hashlib
import json

import pytest

from mingjing_deploy.publisher import DEMO, _full
from mingjing_gateway.acts.publisher import add_publisher, agree_quiet, rotate_publisher
from mingjing_gateway.handlers import HANDLERS
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.events import CATALOGUE
from mingjing_shared.events.casework import ActionPerformed, CaseAccepted
from mingjing_shared.web.officer import Caller
from mingjing_shared.web.token import HEADER, TokenReader
from support.door import DoorHouse
from support.officers import TOKEN_KEY

GIVEN = {"types": (CaseAccepted.type,), "way": "door", "by": "测试"}


@pytest.fixture
async def gateway(world):
    return await world.database("gateway")


async def test_a_key_is_turned_into_a_token_of_its_publisher_and_an_unknown_one_into_none(
    world, gateway
):
    async with gateway.transaction() as tx:
        key = await add_publisher(tx, name="casework", source="/huainan/casework", **GIVEN)
    reader = TokenReader(TOKEN_KEY.public_key())
    async with DoorHouse(world, gateway, await world.settings("gateway")).served() as client:
        for unknown in ("", f"{key}x", key[:-1]):
            headers = {"Authorization": f"Bearer {unknown}"}
            answer = await client.get("/session/check", headers=headers)
            assert (answer.status_code, HEADER in answer.headers) == (204, False)
        answer = await client.get("/session/check", headers={"Authorization": f"Bearer {key}"})
    assert reader.read(answer.headers[HEADER]) == Caller("casework", "/huainan/casework")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"name": "gateway"}, "自用"),
        ({"name": "admin", "way": "kafka"}, "自用"),
        ({"name": "Case.Work"}, "登记内容有误"),
        ({"source": "/mingjing/review"}, "自用"),
        ({"source": "huainan"}, "登记内容有误"),
        ({"types": ()}, "没有指定"),
        ({"types": ("cn.mingjing.nothing.done",)}, "nothing.done"),
        ({"types": ("cn.mingjing.disclosure.due",)}, "disclosure.due"),
        ({"way": "pigeon"}, "登记内容有误"),
        ({"modes": ("fast",)}, "登记内容有误"),
        ({"quiet_minutes_max": 0}, "登记内容有误"),
        ({"quiet_minutes_max": 10081}, "登记内容有误"),
    ],
)
async def test_a_registration_that_cannot_be_is_refused(gateway, changes, word):
    async with gateway.transaction() as tx:
        with pytest.raises(InvalidInput) as refused:
            await add_publisher(tx, **{"name": "a", "source": "/huainan/a", **GIVEN, **changes})
    assert word in refused.value.message
    assert await gateway.all("SELECT 1 FROM publishers_register") == []


async def test_a_name_or_source_that_is_taken_is_refused(gateway):
    async with gateway.transaction() as tx:
        await add_publisher(tx, name="a", source="/huainan/a", **GIVEN)
    for name, source in (("a", "/huainan/b"), ("b", "/huainan/a")):
        async with gateway.transaction() as tx:
            with pytest.raises(Conflict):
                await add_publisher(tx, name=name, source=source, **GIVEN)


async def test_a_key_of_nobody_is_not_replaced(gateway):
    async with gateway.transaction() as tx:
        with pytest.raises(InvalidInput, match="nobody"):
            await rotate_publisher(tx, name="nobody", by="测试")


async def test_of_a_key_only_its_hash_and_its_start_are_kept(gateway):
    async with gateway.transaction() as tx:
        key = await add_publisher(tx, name="a", source="/huainan/a", **GIVEN)
    rows = await gateway.all("SELECT r.*, r::text AS whole FROM publishers_register AS r")
    assert key not in rows[0].whole
    assert bytes(rows[0].key_hash) == hashlib.sha256(key.encode()).digest()
    assert key.startswith(rows[0].key_prefix)
    assert len(rows[0].key_prefix) < 10 < len(key)
    assert rows[0].added_by == "测试"
    assert rows[0].rotated_at is None


async def test_every_service_is_told_of_a_registration_by_an_event(gateway):
    async with gateway.transaction() as tx:
        await add_publisher(tx, name="a", source="/huainan/a", modes=("backfill",), **GIVEN)
    rows = await gateway.all("SELECT topic, key, value, attributes FROM outbox")
    assert [(row.topic, row.key) for row in rows] == [("directory", "a")]
    assert rows[0].attributes["type"] == "cn.mingjing.publisher.registered"
    assert b'"modes":["backfill"]' in bytes(rows[0].value)


async def test_how_long_it_may_be_quiet_is_agreed_anew_and_every_service_is_told(gateway):
    async with gateway.transaction() as tx:
        await add_publisher(tx, name="a", source="/huainan/a", quiet_minutes_max=5, **GIVEN)
    for minutes in (30, None):
        async with gateway.transaction() as tx:
            await agree_quiet(tx, name="a", quiet_minutes_max=minutes)
        (row,) = await gateway.all("SELECT quiet_minutes_max FROM publishers_register")
        assert row.quiet_minutes_max == minutes
    told = await gateway.all("SELECT value FROM outbox ORDER BY position")
    data = [json.loads(bytes(row.value)) for row in told]
    assert [one.get("quiet_minutes_max") for one in data] == [5, 30, None]
    assert {(one["topic"], tuple(one["types"])) for one in data} == {
        ("inbound.a", (CaseAccepted.type,))
    }


@pytest.mark.parametrize(("name", "minutes"), [("nobody", 5), ("a", 0)])
async def test_what_cannot_be_agreed_is_refused(gateway, name, minutes):
    async with gateway.transaction() as tx:
        await add_publisher(tx, name="a", source="/huainan/a", **GIVEN)
    async with gateway.transaction() as tx:
        with pytest.raises(InvalidInput):
            await agree_quiet(tx, name=name, quiet_minutes_max=minutes)
    (row,) = await gateway.all("SELECT quiet_minutes_max FROM publishers_register")
    assert row.quiet_minutes_max is None


async def test_who_replaced_a_key_is_kept(gateway):
    async with gateway.transaction() as tx:
        first = await add_publisher(tx, name="a", source="/huainan/a", **GIVEN)
    async with gateway.transaction() as tx:
        second = await rotate_publisher(tx, name="a", by="另一人")
    assert first != second
    rows = await gateway.all("SELECT key_hash, rotated_by FROM publishers_register")
    assert bytes(rows[0].key_hash) == hashlib.sha256(second.encode()).digest()
    assert rows[0].rotated_by == "另一人"


def test_the_gateway_takes_what_it_declares():
    declared = {cls for cls in CATALOGUE.values() if "gateway" in cls.takers}
    stable = {cls for cls in declared if cls.stability == "stable"}
    assert stable <= set(HANDLERS) <= declared


def test_types_may_be_named_short_in_full_or_by_their_table():
    assert _full("case.accepted, cn.mingjing.fine.paid") == [
        "cn.mingjing.case.accepted",
        "cn.mingjing.fine.paid",
    ]
    assert _full("finance") == ["cn.mingjing.fine.paid", "cn.mingjing.income.swept"]


def test_the_demonstrations_publishers_are_those_of_the_contract():
    ways = {wanted.name: wanted.way for wanted in DEMO}
    assert ways == {
        "casework": "door",
        "casework-direct": "kafka",
        "recorders": "kafka",
        "personnel": "door",
    }
    recorders = next(wanted for wanted in DEMO if wanted.name == "recorders")
    assert ActionPerformed.type in recorders.types
