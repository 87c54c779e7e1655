"""The one-way path: which bundles lie in it, and that no words live on there.

A bundle lies in the folder while the portal has not taken it, or something in it was not seen on
the public page. A portal that was set back to an older state finds again all that came since:
without the words of what was corrected or withdrawn meanwhile, with the tombstones.
"""

from __future__ import annotations

import asyncio
import os
import re
from typing import TYPE_CHECKING

from mingjing_disclosure.acts.public_log import empty_erased
from mingjing_disclosure.store import delivery as store
from mingjing_disclosure.store.item import item_id_of
from mingjing_shared.clock import machine_now
from mingjing_shared.publicity.bundle import emptied_bundle, file_name
from mingjing_shared.publicity.content import Published

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path
    from typing import Any

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.publicity.content import Content

_BUNDLE = re.compile(r"^(\d{12})\.bundle$")
_DRAFT = re.compile(r"^\.\d{12}\.bundle\.\d+$")
_DRAFT_SECONDS_MAX = 600


async def lay_out(database: Database, outbox: Path, bundles: Iterable[Row[Any]]) -> None:
    """Have these bundles (number, length) lie whole in the folder; what is whole is left."""
    for row in bundles:
        file = outbox / file_name(row.number)
        if not await asyncio.to_thread(_is_whole, file, row.length):
            body = await store.bundle_body(database, row.number)
            await asyncio.to_thread(_write_whole, file, body)


async def empty_superseded(database: Database, key: Ed25519PrivateKey) -> int:
    """Take what was corrected, withdrawn or erased out of its bundles; of how many."""
    async with database.transaction() as tx:
        await tx.lock(["bundles"])
        deliveries = await store.deliveries_to_empty(tx)
        for number in sorted({row.bundle for row in deliveries}):
            rows = [row for row in deliveries if row.bundle == number]
            gone = {(item_id_of(row.decision_id), row.version) for row in rows}
            body = emptied_bundle(await store.bundle_body(tx, number), key, _is_one_of(gone))
            await store.keep_emptied(tx, number, body, [row.number for row in rows])
        erased = await empty_erased(tx, key)
    return len(deliveries) + erased


async def clear(database: Database, outbox: Path, taken: int) -> None:
    """Remove the files that nobody needs any more: taken up to ``taken``, and all of it seen."""
    awaited = {row.number for row in await store.open_bundles(database)}
    await asyncio.to_thread(_clear, outbox, taken, awaited)


def _is_one_of(gone: Collection[tuple[str, int]]) -> Callable[[Content], bool]:
    def is_gone(content: Content) -> bool:
        return isinstance(content, Published) and (content.item_id, content.version) in gone

    return is_gone


def _clear(outbox: Path, taken: int, awaited: Collection[int]) -> None:
    now = machine_now().timestamp()
    for file in outbox.iterdir() if outbox.is_dir() else ():
        found = _BUNDLE.match(file.name)
        if found and int(found[1]) <= taken and int(found[1]) not in awaited:
            file.unlink(missing_ok=True)
        elif _DRAFT.match(file.name) and _age_of(file, now) > _DRAFT_SECONDS_MAX:
            file.unlink(missing_ok=True)  # of a process that was killed while it wrote


def _age_of(file: Path, now: float) -> float:
    try:
        return now - file.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _is_whole(file: Path, length: int) -> bool:
    try:
        return file.stat().st_size == length
    except FileNotFoundError:
        return False


def _write_whole(file: Path, body: bytes) -> None:
    """Put a file where it belongs, whole or not at all, also across a power cut."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    with draft.open("wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
