"""Bundles: what is forged, cut off, reordered or left out is refused; the rest is taken once."""

import asyncio

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from portal.given import a_withdrawal, an_item

from mingjing_portal.app import build
from mingjing_shared.publicity.bundle import (
    FIRST_BEFORE,
    BadBundle,
    emptied_bundle,
    file_name,
    make_bundle,
    read_bundle,
)

KEY = Ed25519PrivateKey.generate()
ITEMS = [an_item("I1"), an_item("I2"), a_withdrawal("I1")]
RAW, DIGEST = make_bundle(KEY, "test/mingjing/portal", 1, FIRST_BEFORE, ITEMS)


def read(raw, **changes):
    expected = {
        "key": KEY.public_key(),
        "origin": "test/mingjing/portal",
        "number": 1,
        "before": FIRST_BEFORE,
    }
    return read_bundle(raw, **{**expected, **changes})


def _swapped(raw):
    head, signature, one, two, *rest = raw.split(b"\n")
    return b"\n".join([head, signature, two, one, *rest])


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda raw: raw[:-1], "malformed"),
        (lambda raw: raw[: len(raw) // 2], "malformed"),
        (lambda _raw: b"", "malformed"),
        (lambda _raw: b"\n", "forged"),
        (lambda raw: raw.replace(b'"number":1', b'"number":2'), "forged"),
        (lambda raw: raw.replace("三万元".encode(), "三千元".encode()), "content"),
        (lambda raw: b"\n".join(raw.split(b"\n")[:3]) + b"\n", "content"),
        (lambda raw: raw + b"{}\n", "content"),
        (_swapped, "content"),
        (lambda raw: b"x" + raw, "forged"),
    ],
)
def test_a_bundle_that_was_touched_is_refused(damage, fault):
    with pytest.raises(BadBundle) as refused:
        read(damage(RAW))
    assert refused.value.fault == fault


@pytest.mark.parametrize(
    ("expected", "fault"),
    [
        ({"key": Ed25519PrivateKey.generate().public_key()}, "forged"),
        ({"number": 2}, "order"),
        ({"before": "1" * 64}, "order"),
        ({"origin": "other/mingjing/portal"}, "malformed"),
    ],
)
def test_a_bundle_of_another_key_place_or_installation_is_refused(expected, fault):
    with pytest.raises(BadBundle) as refused:
        read(RAW, **expected)
    assert refused.value.fault == fault


def test_a_text_that_does_not_fit_its_own_digest_is_refused_though_it_is_signed():
    raw, _ = make_bundle(
        KEY, "test/mingjing/portal", 1, FIRST_BEFORE, [an_item(text_sha256="0" * 64)]
    )
    with pytest.raises(BadBundle, match="digest"):
        read(raw)


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(RAW) - 1), sign=st.integers(0, 255))
def test_no_single_byte_can_be_changed(place, sign):
    damaged = RAW[:place] + bytes([sign]) + RAW[place + 1 :]
    if damaged == RAW:
        assert list(read(damaged).contents) == ITEMS
        return
    with pytest.raises(BadBundle):
        read(damaged)


def test_what_was_signed_is_read_as_it_was():
    bundle = read(RAW)
    assert (bundle.number, bundle.digest, list(bundle.contents)) == (1, DIGEST, ITEMS)


EMPTIED = emptied_bundle(RAW, KEY, lambda content: content == ITEMS[0])


def test_an_emptied_bundle_holds_no_word_of_what_is_gone_and_keeps_its_place_in_the_chain():
    bundle = read(EMPTIED)
    assert (bundle.digest, list(bundle.contents)) == (DIGEST, ITEMS[1:])
    assert emptied_bundle(EMPTIED, KEY, lambda _content: False) == EMPTIED
    again = emptied_bundle(EMPTIED, KEY, lambda content: content == ITEMS[1])
    assert "三万元" not in again.decode()
    assert list(read(again).contents) == ITEMS[2:]


def test_nobody_but_the_signer_can_say_that_an_item_is_gone():
    lines, gone = RAW.split(b"\n"), EMPTIED.split(b"\n")
    foreign = emptied_bundle(RAW, Ed25519PrivateKey.generate(), lambda c: c == ITEMS[0])
    for another in (
        foreign,  # another key
        b"\n".join([*lines[:3], gone[2], *lines[4:]]),  # what was signed for another item
        b"\n".join([*lines[:4], b'{"gone":""}', b""]),  # no signature: a withdrawal left out
    ):
        with pytest.raises(BadBundle, match="content"):
            read(another)


async def rows(app, columns="item_id, version"):
    found = await app.state.database.all(f"SELECT {columns} FROM public_items ORDER BY item_id")
    return [tuple(row) for row in found]


async def test_a_forged_bundle_stops_there_and_the_pages_go_on(app, browse, inside):
    await inside.tell(an_item("I1"))
    raw, _ = inside.make(an_item("I2"), key=Ed25519PrivateKey.generate())
    inside.hand_over(raw)
    with pytest.raises(BadBundle):
        await app.state.importer.take_all()
    assert await rows(app) == [("I1", 1)]
    assert (await browse.get("/items/I1")).status_code == 200
    good, _ = inside.make(an_item("I2"))
    inside.hand_over(good)
    await app.state.importer.take_all()
    assert await rows(app) == [("I1", 1), ("I2", 1)]


async def test_of_a_bundle_all_is_taken_or_nothing(app, inside):
    raw, _ = inside.make(an_item("I1"), an_item("I2"))
    inside.hand_over(raw.replace(b"I2", b"I3"))
    with pytest.raises(BadBundle):
        await app.state.importer.take_all()
    assert await rows(app) == []


async def test_a_bundle_is_not_taken_before_the_one_that_it_follows(app, inside):
    first, digest = inside.make(an_item("I1"))
    second, _ = inside.make(an_item("I2"), number=2, before=digest)
    inside.hand_over(second, 2)
    assert await app.state.importer.take_all() == 0
    inside.hand_over(first, 1)
    assert await app.state.importer.take_all() == 2
    assert await rows(app) == [("I1", 1), ("I2", 1)]


async def test_an_old_bundle_put_there_again_changes_nothing(app, inside, paths):
    await inside.tell(an_item("I1"))
    first = (paths.bundles / file_name(1)).read_bytes()
    await inside.tell(a_withdrawal("I1"))
    inside.hand_over(first)  # as the third
    with pytest.raises(BadBundle) as refused:
        await app.state.importer.take_all()
    assert refused.value.fault == "order"
    assert await rows(app, "item_id, text") == [("I1", None)]


async def test_an_older_version_or_a_withdrawn_item_does_not_come_back(app, inside):
    await inside.tell(an_item("I1", version=2, correction="更正日期"))
    await inside.tell(an_item("I1", version=1))
    assert await rows(app) == [("I1", 2)]
    await inside.tell(a_withdrawal("I1"))
    await inside.tell(an_item("I1", version=3))
    assert await rows(app, "item_id, text, withdrawn_at IS NOT NULL") == [("I1", None, True)]


async def test_a_bundle_taken_by_two_processes_counts_once(world, paths, app, inside):
    other = build(await world.settings("portal"), paths.outside())
    try:
        raw, _ = inside.make(an_item("I1"))
        inside.hand_over(raw)
        await asyncio.gather(app.state.importer.take_all(), other.state.importer.take_all())
        [count] = await app.state.database.all("SELECT published, on_time FROM public_counts")
        assert tuple(count) == (1, 1)
    finally:
        await other.state.database.close()
