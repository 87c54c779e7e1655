"""Tiles and checkpoints of a service's logs, in its database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.trust.merkle import HASH_BYTES, root, subtrees
from mingjing_shared.trust.tables import LOG_CHECKPOINTS
from mingjing_shared.trust.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    cut_bundle,
    hashes_from,
    tile_with,
    width_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

INNER, PUBLIC = "inner", "public"


async def tiles_at(
    source: Database | Transaction, log: str, places: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], bytes]:
    """Tiles by level and number; one that is not there is not in the answer."""
    wanted = sorted(set(places))
    rows = await source.all(
        "SELECT level, number, bytes FROM log_tiles WHERE log = :log AND (level, number) IN"
        " (SELECT * FROM unnest(CAST(:levels AS smallint[]), CAST(:numbers AS bigint[])))",
        log=log,
        levels=[level for level, _ in wanted],
        numbers=[number for _, number in wanted],
    )
    return {(row.level, row.number): bytes(row.bytes) for row in rows}


async def served_tile(source: Database | Transaction, log: str, tile: Tile) -> bytes | None:
    """A tile as a path names it: the whole one, or the beginning that a partial one was."""
    rows = await source.all(
        "SELECT width, bytes FROM log_tiles"
        " WHERE log = :log AND level = :level AND number = :number",
        log=log,
        level=tile.level,
        number=tile.index,
    )
    if not rows or rows[0].width < tile.width:
        return None
    row = rows[0]
    held = bytes(row.bytes)
    if row.width == tile.width:
        return held
    if tile.level == ENTRIES:
        return cut_bundle(held, tile.width)
    return held[: tile.width * HASH_BYTES]


async def root_at(source: Database | Transaction, log: str, size: int) -> bytes:
    """The root of the tree of so many entries, from the tiles.

    Raises:
        KeyError: a tile that should be there is not.
    """
    places = [tile_with(level, index) for level, index in subtrees(0, size)]
    return root(size, hashes_from(await tiles_at(source, log, places)))


async def size_of(source: Database | Transaction, log: str) -> int:
    """How many entries are in tiles."""
    rows = await source.all("SELECT size FROM log_trees WHERE log = :log", log=log)
    return int(rows[0].size) if rows else 0


async def newest(
    source: Database | Transaction, log: str, *, covered: bool = False
) -> Row[Any] | None:
    """The newest checkpoint that was signed, or that enough witnesses co-signed."""
    rows = await source.all(
        "SELECT size, root, note, witnesses, signed_at, covered_at FROM log_checkpoints"
        " WHERE log = :log AND (NOT :covered OR covered_at IS NOT NULL)"
        " ORDER BY size DESC LIMIT 1",
        log=log,
        covered=covered,
    )
    return rows[0] if rows else None


async def keep_checkpoint(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Keep a checkpoint, and of the older ones only the newest that is covered."""
    await tx.upsert(LOG_CHECKPOINTS, [row])
    await tx.execute(
        "DELETE FROM log_checkpoints WHERE log = :log AND size <"
        " (SELECT max(size) FROM log_checkpoints WHERE log = :log AND covered_at IS NOT NULL)",
        log=row["log"],
    )


async def append_hashes(
    tx: Transaction, log: str, level: int, first: int, hashes: Sequence[bytes]
) -> list[tuple[int, bytes]]:
    """Add hashes to the tiles of a level, from a place on; the tiles that are full by that.

    Raises:
        BrokenTiles: the level does not end where the hashes begin.
    """
    full = []
    at = 0
    while at < len(hashes):
        number, slot = divmod(first + at, WIDTH)
        some = hashes[at : at + WIDTH - slot]
        row = await tx.first(
            "INSERT INTO log_tiles AS t (log, level, number, width, bytes)"
            " VALUES (:log, :level, :number, :width, :bytes) ON CONFLICT (log, level, number)"
            " DO UPDATE SET width = t.width + excluded.width, bytes = t.bytes || excluded.bytes"
            " RETURNING width, bytes",
            log=log,
            level=level,
            number=number,
            width=len(some),
            bytes=b"".join(some),
        )
        if row is None or row.width != slot + len(some):
            raise BrokenTiles(f"level {level}, tile {number}")
        if row.width == WIDTH:
            full.append((number, bytes(row.bytes)))
        at += len(some)
    return full


class BrokenTiles(Exception):
    """Tiles do not hold what they should: nothing more is added to them."""


def expect_width(size: int, level: int, number: int, width: int) -> None:
    """Refuse a tile that does not reach as far as it must in a tree of this size.

    Raises:
        BrokenTiles: it does not.
    """
    if width != width_in(size, level, number):
        raise BrokenTiles(f"level {level}, tile {number}: {width}")
