"""Dead letters are settled by a person: looked at, replayed, mended or discarded, once."""

import hashlib

import orjson
import pytest

from mingjing_disclosure.handlers import HANDLERS
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.events import example
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from mingjing_shared.messaging import inbox, mending
from mingjing_shared.messaging.envelope import STRUCTURED, to_headers
from mingjing_shared.messaging.mending import Place, Signature, place_of
from support.events import received
from support.letters import a_record, saying, settled
from support.people import BASIS
from support.running import register

PLACE = Place("inbound.casework", 0, 7)
SIGNED = Signature("034211", "修复后重试")
NAME = "王小明"
GOOD = {
    **example(DecisionMade, case_number="甲1", decision_id="D1", made_on="2026-09-18"),
    "basis": BASIS,
    "parties": [{"kind": "person", "name": NAME, "resident_id": "11010519491231002X"}],
}
BAD = {**GOOD, "made_on": "昨天", "unit": 340403510000}
ABOUT = {
    "specversion": "1.0",
    "id": "d1",
    "source": "/huainan/casework",
    "type": DecisionMade.type,
    "time": "2026-09-18T09:30:00+08:00",
    "subject": "写错的编号",
    "partitionkey": "写错的编号",
}


async def fails(_received, _tx):
    raise ValueError("planted fault")


@pytest.fixture
async def database(world):
    found = await world.database("disclosure")
    await register(world, "disclosure", "casework")
    case = received(CaseAccepted, case_number="甲1", kind="traffic")
    async with found.transaction() as tx:
        await HANDLERS[CaseAccepted]([case], tx)
    return found


def a_decision(**changes):
    about = {"id": "d1"}
    return received(DecisionMade, about=about, **{**GOOD, **changes})


async def against_the_schema(database, value=BAD, **attributes):
    headers = to_headers({**ABOUT, **attributes})
    await settled(database, HANDLERS, a_record(orjson.dumps(value), headers, offset=7))


async def failed_in_the_handler(database, event):
    await settled(database, {**HANDLERS, DecisionMade: fails}, saying(event, offset=7))


async def replay(database, place=PLACE, handlers=HANDLERS):
    async with database.transaction() as tx:
        return await mending.replay(tx, handlers, place, SIGNED)


async def mend(database, body, place=PLACE):
    body = body if isinstance(body, bytes) else orjson.dumps(body)
    async with database.transaction() as tx:
        return await mending.mend(tx, HANDLERS, place, body, SIGNED)


async def discard(database, place=PLACE):
    async with database.transaction() as tx:
        await mending.discard(tx, place, SIGNED)


async def look(database, place=PLACE):
    async with database.transaction() as tx:
        return await mending.opened(tx, place, SIGNED)


async def the_letter(database, place=PLACE):
    async with database.transaction() as tx:
        return await mending.letter(tx, place)


async def due(database):
    rows = await database.all("SELECT decision_id, state FROM items")
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "text", ["", "inbound.casework", "inbound.casework/0", "a/b/c", "a/1/2/3", "a/-1/2", "主题/1/2"]
)
def test_a_place_of_another_form_is_refused_with_an_example(text):
    with pytest.raises(InvalidInput) as refused:
        place_of(text)
    assert "inbound.casework/3/1042" in refused.value.way_out


def test_a_place_is_written_as_it_is_read():
    assert str(place_of(str(PLACE))) == str(PLACE)


@pytest.mark.parametrize(("by", "why"), [("", "x"), ("034211", " "), ("0" * 65, "x"), ("1", "")])
def test_nothing_is_settled_without_a_name_and_a_reason(by, why):
    with pytest.raises(InvalidInput):
        Signature(by, why)


@pytest.mark.parametrize("act", [replay, discard, look, lambda database: mend(database, GOOD)])
async def test_a_place_that_holds_no_letter_is_refused(database, act):
    with pytest.raises(InvalidInput, match=r"没有 inbound\.casework/0/7 的死信"):
        await act(database)


@pytest.mark.parametrize("act", [replay, discard, lambda database: mend(database, GOOD)])
async def test_a_letter_is_settled_once(database, act):
    await against_the_schema(database)
    await discard(database)
    with pytest.raises(Conflict, match="已丢弃"):
        await act(database)
    assert await due(database) == []


async def test_a_replay_that_is_still_refused_names_every_field_and_changes_nothing(database):
    await against_the_schema(database)
    with pytest.raises(InvalidInput) as refused:
        await replay(database)
    assert "made_on：" in refused.value.message
    assert "unit：" in refused.value.message
    assert NAME not in refused.value.message
    assert (await the_letter(database)).state == "open"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({**GOOD, "unit": "3404"}, "unit："),
        ({k: v for k, v in GOOD.items() if k != "decision_id"}, "decision_id"),
        ([GOOD], "对象"),
        (b"{", "不能解读"),
        (b'{"a": 1, "a": 2}', "出现两次"),
        ({**GOOD, "made_on": "1899-12-31"}, "made_on"),
        ({**ABOUT, "id": "d2", "subject": "甲1", "partitionkey": "甲1", "data": GOOD}, "不得改变"),
        ({**ABOUT, "time": "昨天", "data": GOOD}, "time"),
        ({**ABOUT, "source": "/huainan/recorders", "data": GOOD}, "来源"),
    ],
)
async def test_a_mended_body_that_is_not_one_of_its_type_is_refused(database, body, says):
    await against_the_schema(database)
    with pytest.raises(InvalidInput) as refused:
        await mend(database, body)
    assert says in refused.value.message
    row = await the_letter(database)
    assert (row.state, row.mended_digest) == ("open", None)
    assert await database.all("SELECT 1 FROM inbox") == []


async def test_a_mended_event_whose_identity_was_applied_meanwhile_is_refused(database):
    await against_the_schema(database)
    async with database.transaction() as tx:
        await inbox.take(tx, [a_decision(decision_id="D9")])
    with pytest.raises(Conflict, match="已按另一内容处理过"):
        await mend(database, GOOD)
    assert (await the_letter(database)).state == "open"


async def test_an_original_that_came_again_and_was_applied_is_not_applied_by_a_replay(database):
    decision = a_decision()
    await failed_in_the_handler(database, decision)
    await settled(database, HANDLERS, saying(decision, offset=8))
    with pytest.raises(Conflict, match="已经处理过"):
        await replay(database)
    await discard(database)
    assert len(await database.all("SELECT 1 FROM decision_facts")) == 1


async def test_a_contradiction_can_only_be_discarded(database):
    await settled(database, HANDLERS, saying(a_decision(), offset=6))
    await settled(database, HANDLERS, saying(a_decision(decision_id="D9"), offset=7))
    assert (await the_letter(database)).reason == "contradiction"
    with pytest.raises(Conflict, match="已按另一内容"):
        await replay(database)
    await discard(database)
    assert await due(database) == [("D1", "to_mask")]


async def test_a_replay_whose_handler_fails_again_changes_nothing(database):
    await failed_in_the_handler(database, a_decision())
    with pytest.raises(ValueError, match="planted"):
        await replay(database, handlers={**HANDLERS, DecisionMade: fails})
    assert (await the_letter(database)).state == "open"
    assert await database.all("SELECT 1 FROM inbox") == []


async def test_after_a_repair_the_original_is_applied_with_everything_that_follows(database):
    await failed_in_the_handler(database, a_decision())
    assert await due(database) == []
    applied = await replay(database)
    assert await due(database) == [("D1", "to_mask")]
    assert applied.position.offset == 7
    types = await database.all("SELECT attributes->>'type' AS type FROM outbox ORDER BY position")
    assert [row.type for row in types] == [
        "cn.mingjing.event.dead_lettered",
        "cn.mingjing.disclosure.due",
    ]
    row = await the_letter(database)
    assert (row.state, row.settled_by, row.settled_why) == ("replayed", "034211", "修复后重试")
    assert row.mended_digest is None
    await settled(database, HANDLERS, saying(a_decision(), offset=9))
    assert len(await database.all("SELECT 1 FROM decision_facts")) == 1


async def test_mended_data_are_applied_under_the_original_identity_and_both_digests_stay(database):
    await against_the_schema(database)
    before = bytes((await the_letter(database)).digest)
    applied = await mend(database, GOOD)
    assert applied.envelope.identity == ("/huainan/casework", "d1")
    assert applied.position is None
    assert await due(database) == [("D1", "to_mask")]
    row = await the_letter(database)
    assert row.state == "replayed"
    assert bytes(row.digest) == before
    assert len(bytes(row.mended_digest)) == hashlib.sha256().digest_size
    assert bytes(row.mended_digest) != before
    [entry] = await database.all("SELECT source, event_id, digest FROM inbox")
    assert (entry.source, entry.event_id) == ("/huainan/casework", "d1")
    assert bytes(entry.digest) == applied.digest


async def test_a_whole_event_may_be_given_where_the_envelope_must_be_mended(database):
    await against_the_schema(database, GOOD, time="2199-01-01T00:00:00Z")
    whole = {**ABOUT, "subject": "甲1", "partitionkey": "甲1", "data": GOOD}
    applied = await mend(database, whole)
    assert applied.envelope.time.year == 2026
    assert await due(database) == [("D1", "to_mask")]


async def test_data_of_an_event_in_structured_mode_are_mended_too(database):
    value = orjson.dumps({**ABOUT, "data": BAD})
    record = a_record(value, [("content-type", STRUCTURED.encode())], offset=7)
    await settled(database, HANDLERS, record)
    await mend(database, GOOD)
    assert await due(database) == [("D1", "to_mask")]


async def test_what_the_gateway_keeps_alone_is_sent_again_by_its_publisher(world):
    gateway = await world.database("gateway")
    await register(world, "gateway", "casework")
    handlers = {}
    await settled(gateway, handlers, a_record(b"{", to_headers(ABOUT), offset=7))
    assert (await the_letter(gateway)).reason == "undecodable"
    with pytest.raises(Conflict) as refused:
        await mend(gateway, GOOD)
    assert "按原编号重发" in refused.value.way_out
    await discard(gateway)
    assert (await the_letter(gateway)).state == "discarded"


async def test_the_content_is_seen_only_by_opening_and_that_is_written_down(database):
    await against_the_schema(database)
    row = await the_letter(database)
    assert NAME not in repr(tuple(row))
    assert await database.all("SELECT 1 FROM letter_views") == []
    content = await look(database)
    assert orjson.loads(content.value)["parties"][0]["name"] == NAME
    [view] = await database.all("SELECT letter_id, opened_by, opened_why FROM letter_views")
    assert tuple(view) == (row.id, "034211", "修复后重试")


async def test_the_open_ones_are_listed_and_those_of_one_failure(database):
    await failed_in_the_handler(database, a_decision())
    await settled(database, HANDLERS, a_record(b"[]", to_headers({**ABOUT, "id": "x"}), offset=8))
    async with database.transaction() as tx:
        everything = await mending.letters(tx)
        stack = next(row.stack_digest for row in everything if row.stack_digest)
        of_one_failure = await mending.letters(tx, stack=stack)
    assert [row.record_offset for row in everything] == [7, 8]
    assert [row.record_offset for row in of_one_failure] == [7]
    await discard(database)
    async with database.transaction() as tx:
        assert [row.record_offset for row in await mending.letters(tx)] == [8]
        assert len(await mending.letters(tx, state=None)) == 2
