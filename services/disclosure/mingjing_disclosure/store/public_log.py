"""What the public log says: one entry for each publication, correction and withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import uuid_utils.compat

from mingjing_disclosure.tables import PUBLIC_ENTRIES
from mingjing_shared.clock import legal_now, machine_now
from mingjing_shared.messaging.commitment import canonical_note, commitment, new_salt
from mingjing_shared.trust.proving import Logged
from mingjing_shared.trust.writing import Contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

PUBLIC_CONTENTS = Contents(
    log="public",
    entries=(
        "SELECT number, convert_to(id::text || E'\\n' || type || E'\\n' || time || E'\\n'"
        " || encode(log_digest, 'hex') || E'\\n', 'UTF8') AS entry FROM public_entries"
        " WHERE number >= :low AND number < :high"
    ),
    end="SELECT coalesce(max(number) + 1, 0) AS size FROM public_entries",
)
SOURCE = "/mingjing/portal"
EMPTIED_AT_ONCE_MAX = 200


@dataclass(frozen=True, slots=True)
class PublicWord:
    """What is said of an item: nothing that its public page does not say."""

    what: str
    item_id: str
    version: int
    data: dict[str, Any]


async def add_entry(tx: Transaction, word: PublicWord) -> None:
    """Say it in the public log, in the transaction in which it was seen to be public."""
    await tx.lock(["public_entries"])
    last = await tx.first("SELECT coalesce(max(number) + 1, 0) AS number FROM public_entries")
    entry_id = uuid_utils.compat.uuid7()
    event = {
        "specversion": "1.0",
        "id": str(entry_id),
        "source": SOURCE,
        "type": f"cn.mingjing.public.{word.what}",
        "subject": word.item_id,
        "time": legal_now().isoformat(),
        "data": {"item_id": word.item_id, "version": word.version, **word.data},
    }
    content, salt = canonical_note(event), new_salt()
    row = {
        "number": last.number if last else 0,
        "id": entry_id,
        "type": event["type"],
        "time": event["time"],
        "item_id": word.item_id,
        "version": word.version,
        "content": content,
        "log_salt": salt,
        "log_digest": commitment(salt, content),
    }
    await tx.insert(PUBLIC_ENTRIES, [row])


async def words_of(tx: Transaction, item_id: str) -> list[dict[str, Any]]:
    """What the public log says of an item or a draw, oldest first; erased words are not in it."""
    await tx.lock(["public_entries"])
    rows = await tx.all(
        "SELECT content FROM public_entries WHERE item_id = :id AND content IS NOT NULL"
        " ORDER BY number",
        id=item_id,
    )
    return [orjson.loads(bytes(row.content)) for row in rows]


async def logged_word(source: Database | Transaction, item_id: str, version: int) -> Logged | None:
    """What is logged of an item or a draw under this version; nothing: it is not, or was erased."""
    rows = await source.all(
        "SELECT number, log_salt, content FROM public_entries"
        " WHERE item_id = :id AND version = :version AND content IS NOT NULL",
        id=item_id,
        version=version,
    )
    return Logged(rows[0].number, bytes(rows[0].log_salt), bytes(rows[0].content)) if rows else None


async def erase_entries(tx: Transaction, item_id: str) -> None:
    """Let nobody confirm any more what was said of an item; the log stays as it is."""
    await tx.execute(
        "UPDATE public_entries SET log_salt = NULL, content = NULL WHERE item_id = :id", id=item_id
    )


async def entries_from(tx: Transaction, first: int, end: int) -> Sequence[Row[Any]]:
    """Entries from a place to before another, those that were erased left out."""
    return await tx.all(
        "SELECT number, item_id, version, content, log_salt FROM public_entries"
        " WHERE number >= :first AND number < :end AND content IS NOT NULL ORDER BY number",
        first=first,
        end=end,
    )


async def sent(tx: Transaction) -> int:
    """How many entries went out."""
    row = await tx.first("SELECT size FROM public_log_sent FOR UPDATE")
    return int(row.size) if row else 0


async def note_sent(tx: Transaction, first: int, size: int, bundle: int) -> None:
    """So many have gone out now, the new ones with this bundle."""
    await tx.execute("UPDATE public_log_sent SET size = :size", size=size)
    await tx.execute(
        "UPDATE public_entries SET bundle = :bundle WHERE number >= :first AND number < :size",
        bundle=bundle,
        first=first,
        size=size,
    )


async def entries_to_empty(tx: Transaction) -> Sequence[Row[Any]]:
    """Erased entries that still stand in their bundle."""
    return await tx.all(
        "SELECT number, bundle FROM public_entries WHERE content IS NULL AND bundle IS NOT NULL"
        " AND emptied_at IS NULL ORDER BY number LIMIT :limit",
        limit=EMPTIED_AT_ONCE_MAX,
    )


async def note_emptied(tx: Transaction, numbers: Sequence[int]) -> None:
    """These stand in no bundle any more."""
    await tx.execute(
        "UPDATE public_entries SET emptied_at = :now"
        " WHERE number = ANY(CAST(:numbers AS bigint[]))",
        now=machine_now(),
        numbers=list(numbers),
    )
