"""A log that is signed by SM2 too: switched on, before its witnesses, checked, switched off."""

import pytest
from trust.log_made import ORIGIN, access_of, grown
from trust.neighbourhood import OTHERS, neighbourhood

from mingjing_deploy.log_check.findings import CannotCheck, Differs
from mingjing_deploy.log_check.heads import read_head, read_keys
from mingjing_deploy.log_check.reporting import checked
from mingjing_shared.trust.checkpoint import Checkpoint
from mingjing_shared.trust.keys import keys_of, known_keys, log_signer, sm2_signer
from mingjing_shared.trust.merkle import EMPTY_ROOT, leaf_hash
from mingjing_shared.trust.note import Note, Signature, note_of
from mingjing_shared.trust.proving import logged, receipt_for
from mingjing_shared.trust.receipt import proved_by, receipt_of
from mingjing_shared.trust.sm2 import Sm2Key
from mingjing_shared.trust.store import INNER, newest
from mingjing_shared.trust.submission import Submission


@pytest.fixture
async def place(world):
    async with neighbourhood(world) as found:
        yield found


@pytest.fixture
async def settings(place):
    return await place.world.settings("gateway")


@pytest.fixture
def known(settings):
    return known_keys(settings.log_keys_file)


async def proved_last(place, known):
    """What the receipt of the newest event proves."""
    gateway = place.databases["gateway"]
    (row,) = await gateway.all("SELECT id FROM outbox ORDER BY log_index DESC LIMIT 1")
    receipt = await receipt_for(gateway, await logged(gateway, row.id))
    return proved_by(receipt_of(receipt.raw), known.logs, known.witnesses)


async def test_it_is_switched_on_and_off_again_over_one_log(place, settings, known):
    keys = read_keys(settings.log_keys_file.read_text())
    size = 0
    for is_on, algorithms in (
        (False, ["Ed25519"]),
        (True, ["Ed25519", "国密 SM2"]),
        (False, ["Ed25519"]),
    ):
        log = await place.log(log_sm2=is_on)
        await grown(place, log, 130, size)
        size += 130
        head = await newest(place.databases["gateway"], INNER, covered=True)
        assert (head.size, head.witnesses) == (size, 4)
        lines = [one for one in note_of(bytes(head.note)).signatures if one.name == ORIGIN]
        assert len(lines) == len(algorithms)
        proved = await proved_last(place, known)
        assert [key.algorithm for key in proved.keys] == algorithms
        assert len(proved.witnesses) == 4
        found = await checked(access_of(settings), ORIGIN, keys)
        assert (found.size, len(found.signed_by)) == (size, len(algorithms))
        assert found.witnesses == tuple(f"test/mingjing/{name}/witness" for name in OTHERS)


async def test_who_does_not_know_the_sm2_key_proves_and_checks_as_before(place, settings, known):
    log = await place.log(log_sm2=True)
    await place.grow(log, 5)
    lines = settings.log_keys_file.read_text().splitlines()
    without = [line for line in lines if line != known.sm2(ORIGIN).vkey]
    found = await checked(access_of(settings), ORIGIN, read_keys("\n".join(without)))
    assert (found.signed_by, len(found.witnesses)) == (("Ed25519",), 4)
    proved = await proved_last(place, keys_of(without))
    assert [key.algorithm for key in proved.keys] == ["Ed25519"]


async def with_lines(place, change):
    """The newest head has other lines: what ``change`` makes of each, none if it gives None."""
    gateway = place.databases["gateway"]
    note = note_of(bytes((await newest(gateway, INNER)).note))
    lines = [line for one in note.signatures if (line := change(one)) is not None]
    async with gateway.transaction() as tx:
        raw = Note(note.text, tuple(lines)).raw
        await tx.execute("UPDATE log_checkpoints SET note = :note", note=raw)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]),
        lambda raw: raw[32:] + raw[:32],
        lambda raw: raw[:-1],
        lambda _raw: bytes(64),
    ],
    ids=["a digit", "swapped", "short", "zeros"],
)
async def test_the_check_names_an_sm2_line_that_does_not_hold(place, settings, known, change):
    log = await place.log(log_sm2=True)
    await place.grow(log, 5)
    sm2 = known.sm2(ORIGIN).key_id

    def changed(one):
        signature = change(one.signature) if one.key_id == sm2 else one.signature
        return Signature(one.name, one.key_id, signature)

    await with_lines(place, changed)
    keys = read_keys(settings.log_keys_file.read_text())
    with pytest.raises(Differs, match=f"the signature of {ORIGIN}.{sm2.hex()} does not hold"):
        await checked(access_of(settings), ORIGIN, keys)


async def test_an_sm2_signature_alone_is_no_head_for_the_check(place, settings, known):
    log = await place.log(log_sm2=True)
    await place.grow(log, 5)
    always = known.log(ORIGIN).key_id
    await with_lines(place, lambda one: None if one.key_id == always else one)
    keys = read_keys(settings.log_keys_file.read_text())
    with pytest.raises(Differs, match="expected a signature of the log's key"):
        await checked(access_of(settings), ORIGIN, keys)


async def test_a_witness_refuses_a_head_whose_sm2_line_fails_or_stands_alone(place, settings):
    witness = place.witnesses["review"]
    signer = log_signer(settings.log_key_file, ORIGIN)
    also = sm2_signer(settings.log_sm2_key_file, ORIGIN)
    head = Checkpoint(ORIGIN, 1, leaf_hash(b"x"))
    other = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    for lines, status in (
        ((signer.sign(head.text), also.sign(other.text)), 403),
        ((also.sign(head.text),), 403),
        ((signer.sign(head.text), also.sign(head.text)), 200),
    ):
        answer = await witness.add_checkpoint(Submission(0, (), Note(head.text, lines)).raw)
        assert answer.status == status, answer.body
    assert [kind for _, kind, _ in await place.told("review")] == ["log_refused", "log_accepted"]


def test_a_key_that_is_no_point_of_the_curve_cannot_be_used():
    key = Sm2Key("here/log", b"\x04" + bytes(63) + b"\x01")
    head = Checkpoint("here/log", 1, bytes(32))
    note = Note(head.text, (Signature("here/log", key.key_id, bytes(63) + b"\x01"),))
    with pytest.raises(CannotCheck, match="here/log is no point of the curve"):
        read_head(note.raw, "here/log", read_keys(key.vkey), where="it")
