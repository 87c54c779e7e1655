"""The check of one log: all of it derived again from the rows, and compared with what is there.

The order is fixed, so that the first thing named is the first: signed heads, then the log from its
first entry on (each row, its bundle, the tiles that it fills), the tiles at the right edge, the
roots, what is served, and last the rows that have no place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_deploy.log_check.entries import bundle_of, entries_in
from mingjing_deploy.log_check.findings import Differs
from mingjing_deploy.log_check.heads import COVERED_BY, Head, read_head
from mingjing_deploy.log_check.places import derived
from mingjing_deploy.log_check.served import NOT_THERE
from mingjing_deploy.log_check.tree import ENTRIES, TILE_WIDTH, Tile, Tree, leaf_hash, path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_deploy.log_check.database import Row, Snapshot
    from mingjing_deploy.log_check.heads import Keys
    from mingjing_deploy.log_check.served import Served

SERVED = "the checkpoint served"


@dataclass(frozen=True)
class Result:
    """What was found sound.

    Attributes:
        entries: places given.
        unlinkable: entries whose salt was erased.
        tiles: tiles and bundles compared.
        size: of the newest signed head; none when nothing was signed yet.
        witnesses: who co-signed it.
        signed_by: by which algorithms the log itself signed it.
        served: size of the head that is served; none when nothing is.
    """

    entries: int
    unlinkable: int
    tiles: int
    size: int | None
    witnesses: tuple[str, ...]
    served: int | None
    signed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class At:
    """What the tree is at a size that somebody signed."""

    root: bytes
    edge: list[Tile]


@dataclass
class Checked:
    """How far a check got."""

    tree: Tree = field(default_factory=Tree)
    open_bundle: list[bytes] = field(default_factory=list)
    at: dict[int, At] = field(default_factory=dict)
    unlinkable: int = 0
    tiles: int = 0


class LogCheck:
    """One check of one log."""

    def __init__(self, snapshot: Snapshot, origin: str, keys: Keys) -> None:
        self._snapshot = snapshot
        self._origin = origin
        self._keys = keys
        self._done = Checked()
        self._signed: dict[str, Head] = {}
        self._sizes: set[int] = set()

    async def run(
        self,
        served: Served | None = None,
        note: bytes | None = None,
        witnessed: Mapping[str, tuple[int, bytes]] | None = None,
    ) -> Result:
        """Check everything; what is said to be sound was seen in full.

        ``note`` is what ``served`` gave as head before the snapshot was taken; ``witnessed``, size
        and root that each other service had co-signed before.

        Raises:
            Differs: the first thing that does.
            CannotCheck: the database or the service went away.
        """
        head = await self._snapshot.head()
        size, tiled = head["size"], head["tiled"]
        if tiled > size:
            raise Differs("tiles", f"tiles reach {tiled} entries, only {size} places were given.")
        newest = await self._heads(tiled)
        if note == NOT_THERE and newest is not None:
            says = f"no checkpoint is served, expected one of up to {newest.size} entries."
            raise Differs("served", says)
        if note:
            self._signed[SERVED] = self._head(note, tiled, SERVED)
        self._books(witnessed or {}, tiled)
        self._sizes = {head.size for head in self._signed.values()}
        self._remember()
        for first in range(0, size, TILE_WIDTH):
            await self._batch(first, min(first + TILE_WIDTH, size), tiled)
        await self._edge(tiled)
        self._roots()
        if served is not None and note:
            await self._served(served)
        await self._rows_without_place(size, head["stopped"])
        return Result(
            entries=size,
            unlinkable=self._done.unlinkable,
            tiles=self._done.tiles,
            size=newest.size if newest else None,
            witnesses=tuple(sorted(newest.witnesses)) if newest else (),
            served=self._signed[SERVED].size if note else None,
            signed_by=newest.signed_by if newest else (),
        )

    async def _heads(self, tiled: int) -> Head | None:
        """Read every signed head that is kept; the newest."""
        newest = None
        for row in await self._snapshot.checkpoints():
            where = f"checkpoint of size {row['size']}"
            newest = self._head(row["note"], tiled, where)
            if (newest.size, newest.root) != (row["size"], row["root"]):
                says = (
                    f"{where}: its note says size {newest.size} and root {newest.root.hex()},"
                    f" expected {row['size']} and {row['root'].hex()} as its columns say."
                )
                raise Differs("checkpoint", says)
            wanted = max(row["witnesses"], COVERED_BY if row["covered_at"] else 0)
            if len(newest.witnesses) < wanted:
                says = (
                    f"{where}: {len(newest.witnesses)} witnesses co-signed it,"
                    f" expected {wanted} as its columns say."
                )
                raise Differs("witnesses", says)
            self._signed[where] = newest
        return newest

    def _head(self, note: bytes, tiled: int, where: str) -> Head:
        head = read_head(note, self._origin, self._keys, where=where)
        if head.size > tiled:
            says = f"{where}: it is of {head.size} entries, the database holds {tiled} in tiles."
            raise Differs("checkpoint", says)
        return head

    def _books(self, witnessed: Mapping[str, tuple[int, bytes]], tiled: int) -> None:
        """Have what the witnesses remember compared too: a log that began anew forgets them."""
        for service, (size, root) in witnessed.items():
            if size > tiled:
                says = (
                    f"{service} co-signed a head of {size} entries, the database holds {tiled}"
                    " in tiles: the log was rolled back."
                )
                raise Differs("witnesses", says)
            where = f"the head of size {size} that {service} co-signed"
            self._signed[where] = Head(size, root, frozenset())

    async def _batch(self, first: int, end: int, tiled: int) -> None:
        """Check the rows of one bundle, the bundle, and the tiles that it fills."""
        number = first // TILE_WIDTH
        width = max(min(end, tiled) - first, 0)
        path = path_of(ENTRIES, number, width)
        kept = await self._snapshot.tile(ENTRIES, number) if width else None
        logged = entries_in(kept[1])[:width] if kept else []
        rows = await derived(self._snapshot, first, end, logged, path)
        self._done.unlinkable += sum(not row.is_linkable for row in rows)
        entries = [row.entry for row in rows[:width]]
        if entries:
            self._same(Tile(ENTRIES, number, width, bundle_of(entries)), kept)
        for entry in entries:
            self._done.open_bundle.append(entry)
            for tile in self._done.tree.add(leaf_hash(entry)):
                self._same(tile, await self._snapshot.tile(tile.level, tile.number))
            self._remember()
        if width == TILE_WIDTH:
            self._done.open_bundle.clear()

    def _remember(self) -> None:
        """Keep what the tree is now, if a head of this size was signed."""
        tree, bundle = self._done.tree, self._done.open_bundle
        if tree.size not in self._sizes:
            return
        edge = tree.edge()
        if 0 < len(bundle) < TILE_WIDTH:
            number = tree.size // TILE_WIDTH
            edge.insert(0, Tile(ENTRIES, number, len(bundle), bundle_of(bundle)))
        self._done.at[tree.size] = At(tree.root(), edge)

    async def _edge(self, tiled: int) -> None:
        """Check the partial tiles, and that nothing is kept beyond them."""
        for tile in self._done.tree.edge():
            self._same(tile, await self._snapshot.tile(tile.level, tile.number))
        bundles = -(-tiled // TILE_WIDTH)
        stray = await self._snapshot.stray_tile({ENTRIES: bundles, **self._done.tree.counts()})
        if stray is not None:
            path = path_of(stray["level"], stray["number"], stray["width"])
            says = f"{path} is kept, expected none such of {tiled} entries."
            raise Differs("tile", says, path=path)

    def _same(self, tile: Tile, kept: tuple[int, bytes] | None) -> None:
        """Compare a tile with the one that is kept.

        Raises:
            Differs: it is missing, or another.
        """
        if kept is None:
            says = f"{tile.path} is missing, expected {tile.width} {tile.unit}."
            raise Differs("tile", says, path=tile.path)
        width, content = kept
        if width != tile.width:
            says = f"{tile.path}: it is kept with width {width}, expected {tile.width}."
            raise Differs("tile", says, path=tile.path)
        if content != tile.content:
            raise tile.difference(content)
        self._done.tiles += 1

    def _roots(self) -> None:
        for where, head in self._signed.items():
            if (root := self._done.at[head.size].root) != head.root:
                says = (
                    f"{where}: its root is {head.root.hex()}, expected {root.hex()} of the entries."
                )
                raise Differs("root", says)

    async def _served(self, served: Served) -> None:
        """Compare the tiles at the right edge with those that are served."""
        for tile in self._done.at[self._signed[SERVED].size].edge:
            content = await served.tile(tile.level, tile.number, tile.width)
            if content is None:
                says = (
                    f"{served.prefix}/{tile.path} is not served, expected {tile.width} {tile.unit}."
                )
                raise Differs("served", says, path=tile.path)
            if content[: len(tile.content)] != tile.content:
                says = f"{served.prefix}/{tile.path} is not what the database gives."
                raise Differs("served", says, path=tile.path)

    async def _rows_without_place(self, size: int, stopped: str | None) -> None:
        """Look for what must have a place and has none, and for what is out of order."""
        ask = self._snapshot
        if row := await ask.beyond(size):
            says = (
                f"{row['what']} row {row['id']}: its place is {row['log_index']},"
                f" only {size} places were given."
            )
            raise Differs("place", says, index=row["log_index"], row=_named(row))
        if row := await ask.audit_without_note():
            says = f"audit row {row['id']} (number {row['number']}) has no row of log_notes."
            raise Differs("audit", says, row=_named(row))
        if row := await ask.note_without_audit():
            says = f"log_notes row {row['id']} stands for no row of the audit."
            raise Differs("audit", says, row=_named(row))
        if row := await ask.sent_without_place():
            says = f"outbox row {row['id']} was sent and has no place in the log."
            raise Differs("place", says, row=_named(row))
        if row := await ask.audit_out_of_order():
            says = (
                f"audit row {row['id']} (number {row['number']}) is of {row['at'].isoformat()},"
                f" a row before it of {row['before'].isoformat()}: expected in order, to a minute."
            )
            raise Differs("time", says, row=_named(row))
        if stopped is not None:
            raise Differs("stopped", f"the log gives no more places: {stopped}.")


def _named(row: Mapping[str, object] | Row) -> str:
    return str(row["id"])
