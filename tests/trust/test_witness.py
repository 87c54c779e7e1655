"""Witnesses: what they co-sign, what they refuse, what they remember."""

import asyncio
import json

import pytest
from trust.conftest import emit
from trust.neighbourhood import OTHERS, Backup, neighbourhood

from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.relay import LogStopped, sequence
from mingjing_shared.trust.checkpoint import Checkpoint
from mingjing_shared.trust.desk import witness_of
from mingjing_shared.trust.keys import known_keys, log_signer
from mingjing_shared.trust.merkle import EMPTY_ROOT, leaf_hash, node_hash
from mingjing_shared.trust.note import Note, note_of, signed_by
from mingjing_shared.trust.store import INNER, newest
from mingjing_shared.trust.submission import SIZE_TYPE, Submission

ORIGIN = "test/mingjing/gateway"


@pytest.fixture
async def place(world):
    async with neighbourhood(world) as found:
        yield found


@pytest.fixture
async def signer(place):
    return log_signer((await place.world.settings("gateway")).log_key_file, ORIGIN)


async def stopped(place):
    (row,) = await place.databases["gateway"].all("SELECT stopped FROM log_head")
    return row.stopped


async def test_a_head_is_covered_when_three_have_signed_it(place):
    log = await place.log(reach=OTHERS[:3])
    await place.grow(log, 5)
    head = await newest(place.databases["gateway"], INNER, covered=True)
    assert (head.size, head.witnesses) == (5, 3)
    keys = known_keys((await place.world.settings("gateway")).log_keys_file)
    signers = signed_by(note_of(bytes(head.note)), keys.verifiers)
    assert [key.name for key in signers] == [
        ORIGIN,
        *(f"test/mingjing/{name}/witness" for name in OTHERS[:3] for _ in range(2)),
    ]


async def test_two_are_not_enough_and_the_third_is_asked_again(place):
    log = await place.log(reach=OTHERS[:2])
    await place.grow(log, 5)
    assert await newest(place.databases["gateway"], INNER, covered=True) is None
    assert (await newest(place.databases["gateway"], INNER)).witnesses == 2
    later = await place.log()
    await later.work()
    assert (await newest(place.databases["gateway"], INNER, covered=True)).witnesses == 4


async def test_a_log_grows_under_its_witnesses(place):
    log = await place.log()
    first = 0
    for step in (1, 2, 300, 7):
        await place.grow(log, step, first)
        first += step
        async with place.databases["gateway"].transaction() as tx:
            await tx.execute("UPDATE log_checkpoints SET signed_at = signed_at - interval '1 min'")
    await log.work()
    head = await newest(place.databases["gateway"], INNER, covered=True)
    assert (head.size, head.witnesses) == (310, 4)
    assert await place.told() == []
    rows = await place.databases["review"].all("SELECT origin, size, refused FROM witnessed")
    assert [tuple(row) for row in rows] == [(ORIGIN, 310, None)]


async def test_a_log_put_back_to_yesterday_stops_and_writes_nothing_over(place):
    log = await place.log()
    await place.grow(log, 5)
    async with Backup(place.world, "gateway", place.databases["gateway"]) as backup:
        await place.grow(log, 5, 5)
        async with place.databases["gateway"].transaction() as tx:
            await tx.execute("UPDATE log_checkpoints SET signed_at = signed_at - interval '1 min'")
        await log.work()
        assert (await newest(place.databases["gateway"], INNER, covered=True)).size == 10
        await backup.put_back()
    again = await place.log()
    await again.look_back()
    assert again.stopped == "rolled_back"
    assert await stopped(place) == "rolled_back"
    with pytest.raises(LogStopped):
        await emit(place.databases["gateway"], 1, 99)
    (head,) = await place.databases["gateway"].all("SELECT size FROM log_head")
    assert head.size == 5


async def test_when_the_newer_state_is_put_back_it_goes_on_by_itself(place):
    log = await place.log()
    await place.grow(log, 5)
    async with Backup(place.world, "gateway", place.databases["gateway"]) as newer:
        async with place.databases["gateway"].transaction() as tx:
            await tx.execute("UPDATE log_head SET stopped = 'rolled_back'")
        await newer.put_back()
    async with place.databases["gateway"].transaction() as tx:
        await tx.execute("UPDATE log_head SET stopped = 'rolled_back'")
    again = await place.log()
    await again.look_back()
    assert await stopped(place) is None
    await emit(place.databases["gateway"], 1, 9)


async def test_a_log_that_says_something_else_is_refused_and_told_of_once(place):
    log = await place.log()
    async with Backup(place.world, "gateway", place.databases["gateway"]) as empty:
        await place.grow(log, 5)
        await empty.put_back()
    other = await place.log(reach=())
    await emit(place.databases["gateway"], 8, 100)
    await other.work()
    assert (await newest(place.databases["gateway"], INNER)).size == 8
    for _ in range(2):
        forked = await place.log()
        await forked.look_back()
        assert forked.stopped == "forked"
    told = await place.told()
    assert [(name, type_) for name, type_, _ in told] == [(name, "log_refused") for name in OTHERS]
    assert {json.loads(data)["reason_code"] for *_, data in told} == {"forked"}


async def test_one_witness_against_three_stops_nothing(place):
    log = await place.log()
    await place.grow(log, 5)
    async with place.databases["review"].transaction() as tx:
        await tx.execute("UPDATE witnessed SET size = 50")
    again = await place.log()
    await again.look_back()
    assert again.stopped is None


async def test_a_witness_whose_database_is_put_back_forgets_nothing(place):
    async with Backup(place.world, "review", place.databases["review"]) as backup:
        log = await place.log()
        await place.grow(log, 5)
        await backup.put_back()
    assert await place.databases["review"].all("SELECT 1 FROM witnessed") == []
    witness = witness_of(await place.world.settings("review"), place.databases["review"])
    note = note_of(bytes((await newest(place.databases["gateway"], INNER)).note))
    answer = await witness.add_checkpoint(Submission(0, (), note).raw)
    assert (answer.status, answer.body, answer.content_type) == (409, "5\n", SIZE_TYPE)


def a_note(signer, size, root):
    text = Checkpoint(ORIGIN, size, root).text
    return Note(text, (signer.sign(text),))


LEAVES = [leaf_hash(bytes([number])) for number in range(3)]
TWO = node_hash(LEAVES[0], LEAVES[1])
THREE = node_hash(TWO, LEAVES[2])


async def test_each_answer_of_the_protocol(place, signer):
    review = place.witnesses["review"]
    one, two, three = (
        a_note(signer, size, root) for size, root in ((1, LEAVES[0]), (2, TWO), (3, THREE))
    )

    async def answer(old, proof, note):
        found = await review.add_checkpoint(Submission(old, tuple(proof), note).raw)
        return found.status

    stranger = Note(one.text.replace("gateway", "stranger"), one.signatures)
    unsigned = Note(one.text, place.witnesses["tasks"]._signer.cosign(one.text, 1))
    assert await answer(0, [], stranger) == 404
    assert await answer(0, [], unsigned) == 403
    assert await answer(2, [], one) == 400
    assert await answer(0, [LEAVES[0]], one) == 422
    assert await answer(0, [], one) == 200
    assert await answer(0, [], two) == 409
    assert await answer(1, [], two) == 422
    assert await answer(1, [LEAVES[1]], two) == 200
    assert await answer(2, [], two) == 200
    assert await answer(2, [], a_note(signer, 2, THREE)) == 409
    assert await answer(2, [LEAVES[2]], three) == 200
    for raw in (b"", b"old 0\n", b"old 00\n\n" + one.raw, b"old 0\nAAAA\n\n" + one.raw):
        assert (await review.add_checkpoint(raw)).status == 400


async def test_a_slower_request_does_not_roll_a_witness_back(place, signer):
    review = place.witnesses["review"]
    one, two = a_note(signer, 1, LEAVES[0]), a_note(signer, 2, TWO)
    asked = [Submission(0, (), two).raw, Submission(0, (), one).raw] * 5
    answers = await asyncio.gather(*(review.add_checkpoint(raw) for raw in asked))
    assert sorted({answer.status for answer in answers}) == [200, 409]
    (row,) = await place.databases["review"].all("SELECT size FROM witnessed")
    told = {answer.body for answer in answers if answer.status == 409}
    assert told == {f"{row.size}\n"}


async def test_a_forged_signature_is_told_of_and_a_right_one_afterwards_as_well(place, signer):
    review = place.witnesses["review"]
    good = a_note(signer, 1, LEAVES[0])
    forged = Note(Checkpoint(ORIGIN, 1, EMPTY_ROOT).text, good.signatures)
    assert (await review.add_checkpoint(Submission(0, (), forged).raw)).status == 403
    assert (await review.add_checkpoint(Submission(0, (), good).raw)).status == 200
    told = [(type_, json.loads(data)) for _, type_, data in await place.told("review")]
    assert [type_ for type_, _ in told] == ["log_refused", "log_accepted"]
    assert told[0][1]["reason_code"] == "bad_signature"
    assert {data["log"] for _, data in told} == {ORIGIN}


async def test_less_than_was_known_is_told_of_unless_it_was_only_overtaken(place, signer):
    review, database = place.witnesses["review"], place.databases["review"]
    one, two = a_note(signer, 1, LEAVES[0]), a_note(signer, 2, TWO)
    await review.add_checkpoint(Submission(0, (), two).raw)
    assert (await review.add_checkpoint(Submission(0, (), one).raw)).status == 409
    assert await place.told("review") == []
    async with database.transaction() as tx:
        await tx.execute("UPDATE witnessed SET seen_at = :at", at=machine_now().replace(year=2020))
    assert (await review.add_checkpoint(Submission(0, (), one).raw)).status == 409
    ((_, type_, data),) = await place.told("review")
    assert (type_, json.loads(data)["size_known"]) == ("log_refused", 2)


async def test_without_its_memory_a_witness_signs_nothing(place, signer):
    settings = await place.world.settings("review")
    settings.witness_folder.mkdir()
    (settings.witness_folder / "witnessed.json").write_text("{broken")
    witness = witness_of(settings, place.databases["review"])
    with pytest.raises(ValueError, match="Expecting"):
        await witness.add_checkpoint(Submission(0, (), a_note(signer, 1, LEAVES[0])).raw)


async def test_what_the_log_signed_must_still_be_what_its_tiles_say(place):
    log = await place.log(reach=())
    await place.grow(log, 5)
    async with place.databases["gateway"].transaction() as tx:
        await tx.execute("UPDATE log_tiles SET bytes = set_byte(bytes, 0, 1) WHERE level = 0")
        await tx.execute("UPDATE log_checkpoints SET signed_at = signed_at - interval '1 min'")
    await place.grow(log, 1, 5)
    assert await stopped(place) == "forked"
    async with place.databases["gateway"].transaction() as tx:
        with pytest.raises(LogStopped):
            await sequence(tx)
