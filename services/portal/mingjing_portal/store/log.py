"""The public log as it came in bundles: it only ever grows, whatever a bundle says."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from mingjing_portal.tables import PUBLIC_LOG_ENTRIES
from mingjing_shared.clock import machine_now
from mingjing_shared.publicity.bundle import BadBundle
from mingjing_shared.trust import store
from mingjing_shared.trust.checkpoint import checkpoint_of
from mingjing_shared.trust.keys import WITNESSES_MIN
from mingjing_shared.trust.note import BadNote, note_of, signed_by
from mingjing_shared.trust.proving import Logged
from mingjing_shared.trust.signing import LogKey, WitnessKey
from mingjing_shared.trust.store import PUBLIC
from mingjing_shared.trust.tables import LOG_TILES

if TYPE_CHECKING:
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.publicity.content import LogEntry, LogHead, LogTile
    from mingjing_shared.trust.keys import KnownKeys


async def put_tile(tx: Transaction, tile: LogTile) -> None:
    """Keep a tile that is new, or goes on from what is held of it.

    Raises:
        BadBundle: it says something else than what is held: what is public is not written over.
    """
    try:
        body = base64.b64decode(tile.body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadBundle("content", "a tile is not base64") from error
    held = await store.tiles_at(tx, PUBLIC, [(tile.level, tile.number)])
    before = held.get((tile.level, tile.number), b"")
    if before.startswith(body):
        return
    if not body.startswith(before):
        raise BadBundle("content", f"tile {tile.level}/{tile.number} is not what it was")
    row = {
        "log": PUBLIC,
        "level": tile.level,
        "number": tile.number,
        "width": tile.width,
        "bytes": body,
    }
    await tx.upsert(LOG_TILES, [row])


async def put_entry(tx: Transaction, entry: LogEntry) -> None:
    """Keep what an entry says, for receipts."""
    row = {
        "number": entry.index,
        "item_id": entry.item_id,
        "version": entry.version,
        "salt": bytes.fromhex(entry.salt),
        "content": entry.said.encode(),
    }
    await tx.insert_new(PUBLIC_LOG_ENTRIES, [row])


async def forget_entries(tx: Transaction, item_id: str) -> None:
    """Keep nothing any more of what the log said of an item: it was sealed."""
    await tx.execute("DELETE FROM public_log_entries WHERE item_id = :id", id=item_id)


async def put_head(tx: Transaction, head: LogHead, known: KnownKeys, origin: str) -> None:
    """Show this head, when the tiles are its own and enough witnesses vouch for it.

    An older one than what is shown is passed over.

    Raises:
        BadBundle: it does not fit the tiles, or is not signed as it must be.
    """
    try:
        note = note_of(head.note.encode())
        said = checkpoint_of(note.text)
        signers = signed_by(note, known.verifiers)
    except BadNote as error:
        raise BadBundle("content", f"a head of the log: {error}") from error
    witnesses = {key.name for key in signers if isinstance(key, WitnessKey)}
    is_signed = any(isinstance(key, LogKey) and key.name == origin for key in signers)
    if said.origin != origin or not is_signed or len(witnesses) < WITNESSES_MIN:
        raise BadBundle("content", "a head of the log is not signed by it and its witnesses")
    shown = await store.newest(tx, PUBLIC)
    if shown is not None and shown.size >= said.size:
        if shown.size == said.size and bytes(shown.root) != said.root:
            raise BadBundle("content", "the log shows two heads of one size")
        return
    try:
        if await store.root_at(tx, PUBLIC, said.size) != said.root:
            raise BadBundle("content", "a head of the log does not fit its tiles")
    except KeyError as error:
        raise BadBundle("content", "tiles of the log are missing") from error
    now = machine_now()
    await store.keep_checkpoint(
        tx,
        {
            "log": PUBLIC,
            "size": said.size,
            "root": said.root,
            "note": note.raw,
            "witnesses": len(witnesses),
            "signed_at": now,
            "covered_at": now,
        },
    )


async def entry_of(
    source: Database | Transaction, item_id: str, version: int | None = None
) -> Logged | None:
    """What the log says of an item: of its newest word, or of one version of it."""
    rows = await source.all(
        "SELECT number, salt, content FROM public_log_entries WHERE item_id = :id"
        " AND (CAST(:version AS integer) IS NULL OR version = :version)"
        " ORDER BY number DESC LIMIT 1",
        id=item_id,
        version=version,
    )
    if not rows:
        return None
    row = rows[0]
    return Logged(row.number, bytes(row.salt), bytes(row.content))


async def item_with_hash(source: Database | Transaction, start: str) -> str | None:
    """The item whose public text has a digest that begins so."""
    rows = await source.all(
        "SELECT item_id FROM public_items WHERE text_sha256 LIKE :start || '%' LIMIT 2",
        start=start,
    )
    return rows[0].item_id if len(rows) == 1 else None
