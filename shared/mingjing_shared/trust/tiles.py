"""Where the hashes of a log stand: C2SP tlog-tiles. Pure functions.

A tile holds 256 hashes of one of the tree's levels 0, 8, 16 …; at the right edge it is partial.
Beside them stand bundles of 256 entries, each behind its length as two bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.trust.merkle import HASH_BYTES, HashOf, root_of_complete

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WIDTH = 256
HEIGHT = 8
LEVEL_MAX = 63
ENTRIES = -1  # stands for the level of entry bundles

_PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9]\d?)/(?P<index>(?:x\d{3}/)*\d{3})"
    r"(?:\.p/(?P<width>[1-9]\d{0,2}))?",
    re.ASCII,
)


class NoSuchTile(ValueError):
    """A path names no tile."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One tile, or one bundle of entries (level ``ENTRIES``)."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The path below the log's prefix."""
        level = "entries" if self.level == ENTRIES else str(self.level)
        whole = f"tile/{level}/{_grouped(self.index)}"
        return whole if self.width == WIDTH else f"{whole}.p/{self.width}"


def tile_of(path: str) -> Tile:
    """The tile that a path names.

    Raises:
        NoSuchTile: the path is not written exactly as the specification wants it.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        raise NoSuchTile(path)
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    width = int(found["width"] or WIDTH)
    tile = Tile(level, index, width)
    if level > LEVEL_MAX or (found["width"] and width >= WIDTH) or tile.path != path:
        raise NoSuchTile(path)
    return tile


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a tree, of which the last on each level may be partial."""
    if not size:
        return
    yield from _row(ENTRIES, size)
    level, count = 0, size
    while count:
        yield from _row(level, count)
        level, count = level + 1, count // WIDTH


def width_in(size: int, level: int, index: int) -> int:
    """How many hashes a tile holds in a tree of this size; 0: it is not in it."""
    count = size >> (HEIGHT * max(level, 0))
    return max(0, min(WIDTH, count - index * WIDTH))


def tile_with(level: int, index: int) -> tuple[int, int]:
    """Level and index of the tile from which the hash of a complete subtree is made."""
    return level // HEIGHT, (index << level % HEIGHT) // WIDTH


def hashes_from(tiles: Mapping[tuple[int, int], bytes]) -> HashOf:
    """How to find the hash of a complete subtree in tiles, by level and index of each.

    Raises:
        KeyError: (when used) a tile is not there, or too short.
    """

    def hash_of(level: int, index: int) -> bytes:
        place = tile_with(level, index)
        count = 1 << level % HEIGHT
        first = (index * count) % WIDTH
        held = tiles[place][first * HASH_BYTES : (first + count) * HASH_BYTES]
        if len(held) != count * HASH_BYTES:
            raise KeyError(place)
        return root_of_complete(split_hashes(held))

    return hash_of


def split_hashes(held: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [held[at : at + HASH_BYTES] for at in range(0, len(held), HASH_BYTES)]


def entries_in(bundle: bytes) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        ValueError: it does not end where its last entry ends.
    """
    found, at = [], 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2])
        entry = bundle[at + 2 : at + 2 + length]
        if len(bundle) < at + 2 or len(entry) != length:
            raise ValueError("the bundle breaks off within an entry")
        found.append(entry)
        at += 2 + length
    return found


def cut_bundle(bundle: bytes, count: int) -> bytes:
    """The beginning of a bundle, as far as its first entries reach."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries_in(bundle)[:count])


def _row(level: int, count: int) -> Iterator[Tile]:
    whole, rest = divmod(count, WIDTH)
    for index in range(whole):
        yield Tile(level, index)
    if rest:
        yield Tile(level, whole, rest)


def _grouped(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03d}")
    return "/".join(reversed(groups))
