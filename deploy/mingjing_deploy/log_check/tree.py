"""The tree of a log (RFC 6962 §2.1) in tiles (C2SP tlog-tiles), grown leaf by leaf; pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_deploy.log_check.findings import Differs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HASH_BYTES = 32
TILE_WIDTH = 256
ENTRIES = -1  # the level by which bundles of entries stand beside tiles in the database


@dataclass(frozen=True)
class Tile:
    """One tile, or one bundle of entries, as it must be.

    Attributes:
        level: of the tile; -1: a bundle.
        number: which one of its level.
        width: hashes or entries in it.
        content: what it holds.
    """

    level: int
    number: int
    width: int
    content: bytes

    @property
    def path(self) -> str:
        """Where it is served, below the log's prefix."""
        return path_of(self.level, self.number, self.width)

    @property
    def unit(self) -> str:
        """What it holds, in a word."""
        return "entries" if self.level == ENTRIES else "hashes"

    def difference(self, kept: bytes) -> Differs:
        """Say where another content first differs from what this must hold."""
        if self.level == ENTRIES:
            mine, other = len(self.content), len(kept)
            says = (
                f"{self.path}: it has {other} bytes, expected {mine} of its {self.width} entries."
            )
            return Differs("bundle", says, path=self.path)
        for at in range(0, len(self.content), HASH_BYTES):
            wanted, found = self.content[at : at + HASH_BYTES], kept[at : at + HASH_BYTES]
            if wanted != found:
                says = (
                    f"{self.path}: hash {at // HASH_BYTES} is {found.hex() or 'missing'},"
                    f" expected {wanted.hex()}."
                )
                index = self.number * TILE_WIDTH + at // HASH_BYTES if self.level == 0 else None
                return Differs("tile", says, index=index, path=self.path)
        says = f"{self.path}: it has {len(kept)} bytes, expected {len(self.content)}."
        return Differs("tile", says, path=self.path)


def path_of(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """Name a tile or bundle as it is served: ``tile/0/x001/234.p/17``."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03}")
    part = f".p/{width}" if width < TILE_WIDTH else ""
    return f"tile/{'entries' if level == ENTRIES else level}/{'/'.join(groups)}{part}"


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Hash subtrees of one height together; the last may be of a lesser one."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    row = list(hashes)
    while len(row) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + row[at] + row[at + 1]).digest()
            for at in range(0, len(row) - 1, 2)
        ]
        row = pairs + row[len(pairs) * 2 :]
    return row[0]


class Tree:
    """A tree that grows; of each level only the hashes that are in no full tile are kept."""

    def __init__(self) -> None:
        self.size = 0
        self._open: list[list[bytes]] = []
        self._full: list[int] = []

    def add(self, leaf: bytes) -> Iterator[Tile]:
        """Take the next leaf's hash; give the tiles that it filled, lowest first."""
        self.size += 1
        level, rising = 0, leaf
        while True:
            if level == len(self._open):
                self._open.append([])
                self._full.append(0)
            row = self._open[level]
            row.append(rising)
            if len(row) < TILE_WIDTH:
                return
            yield Tile(level, self._full[level], TILE_WIDTH, b"".join(row))
            rising = root_of(row)
            self._full[level] += 1
            row.clear()
            level += 1

    def edge(self) -> list[Tile]:
        """Give the partial tiles of this size, lowest first."""
        return [
            Tile(level, self._full[level], len(row), b"".join(row))
            for level, row in enumerate(self._open)
            if row
        ]

    def root(self) -> bytes:
        """Give the root of this size."""
        below: list[bytes] = []
        for row in self._open:
            whole = row + below
            below = [root_of(whole)] if whole else []
        return below[0] if below else root_of([])

    def counts(self) -> dict[int, int]:
        """Say how many tiles each level has at this size, the partial one included."""
        return {
            level: full + bool(row)
            for level, (row, full) in enumerate(zip(self._open, self._full, strict=True))
        }
