"""Entries come into tiles: all of them, once, in the order of their places."""

import asyncio

import pytest
from trust.conftest import emit
from trust.test_merkle import naive_root

from mingjing_shared.messaging.commitment import canonical_event, commitment
from mingjing_shared.trust.merkle import leaf_hash
from mingjing_shared.trust.store import INNER, BrokenTiles, root_at, served_tile, size_of
from mingjing_shared.trust.tiles import ENTRIES, Tile, entries_in, tile_of, tiles_of
from mingjing_shared.trust.writing import INNER_CONTENTS, bring_in


async def write(database):
    """Bring everything in that has its place; how many entries."""
    total = 0
    while True:
        async with database.transaction() as tx:
            added = await bring_in(tx, INNER_CONTENTS)
        total += added
        if not added:
            return total


async def entries_of(database, size):
    """All entries as the bundles have them."""
    found = []
    for tile in tiles_of(size):
        if tile.level == ENTRIES:
            found += entries_in(await served_tile(database, INNER, tile))
    return found


@pytest.mark.parametrize("steps", [[1], [3, 2], [255, 1, 1], [256], [300, 300], [1000]])
async def test_the_tiles_say_what_was_emitted(gateway, steps):
    emitted = 0
    for step in steps:
        await emit(gateway, step, emitted)
        emitted += step
        assert await write(gateway) == step
    assert await size_of(gateway, INNER) == emitted
    entries = await entries_of(gateway, emitted)
    rows = await gateway.all(
        "SELECT attributes, value, log_salt, log_digest FROM outbox ORDER BY log_index"
    )
    assert len(entries) == len(rows) == emitted
    for entry, row in zip(entries, rows, strict=True):
        content = canonical_event(row.attributes, bytes(row.value))
        digest = commitment(bytes(row.log_salt), content)
        about = (row.attributes["id"], row.attributes["type"], row.attributes["time"])
        assert entry.decode() == "\n".join([*about, digest.hex()]) + "\n"
    assert await root_at(gateway, INNER, emitted) == naive_root([leaf_hash(e) for e in entries])


async def test_a_partial_tile_is_the_beginning_of_what_came_of_it(gateway):
    await emit(gateway, 5)
    await write(gateway)
    first = [await served_tile(gateway, INNER, tile) for tile in tiles_of(5)]
    await emit(gateway, 300, 5)
    await write(gateway)
    again = [await served_tile(gateway, INNER, tile) for tile in tiles_of(5)]
    assert again == first
    for path in ("tile/0/001.p/50", "tile/0/002.p/1", "tile/2/000", "tile/1/000.p/2"):
        assert await served_tile(gateway, INNER, tile_of(path)) is None
    assert len(await served_tile(gateway, INNER, Tile(0, 1, 49))) == 49 * 32


async def test_two_writers_at_once_add_nothing_twice(gateway):
    await emit(gateway, 700)

    async def add():
        async with gateway.transaction() as tx:
            return await bring_in(tx, INNER_CONTENTS)

    assert sum(await asyncio.gather(*(add() for _ in range(4)))) == 700
    assert await size_of(gateway, INNER) == 700
    assert len(await entries_of(gateway, 700)) == 700


async def test_rows_of_before_the_log_get_their_commitment(gateway):
    await emit(gateway, 3)
    async with gateway.transaction() as tx:
        await tx.execute("UPDATE outbox SET log_salt = NULL, log_digest = NULL")
    assert await write(gateway) == 3
    rows = await gateway.all("SELECT log_salt, log_digest FROM outbox ORDER BY log_index")
    digests = [entry.decode().splitlines()[3] for entry in await entries_of(gateway, 3)]
    assert digests == [bytes(row.log_digest).hex() for row in rows]
    assert len({bytes(row.log_salt) for row in rows}) == 3


async def test_an_entry_that_is_gone_stops_the_writing(gateway):
    await emit(gateway, 3)
    async with gateway.transaction() as tx:
        await tx.execute("DELETE FROM outbox WHERE log_index = 1")
    with pytest.raises(BrokenTiles):
        await write(gateway)
    assert await size_of(gateway, INNER) == 0


async def test_a_tile_that_was_shortened_stops_the_writing(gateway):
    await emit(gateway, 3)
    await write(gateway)
    async with gateway.transaction() as tx:
        await tx.execute("UPDATE log_tiles SET width = 2 WHERE level = 0")
    await emit(gateway, 1, 3)
    with pytest.raises(BrokenTiles):
        await write(gateway)
