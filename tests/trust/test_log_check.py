"""The independent check of a log: a sound one passes, and whatever was changed is named."""

from __future__ import annotations

import json
import re

import pytest
from trust.log_made import AUDITED, EVENTS, ORIGIN, SIZE, access_of, grown, says
from trust.neighbourhood import OTHERS, neighbourhood

from mingjing_deploy.log_check.entries import commitment
from mingjing_deploy.log_check.heads import read_keys
from mingjing_deploy.log_check.reporting import checked, remembered

FLIP = "set_byte({0}, {1}, get_byte({0}, {1}) # 1)"

# What is changed, of which entry, and how it is named.
CHANGED = [
    (
        "outbox SET value = replace(convert_from(value, 'UTF8'), 'p7', 'q7')::bytea",
        7,
        "^entry 7, outbox row {id}: its content and salt give the commitment",
    ),
    (
        'outbox SET attributes = attributes || \'{"subject": "other"}\'',
        7,
        "^entry 7, outbox row {id}: its content and salt give the commitment",
    ),
    (
        'outbox SET attributes = attributes || \'{"time": "2020-01-01T00:00:00+00:00"}\'',
        7,
        "^entry 7, outbox row {id}: its content and salt give the commitment",
    ),
    (
        'outbox SET attributes = attributes || \'{"time": "1948-12-31T00:00:00+00:00"}\'',
        7,
        "^entry 7, outbox row {id}: its time is 1948-.* none before 1949",
    ),
    ("outbox SET key = 'other'", 7, "^entry 7, outbox row {id}: its attributes say .*'other'"),
    (
        'outbox SET value = \'{"probe_id":"p7","probe_id":"q"}\'',
        7,
        "^entry 7, outbox row {id}: its value is no JSON .a name occurs twice",
    ),
    (
        f"outbox SET log_salt = {FLIP.format('log_salt', 31)}",
        7,
        "^entry 7, outbox row {id}: its content and salt give the commitment",
    ),
    (
        f"outbox SET log_digest = {FLIP.format('log_digest', 31)}",
        7,
        "^entry 7, outbox row {id}: log_digest holds [0-9a-f]{{64}}, expected [0-9a-f]{{64}}",
    ),
    (
        f"log_notes SET log_salt = {FLIP.format('log_salt', 0)}",
        251,
        "^entry 251, audit row {id}: its content and salt give the commitment",
    ),
    ("log_notes SET type = 'audit.seen'", 251, "^entry 251, audit row {id}: .*'audit.refused'"),
    (
        "log_notes SET time = time - interval '1 day'",
        251,
        "^entry 251, audit row {id}: log_notes holds time .* its at is",
    ),
]


async def test_a_log_is_sound_while_it_grows_over_the_edge_of_a_tile(world):
    async with neighbourhood(world) as place:
        log = await place.log()
        settings = await world.settings("gateway")
        keys = read_keys(settings.log_keys_file.read_text())
        before = 0
        for size, tiles in ((1, 2), (255, 2), (256, 3), (257, 5)):
            await grown(place, log, size - before, before)
            found = await checked(access_of(settings), ORIGIN, keys)
            assert (found.entries, found.size, found.tiles) == (size, size, tiles)
            assert found.witnesses == tuple(f"test/mingjing/{name}/witness" for name in OTHERS)
            before = size
        books = {name: access_of(await world.settings(name)) for name in OTHERS}
        witnessed = await remembered(ORIGIN, books)
        assert {name: seen[0] for name, seen in witnessed.items()} == dict.fromkeys(OTHERS, 257)
        assert await checked(access_of(settings), ORIGIN, keys, witnessed=witnessed) == found


async def test_a_log_is_sound_before_its_first_entry_and_before_it_was_signed(world):
    await world.database("gateway")
    settings = await world.settings("gateway")
    keys = read_keys(settings.log_keys_file.read_text())
    found = await checked(access_of(settings), ORIGIN, keys)
    assert (found.entries, found.tiles, found.size) == (0, 0, None)


async def test_a_log_of_events_and_audit_is_sound(broken):
    found = await broken.check()
    assert (found.entries, found.unlinkable, found.size) == (SIZE, 0, SIZE)
    assert AUDITED + EVENTS == SIZE


async def test_what_is_not_logged_may_change(broken):
    await broken.change(
        "UPDATE outbox SET attributes = attributes || $1::jsonb - 'tracestate' WHERE log_index = 7",
        '{"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}',
    )
    assert (await broken.check()).unlinkable == 0


@pytest.mark.parametrize("table", ["outbox", "log_notes"])
async def test_an_erased_salt_passes_and_is_counted(broken, table):
    await broken.change(f"UPDATE {table} SET log_salt = NULL WHERE log_index IN (7, 251)")
    assert (await broken.check()).unlinkable == 1


async def test_a_digest_changed_beside_an_erased_salt_is_found(broken):
    await broken.change(
        f"UPDATE outbox SET log_salt = NULL, log_digest = {FLIP.format('log_digest', 0)}"
        " WHERE log_index = 7"
    )
    assert says(await broken.difference(), r"^tile/entries/000, entry 7: it is .* expected ")


@pytest.mark.parametrize(("changed", "index", "sentence"), CHANGED)
async def test_a_changed_row_is_named(broken, changed, index, sentence):
    table = changed.split()[0]
    row = await broken.value(f"SELECT id::text FROM {table} WHERE log_index = {index}")
    await broken.change(f"UPDATE {changed} WHERE log_index = {index}")
    found = await broken.difference()
    assert found.index == index
    assert row in found.row
    assert says(found, sentence.format(id=row))


@pytest.mark.parametrize("column", ["officer", "act", "subject", "reason", "instead_of"])
async def test_a_changed_row_of_the_audit_is_named(broken, column):
    row = await broken.value("SELECT id FROM log_notes WHERE log_index = 251")
    await broken.change(f"UPDATE audit SET {column} = 'other' WHERE id = $1", row)
    found = await broken.difference()
    assert (found.index, found.row) == (251, f"audit row {row}")
    assert says(found, "^entry 251, audit row .*: its content and salt give the commitment")


async def test_a_commitment_to_a_value_that_is_not_canonical_is_told_from_a_changed_value(broken):
    """RFC 8785 writes 1.0 as 1: whoever commits to other bytes cannot be followed by others."""
    row = await broken.connection.fetchrow("SELECT * FROM outbox WHERE log_index = 7")
    value = b'{"probe_id":"p7","share":1.0}'
    content = json.loads(row["attributes"]) | {"data": "here"}
    content.pop("traceparent", None)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    committed = row["log_salt"] + canonical.encode().replace(b'"here"', value)
    await broken.change(
        "UPDATE outbox SET value = $1, log_digest = sha256($2) WHERE log_index = 7",
        value,
        committed,
    )
    assert says(await broken.difference(), "^entry 7, outbox row .* not in the form of RFC 8785")


async def test_a_row_back_dated_together_with_its_commitment_is_found_in_the_bundle(broken):
    """Whoever has the salt can make row and digest agree again, but not with what was logged."""
    row = await broken.connection.fetchrow("SELECT * FROM outbox WHERE log_index = 7")
    attributes = json.loads(row["attributes"]) | {"time": "2020-01-01T00:00:00+00:00"}
    content = {k: v for k, v in attributes.items() if k not in {"traceparent", "tracestate"}}
    digest = commitment(row["log_salt"], content | {"data": json.loads(row["value"])})
    await broken.change(
        "UPDATE outbox SET attributes = $1, log_digest = $2 WHERE log_index = 7",
        json.dumps(attributes),
        digest,
    )
    found = await broken.difference()
    assert (found.kind, found.index, found.path) == ("bundle", 7, "tile/entries/000")
    assert says(
        found, r"^tile/entries/000, entry 7: it is .*, expected .*2020-01-01", str(row["id"])
    )


async def test_an_audit_row_back_dated_everywhere_is_found(broken):
    """Both rows tell of the earlier hour; the commitment still tells of the true one."""
    row = await broken.value("SELECT id FROM log_notes WHERE log_index = 251")
    for statement in (
        "UPDATE audit SET at = at - interval '1 day' WHERE id = $1",
        "UPDATE log_notes SET time = time - interval '1 day' WHERE id = $1",
    ):
        await broken.change(statement, row)
    assert says(await broken.difference(), "^entry 251, audit row .*: its content and salt give")
    await broken.change("UPDATE log_notes SET log_salt = NULL WHERE id = $1", row)
    assert says(await broken.difference(), "^tile/entries/000, entry 251: it is .*, expected ")


@pytest.mark.parametrize(
    ("table", "index", "sentence"),
    [
        ("outbox", 7, r"^place 7 is given to no row; tile/entries/000 logged '{id}\\n"),
        ("outbox", 280, r"^place 280 is given to no row; tile/entries/001.p/40 logged '{id}\\n"),
        ("log_notes", 251, r"^place 251 is given to no row; tile/entries/000 logged '{id}\\n"),
    ],
)
async def test_a_deleted_row_is_named_by_what_was_logged_of_it(broken, table, index, sentence):
    row = await broken.value(f"DELETE FROM {table} WHERE log_index = {index} RETURNING id")
    found = await broken.difference()
    assert found.index == index
    assert says(found, sentence.format(id=row))


async def test_a_deleted_row_of_the_audit_is_named(broken):
    row = await broken.value(
        "DELETE FROM audit WHERE id = (SELECT id FROM log_notes WHERE log_index = 252) RETURNING id"
    )
    assert says(await broken.difference(), f"^entry 252, audit row {row}: .* holds no such row")


@pytest.mark.parametrize(("table", "one", "other"), [("outbox", 7, 8), ("log_notes", 251, 252)])
async def test_two_rows_in_each_others_place_are_found(broken, table, one, other):
    for old, new in ((one, 9999), (other, one), (9999, other)):
        await broken.change(f"UPDATE {table} SET log_index = {new} WHERE log_index = {old}")
    row = await broken.value(f"SELECT id FROM {table} WHERE log_index = {one}")
    found = await broken.difference()
    assert (found.kind, found.index) == ("bundle", one)
    assert says(found, f"^tile/entries/000, entry {one}: it is .*, expected '{row}")


async def test_a_place_given_twice_is_found(broken):
    await broken.change("UPDATE log_notes SET log_index = 7 WHERE log_index = 250")
    assert says(await broken.difference(), "^place 7 is given twice: outbox row .* and audit row ")


async def test_a_place_that_was_never_given_is_found(broken):
    await broken.change("UPDATE log_head SET size = size - 1")
    assert says(await broken.difference(), f"^tiles reach {SIZE} entries, only {SIZE - 1} places")
    await broken.change("UPDATE log_head SET size = size + 1")
    await broken.change(
        "INSERT INTO outbox (id, topic, key, attributes, value, log_index)"
        " SELECT gen_random_uuid(), topic, key, attributes, value, 9999 FROM outbox LIMIT 1"
    )
    assert says(await broken.difference(), "^outbox row .*: its place is 9999, only")


async def test_an_event_that_was_sent_and_not_logged_is_found(broken):
    await broken.change(
        "INSERT INTO outbox (id, topic, key, attributes, value, published_at)"
        " SELECT gen_random_uuid(), topic, key, attributes, value, now() FROM outbox LIMIT 1"
    )
    assert says(await broken.difference(), "^outbox row .* was sent and has no place")


async def test_an_act_that_was_not_noted_is_found(broken):
    await broken.change(
        "INSERT INTO audit (at, officer, act, outcome, subject_kind, subject)"
        " VALUES (now(), '034999', 'gateway.sign_in', 'done', 'account', 'x')"
    )
    assert says(await broken.difference(), "^audit row .* has no row of log_notes")


async def test_a_note_of_no_act_is_found(broken):
    await broken.change(
        "INSERT INTO log_notes (id, type, time, log_digest)"
        " VALUES (gen_random_uuid(), 'audit.done', now(), sha256(''))"
    )
    assert says(await broken.difference(), "^log_notes row .* stands for no row of the audit")


@pytest.mark.parametrize(("seconds", "is_found"), [(59, False), (61, True)])
async def test_rows_of_the_audit_are_in_order_to_a_minute(broken, seconds, is_found):
    """Of rows that are not in the log yet, the order of their times alone tells."""
    await broken.change(
        "WITH a AS (INSERT INTO audit (at, officer, act, outcome, subject_kind, subject)"
        " SELECT max(at) - $1 * interval '1 second', '034999', 'gateway.sign_in', 'done',"
        " 'account', 'x' FROM audit RETURNING id, at) INSERT INTO log_notes"
        " (id, type, time, log_digest) SELECT id, 'audit.done', at, sha256('') FROM a",
        seconds,
    )
    if is_found:
        assert says(await broken.difference(), "^audit row .* expected in order, to a minute")
    else:
        assert (await broken.check()).entries == SIZE


async def test_a_log_that_was_stopped_is_not_sound(broken):
    await broken.change("UPDATE log_head SET stopped = 'rolled back'")
    assert says(await broken.difference(), "^the log gives no more places: rolled back")


@pytest.mark.parametrize(
    ("level", "number", "at", "sentence"),
    [
        (-1, 0, 40, "^tile/entries/000, entry 0: it is '.*', expected '"),
        (-1, 0, 1, "^tile/entries/000, entry 0: it is '.*', expected '"),
        (-1, 1, 40, r"^tile/entries/001\.p/40, entry 256: it is '.*', expected '"),
        (0, 0, 32 * 9, "^tile/0/000: hash 9 is [0-9a-f]{64}, expected [0-9a-f]{64}"),
        (0, 1, 31, r"^tile/0/001\.p/40: hash 0 is"),
        (1, 0, 0, r"^tile/1/000\.p/1: hash 0 is"),
    ],
)
async def test_a_byte_flipped_in_a_bundle_or_tile_is_named(broken, level, number, at, sentence):
    where = f"WHERE level = {level} AND number = {number}"
    await broken.change(f"UPDATE log_tiles SET bytes = {FLIP.format('bytes', at)} {where}")
    found = await broken.difference()
    assert found.path in str(found)
    assert says(found, sentence)


@pytest.mark.parametrize(
    ("level", "number", "path"),
    [
        (-1, 0, "tile/entries/000"),
        (-1, 1, "tile/entries/001.p/40"),
        (0, 0, "tile/0/000"),
        (0, 1, "tile/0/001.p/40"),
        (1, 0, "tile/1/000.p/1"),
    ],
)
async def test_a_missing_tile_is_named(broken, level, number, path):
    await broken.change(f"DELETE FROM log_tiles WHERE level = {level} AND number = {number}")
    found = await broken.difference()
    assert (found.kind, found.path) == ("tile", path)
    assert says(found, f"^{re.escape(path)} is missing, expected")


@pytest.mark.parametrize(("level", "number"), [(-1, 2), (0, 2), (1, 1), (2, 0), (0, -1)])
async def test_a_tile_too_many_is_named(broken, level, number):
    await broken.change(
        f"INSERT INTO log_tiles VALUES ('inner', {level}, {number}, 1, decode('00', 'hex'))"
    )
    assert says(await broken.difference(), r"^tile/.* is kept, expected none such of 296 entries")


async def test_a_tile_that_says_another_width_or_holds_more_is_named(broken):
    await broken.change("UPDATE log_tiles SET width = 39 WHERE level = 0 AND number = 1")
    assert says(await broken.difference(), "^tile/0/001.p/40: it is kept with width 39")
    await broken.change("UPDATE log_tiles SET width = 40, bytes = bytes || bytes WHERE level = 1")
    await broken.change("UPDATE log_tiles SET width = 40 WHERE level = 0 AND number = 1")
    await broken.change("UPDATE log_tiles SET width = 1 WHERE level = 1")
    assert says(await broken.difference(), "^tile/1/000.p/1: it has 64 bytes, expected 32")
