"""Receipts: what they prove, offline, and everything that is nearly one proves nothing."""

import base64
import re

import pytest
from trust.conftest import emit
from trust.neighbourhood import neighbourhood

from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.trust.keys import known_keys
from mingjing_shared.trust.note import BadNote
from mingjing_shared.trust.proving import (
    NoSuchEntry,
    NotCoveredYet,
    Unlinkable,
    logged,
    receipt_for,
    standing_of,
)
from mingjing_shared.trust.receipt import proved_by, receipt_of

ZERO = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
async def place(world):
    async with neighbourhood(world) as found:
        yield found


@pytest.fixture
async def keys(place):
    return known_keys((await place.world.settings("gateway")).log_keys_file)


async def grown(place, count=5):
    """A log with so many events and one row of the audit, covered; ids in the order of places."""
    gateway = place.databases["gateway"]
    async with gateway.transaction() as tx:
        await note(tx, [Entry("034101", "gateway.sign_in", "done", Subject("account", "034101"))])
    log = await place.log()
    await place.grow(log, count)
    rows = await gateway.all(
        "SELECT id FROM (SELECT id, log_index FROM outbox UNION ALL"
        " SELECT id, log_index FROM log_notes) AS whole ORDER BY log_index"
    )
    return gateway, [row.id for row in rows]


async def test_a_receipt_proves_each_entry_and_says_by_whom(place, keys):
    gateway, ids = await grown(place, 300)
    for index in (0, 1, 255, 256, 300):
        raw = (await receipt_for(gateway, await logged(gateway, ids[index]))).raw
        proved = proved_by(receipt_of(raw), keys.logs, keys.witnesses)
        assert (proved.index, proved.said["id"]) == (index, str(ids[index]))
        assert proved.head.size == 301
        assert len(proved.witnesses) == 4
        assert receipt_of(raw).raw == raw
    assert proved.said["type"] == "audit.done"
    assert proved.said["officer"] == "034101"


async def test_what_is_not_covered_yet_has_no_receipt(place):
    gateway, ids = await grown(place)
    await emit(gateway, 1, 90)
    (row,) = await gateway.all("SELECT id FROM outbox ORDER BY position DESC LIMIT 1")
    with pytest.raises(NotCoveredYet):
        await receipt_for(gateway, await logged(gateway, row.id))
    standing = await standing_of(gateway, [ids[0], row.id])
    assert standing == {str(ids[0]): "covered", str(row.id): "pending"}
    with pytest.raises(NoSuchEntry):
        await logged(gateway, ZERO)


async def test_once_the_salt_is_erased_nobody_can_confirm_even_the_whole_text(place, keys):
    gateway, ids = await grown(place)
    whole = receipt_of((await receipt_for(gateway, await logged(gateway, ids[2]))).raw)
    async with gateway.transaction() as tx:
        await tx.execute("UPDATE outbox SET log_salt = NULL WHERE id = :id", id=ids[2])
    with pytest.raises(Unlinkable):
        await receipt_for(gateway, await logged(gateway, ids[2]))
    guesses = [bytes(32), b"\x01" * 32, whole.content[:32]]
    for guess in guesses:  # he has the text, the place, the proof and the head, and not the salt
        forged = receipt_of(
            whole.raw.replace(
                base64.b64encode(whole.salt.hex().encode() + b"\n" + whole.content),
                base64.b64encode(guess.hex().encode() + b"\n" + whole.content),
            )
        )
        with pytest.raises(BadNote, match="证明不成立"):
            proved_by(forged, keys.logs)
    assert (
        whole.salt
        not in (await gateway.all("SELECT string_agg(bytes, '') AS b FROM log_tiles"))[0].b
    )
    other = receipt_of((await receipt_for(gateway, await logged(gateway, ids[3]))).raw)
    assert proved_by(other, keys.logs).index == 3


def spoilt(raw, index=1, size=6, log="test/mingjing/gateway"):
    """A receipt with one thing wrong, and what is wrong with it."""
    text = raw.decode()
    extra = re.search(r"extra (\S+)", text)[1]
    told = base64.b64decode(extra)

    def with_extra(changed):
        return text.replace(extra, base64.b64encode(changed).decode()).encode()

    yield "the content", with_extra(told.replace(told[70:76], b"xxxxxx"))
    yield "the salt", with_extra(b"00" * 32 + told[64:])
    yield "a salt in capitals", with_extra(told[:64].upper() + told[64:])
    yield "a salt that is short", with_extra(told[2:])
    yield "content in another order", with_extra(told[:65] + b'{"z":1,' + told[66:])
    yield "a blank in the content", with_extra(told.replace(b'":"', b'": "', 1))
    yield "no extra", text.replace(f"extra {extra}\n", "").encode()
    yield "extra without padding", text.replace(extra, extra.rstrip("=") + "A").encode()
    yield "another version", text.replace("proof@v1", "proof@v2").encode()
    yield (
        "a zero in front of the index",
        text.replace(f"index {index}\n", f"index 0{index}\n").encode(),
    )
    yield (
        "a plus in front of the index",
        text.replace(f"index {index}\n", f"index +{index}\n").encode(),
    )
    yield "another index", text.replace(f"index {index}\n", f"index {index - 1}\n").encode()
    yield "an index beyond the log", text.replace(f"index {index}\n", "index 100\n").encode()
    yield "line ends of another system", text.replace("\n", "\r\n").encode()
    yield "a line end too many", raw + b"\n"
    yield "no line end at the end", raw[:-1]
    yield "something in front", b"\n" + raw
    yield "a proof of one hash less", re.sub(r"(index \d+\n)\S+\n", r"\1", text, count=1).encode()
    yield (
        "a proof of one hash more",
        text.replace(f"index {index}\n", f"index {index}\n{'A' * 43}=\n").encode(),
    )
    yield "another size", text.replace(f"\n{size}\n", f"\n{size + 1}\n").encode()
    yield "a size with a zero", text.replace(f"\n{size}\n", f"\n0{size}\n").encode()
    yield "another log", text.replace(f"{log}\n", "test/mingjing/tasks\n").encode()
    yield "no signature", re.sub(r"\n\n— .*", "\n\n", text, flags=re.DOTALL).encode()
    yield "cut off", raw[: len(raw) // 2]
    yield "a byte order mark", b"\xef\xbb\xbf" + raw
    flipped = bytearray(raw)
    place = raw.index(f"— {log} ".encode()) + len(f"— {log} ".encode()) + 20
    flipped[place] = ord("A") if flipped[place] != ord("A") else ord("B")
    yield "the log's signature", bytes(flipped)


async def test_whatever_is_wrong_with_a_receipt_it_proves_nothing(place, keys):
    gateway, ids = await grown(place)
    raw = (await receipt_for(gateway, await logged(gateway, ids[1]))).raw
    assert proved_by(receipt_of(raw), keys.logs, keys.witnesses).index == 1
    cases = list(spoilt(raw))
    assert len({changed for _, changed in cases} | {raw}) == len(cases) + 1
    for what, changed in cases:
        try:
            proved_by(receipt_of(changed), keys.logs, keys.witnesses)
        except BadNote:
            continue
        pytest.fail(f"believed with {what} wrong")


async def test_each_flipped_bit_of_a_receipt_is_noticed(place, keys):
    gateway, ids = await grown(place)
    raw = (await receipt_for(gateway, await logged(gateway, ids[1]))).raw
    unsigned = raw[: raw.index("— test/mingjing/disclosure".encode())]
    for at in range(len(unsigned)):
        changed = unsigned[:at] + bytes([unsigned[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(BadNote):
            proved_by(receipt_of(changed), keys.logs, keys.witnesses)


async def test_a_key_that_is_not_trusted_proves_nothing(place, keys):
    gateway, ids = await grown(place)
    receipt = receipt_of((await receipt_for(gateway, await logged(gateway, ids[1]))).raw)
    for trusted in ((), [key for key in keys.logs if "gateway" not in key.name]):
        with pytest.raises(BadNote, match="没有日志"):
            proved_by(receipt, trusted)
    assert proved_by(receipt, keys.logs).witnesses == {}
