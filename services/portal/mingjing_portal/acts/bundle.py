"""Taking bundles: the next one by number, verified, in one transaction with how far we are.

Only read from the path, never written to. A bundle that does not verify is not taken, nor any
after it; it is looked at again until the right one lies there.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog
from prometheus_client import Gauge

from mingjing_portal.store import item as store
from mingjing_portal.store import log
from mingjing_shared.clock import legal_now
from mingjing_shared.looping import pause
from mingjing_shared.publicity.bundle import (
    BadBundle,
    file_name,
    origin_of,
    read_bundle,
)
from mingjing_shared.publicity.content import LogEntry, LogHead, LogTile, Published, Withdrawn
from mingjing_shared.signing_keys import verifying_key_in
from mingjing_shared.trust.keys import known_keys

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from mingjing_portal.settings import PathSettings
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.publicity.content import Content
    from mingjing_shared.trust.keys import KnownKeys

POLL_SECONDS = 0.5
REFUSED_SECONDS = 5.0
TAKEN = Gauge("mj_portal_bundle_number", "Newest bundle that was taken")
REFUSED = Gauge("mj_portal_bundle_refused", "1 while the next bundle does not verify")
_log = structlog.get_logger()


class Importer:
    """Takes bundles from a folder into the public copy."""

    def __init__(
        self,
        database: Database,
        inbox: Path,
        key: Ed25519PublicKey,
        installation_code: str,
        known: KnownKeys,
    ) -> None:
        self._database = database
        self._inbox = inbox
        self._key = key
        self._known = known
        self._origin = origin_of(installation_code)

    async def take_all(self) -> int:
        """Take every bundle that has arrived, in order; how many were taken.

        Raises:
            BadBundle: the next one does not verify; those before it stand.
        """
        taken = 0
        while await self._take_next():
            taken += 1
        return taken

    async def _take_next(self) -> bool:
        number, _before = await store.head(self._database)
        raw = await asyncio.to_thread(_read, self._inbox / file_name(number + 1))
        if raw is None:
            return False
        async with self._database.transaction() as tx:
            await tx.lock(["bundle_head"])
            held, before = await store.head(tx)
            if held != number:
                return True  # another process took it meanwhile
            bundle = read_bundle(raw, self._key, self._origin, number + 1, before)
            now = legal_now()
            for content in bundle.contents:
                await self._take(tx, content, now)
            await store.move_head(tx, bundle.number, bundle.digest, now)
        TAKEN.set(number + 1)
        return True

    async def _take(self, tx: Transaction, content: Content, now: datetime) -> None:
        """Take one thing of a bundle into the public copy.

        Raises:
            BadBundle: the log in it does not go on from the one that is shown.
        """
        match content:
            case Published():
                await store.put_published(tx, content, now)
            case Withdrawn():
                await store.put_withdrawn(tx, content, now)
                if content.generic:
                    await log.forget_entries(tx, content.item_id)
            case LogTile():
                await log.put_tile(tx, content)
            case LogEntry():
                await log.put_entry(tx, content)
            case LogHead():
                await log.put_head(tx, content, self._known, self._origin)


def importer_of(database: Database, settings: PathSettings) -> Importer | None:
    """The importer, where the path is set up.

    Raises:
        Misconfigured: the key file is missing or malformed.
    """
    if settings.bundle_inbox is None or settings.bundle_public_file is None:
        return None
    key = verifying_key_in(settings.bundle_public_file)
    known = known_keys(settings.log_keys_file)
    return Importer(database, settings.bundle_inbox, key, settings.installation_code, known)


async def keep_taking(importer: Importer | None, stop: asyncio.Event) -> None:
    """Take bundles until told to stop. No trouble ends it: the pages are served all the while."""
    if importer is None:
        _log.warning("no bundles are taken", missing="bundle_inbox or bundle_public_file")
        return
    while not stop.is_set():
        seconds = POLL_SECONDS
        try:
            await importer.take_all()
            REFUSED.set(0)
        except BadBundle as error:
            REFUSED.set(1)
            _log.error("a bundle is refused", fault=error.fault)
            seconds = REFUSED_SECONDS
        except Exception as error:  # noqa: BLE001 - the process's edge: the pages must go on
            _log.warning("bundles wait", error=type(error).__name__)
            seconds = REFUSED_SECONDS
        await pause(stop, seconds)


def _read(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
