"""The public log: built, signed and witnessed inside; its parts go to the portal in bundles."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from mingjing_disclosure.store import delivery
from mingjing_disclosure.store import public_log as entries
from mingjing_disclosure.store.public_log import PUBLIC_CONTENTS
from mingjing_shared.publicity.bundle import emptied_bundle
from mingjing_shared.publicity.content import LogEntry, LogHead, LogTile
from mingjing_shared.trust import store
from mingjing_shared.trust.desk import log_of
from mingjing_shared.trust.tiles import WIDTH, tiles_of

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Collection

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from mingjing_disclosure.settings import PublishingSettings
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.publicity.content import Content, LogPart
    from mingjing_shared.trust.tiles import Tile

LOG = PUBLIC_CONTENTS.log
PORTAL = "portal"
_log = structlog.get_logger()


async def keep_public_log(
    database: Database, settings: PublishingSettings, stop: asyncio.Event
) -> None:
    """Sign the public log and have it witnessed, until told to stop; without a key it waits.

    Raises:
        Misconfigured: its key file is missing or malformed.
    """
    if settings.public_log_key_file == Path():
        _log.warning("no public log is kept", missing="public_log_key_file")
        await stop.wait()
        return
    own = settings.model_copy(
        update={
            "log_key_file": settings.public_log_key_file,
            "log_sm2_key_file": settings.public_log_sm2_key_file,
        }
    )
    await log_of(own, database, PUBLIC_CONTENTS, PORTAL).run(stop, lambda: True)


async def new_parts(tx: Transaction) -> tuple[list[LogPart], int, int]:
    """What the portal lacks of the newest covered head, and from and to which entry it brings."""
    first = await entries.sent(tx)
    head = await store.newest(tx, LOG, covered=True)
    if head is None or head.size <= first:
        return [], first, first
    parts: list[LogPart] = [
        await _part(tx, tile)
        for tile in tiles_of(head.size)
        if tile.index >= first // WIDTH ** (max(tile.level, 0) + 1)
    ]
    parts += [
        LogEntry(
            index=row.number,
            item_id=row.item_id,
            version=row.version,
            salt=bytes(row.log_salt).hex(),
            said=bytes(row.content).decode(),
        )
        for row in await entries.entries_from(tx, first, head.size)
    ]
    return [*parts, LogHead(note=bytes(head.note).decode())], first, head.size


async def empty_erased(tx: Transaction, key: Ed25519PrivateKey) -> int:
    """Take erased entries out of the bundles in which they went; how many."""
    rows = await entries.entries_to_empty(tx)
    for number in sorted({row.bundle for row in rows}):
        gone = {row.number for row in rows if row.bundle == number}
        body = emptied_bundle(await delivery.bundle_body(tx, number), key, _is_one_of(gone))
        await delivery.keep_emptied(tx, number, body, [])
    await entries.note_emptied(tx, [row.number for row in rows])
    return len(rows)


async def _part(tx: Transaction, tile: Tile) -> LogTile:
    held = await store.served_tile(tx, LOG, tile)
    if held is None:
        raise store.BrokenTiles(tile.path)
    body = base64.b64encode(held).decode()
    return LogTile(level=tile.level, number=tile.index, width=tile.width, body=body)


def _is_one_of(gone: Collection[int]) -> Callable[[Content], bool]:
    def is_gone(content: Content) -> bool:
        return isinstance(content, LogEntry) and content.index in gone

    return is_gone
