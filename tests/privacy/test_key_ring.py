"""Sealed values open with their key, at their place, unchanged, and not otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_shared.errors import Misconfigured
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.privacy.fields import CannotOpen, key_named, load_key_ring
from mingjing_shared.privacy.key_check import check_keys

NAME = "欧阳查无此人"
HERE, THERE = "parties.name/1", "parties.name/2"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "FileNotFoundError"),
        ("", "JSONDecodeError"),
        ("{}", "KeyError"),
        ("[]", "TypeError"),
        ('{"current": "k1", "keys": []}', "AttributeError"),
        ('{"current": "k1", "keys": {"k1": "没有密钥"}}', "UnicodeDecodeError"),
        ('{"current": "k1", "keys": {"k1": "!!!"}}', "Error"),
        ('{"current": "k1", "keys": {"k1": "YWJj"}}', "32 字节"),
        ('{"current": "k2", "keys": {}}', "k2 缺失"),
    ],
)
def test_a_damaged_ring_is_refused_in_one_chinese_sentence_with_the_way_out(
    tmp_path, content, says
):
    file = tmp_path / "ring.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(Misconfigured) as refused:
        load_key_ring(file)
    assert says in refused.value.message
    assert "ring.json" in refused.value.message
    assert "不得重新生成" in refused.value.way_out


def test_a_value_of_another_row_does_not_open(ring_file):
    ring = load_key_ring(ring_file(k1=None)[0])
    with pytest.raises(CannotOpen):
        ring.open(ring.seal(NAME.encode(), HERE), THERE)


@given(place=st.integers(0, 60), bit=st.integers(0, 7))
def test_a_value_of_which_one_bit_was_changed_does_not_open(tmp_path_factory, place, bit):
    ring = _ring(tmp_path_factory)
    sealed = bytearray(ring.seal(NAME.encode(), HERE))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(CannotOpen):
        ring.open(bytes(sealed), HERE)


def _ring(tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "one-ring.json"
    if not file.exists():
        file.write_text('{"current": "k1", "keys": {"k1": "' + "A" * 43 + '="}}')
    return load_key_ring(file)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02\x02k1" + b"0" * 40, b"\x01\xffk1"])
def test_what_is_no_sealed_value_does_not_open(ring_file, sealed):
    ring = load_key_ring(ring_file(k1=None)[0])
    with pytest.raises(CannotOpen):
        ring.open(sealed, HERE)


@given(st.none() | st.text())
def test_a_sealed_text_comes_back_and_does_not_show(tmp_path_factory, text):
    ring = _ring(tmp_path_factory)
    sealed = ring.seal_text(text, HERE)
    assert ring.open_text(sealed, HERE) == text
    if text is None:
        assert sealed is None
    elif len(text.encode()) > 3:
        assert text.encode() not in sealed
        assert ring.seal_text(text, HERE) != sealed


def test_after_a_rotation_old_values_open_and_new_ones_use_the_new_key(ring_file):
    file, keys = ring_file(k1=None)
    old = load_key_ring(file).seal(NAME.encode(), HERE)
    both = load_key_ring(ring_file(current="k2", k2=None, **keys)[0])
    new = both.seal(NAME.encode(), HERE)
    assert both.open(old, HERE) == both.open(new, HERE) == NAME.encode()
    with pytest.raises(CannotOpen, match="k2"):
        load_key_ring(ring_file(**keys)[0]).open(new, HERE)


async def start(settings):
    """What every event process does first."""
    database = open_database(settings)
    try:
        async with database.transaction() as tx:
            await check_keys(tx)
    finally:
        await database.close()


async def test_a_wrong_key_ring_is_refused_at_start_and_the_right_one_still_opens(world, ring_file):
    settings = await world.settings("disclosure")
    await start(settings)
    other, _keys = ring_file(k1=None)
    with pytest.raises(Misconfigured) as refused:
        await start(settings.model_copy(update={"key_ring_file": other}))
    assert "密钥环打不开本库的数据" in refused.value.message
    assert "disclosure" in refused.value.way_out
    await start(settings)


async def test_a_wrong_installation_key_is_refused_at_start(world, tmp_path):
    settings = await world.settings("disclosure")
    await start(settings)
    other = tmp_path / "installation"
    other.write_text("A" * 43 + "=")
    wrong = settings.model_copy(update={"installation_key_file": other})
    wrong.__dict__.pop("installation_key", None)
    with pytest.raises(Misconfigured, match="安装密钥与本库数据所用的不同"):
        await start(wrong)
    await start(settings)


async def test_a_rotated_ring_starts_with_the_data_of_the_old_key(world, ring_file):
    settings = await world.settings("disclosure")
    file, keys = ring_file(k1=None)
    await start(settings.model_copy(update={"key_ring_file": file}))
    rotated, _keys = ring_file(current="k2", name="rotated.json", k2=None, **keys)
    await start(settings.model_copy(update={"key_ring_file": rotated}))


def test_a_running_process_reads_and_writes_with_a_key_that_was_added_meanwhile(ring_file):
    file, keys = ring_file(k1=None)
    reader, writer = load_key_ring(file), load_key_ring(file)
    old = writer.seal(NAME.encode(), HERE)
    replaced(file, ring_file(current="k2", name="next.json", k2=None, **keys)[0])
    new = writer.seal(NAME.encode(), HERE)
    assert (key_named(old), key_named(new)) == ("k1", "k2")
    assert reader.open(new, HERE) == reader.open(old, HERE) == NAME.encode()


@pytest.mark.parametrize("content", ["", "{}", '{"current": "k9", "keys": {}}'])
def test_a_ring_that_is_damaged_or_gone_later_changes_nothing_for_who_runs(ring_file, content):
    file, _ = ring_file(k1=None)
    ring = load_key_ring(file)
    old = ring.seal(NAME.encode(), HERE)
    damaged = file.with_name("damaged.json")
    damaged.write_text(content)
    replaced(file, damaged)
    assert ring.open(ring.seal(NAME.encode(), HERE), HERE) == ring.open(old, HERE) == NAME.encode()
    file.unlink()
    assert key_named(ring.seal(NAME.encode(), HERE)) == "k1"


def replaced(file, by):
    by.rename(file)
