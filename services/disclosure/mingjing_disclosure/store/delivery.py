"""What was approved for the public: on its way, in which bundle, whether it was seen to arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_disclosure.errors import TextRefused
from mingjing_disclosure.tables import BUNDLES, DELIVERIES
from mingjing_shared.clock import legal_now, machine_now
from mingjing_shared.publicity.bundle import FIRST_BEFORE
from mingjing_shared.publicity.content import Item

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

IN_ONE_BUNDLE_MAX = 200
LOOKED_FOR_AT_ONCE_MAX = 100
LAID_OUT_AT_ONCE_MAX = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that was approved for the public."""

    number: int
    decision_id: str
    version: int
    what: str
    content: Item
    bundle: int | None
    made_from: Mapping[str, Any] | None = None


async def add_delivery(
    tx: Transaction,
    decision_id: str,
    version: int,
    what: str,
    content: Item,
    *,
    made_from: Mapping[str, Any] | None = None,
) -> None:
    """Have the worker bring this to the public; ``made_from`` is what a text stands on.

    Raises:
        TextRefused: it is longer than the public page takes; stored, it would stop all that waits.
    """
    told = msgspec.to_builtins(content)
    try:
        msgspec.convert(told, Item, strict=False)
    except msgspec.ValidationError as error:
        raise TextRefused(
            f"公开内容不合公众页面的格式：{error}。", "请缩短超长的内容后再办理。"
        ) from error
    await tx.insert(
        DELIVERIES,
        [
            {
                "decision_id": decision_id,
                "version": version,
                "what": what,
                "content": told,
                "made_from": made_from,
                "made_at": legal_now(),
            }
        ],
    )


async def cancel_waiting(tx: Transaction, decision_id: str) -> bool:
    """Take back what was approved but is in no bundle yet; whether there was something."""
    return bool(
        await tx.execute(
            "DELETE FROM deliveries WHERE decision_id = :id AND bundle IS NULL", id=decision_id
        )
    )


async def waiting_deliveries(tx: Transaction) -> list[Delivery]:
    """The first deliveries that are in no bundle yet, locked: their decisions, then the rows."""
    first = await tx.all(
        "SELECT number, decision_id FROM deliveries WHERE bundle IS NULL"
        " ORDER BY number LIMIT :limit",
        limit=IN_ONE_BUNDLE_MAX,
    )
    await tx.lock(f"decision/{row.decision_id}" for row in first)
    rows = await tx.all(
        "SELECT * FROM deliveries WHERE bundle IS NULL AND number = ANY(CAST(:numbers AS bigint[]))"
        " ORDER BY number FOR UPDATE",
        numbers=[row.number for row in first],
    )
    return [_delivery(row) for row in rows]


async def handed_over(tx: Transaction, decision_ids: Collection[str]) -> set[str]:
    """Those of these decisions of which a text is in a bundle that nobody can call back."""
    if not decision_ids:
        return set()
    rows = await tx.all(
        "SELECT DISTINCT decision_id FROM deliveries WHERE bundle IS NOT NULL AND seen_at IS NULL"
        " AND what <> 'withdraw' AND decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(decision_ids),
    )
    return {row.decision_id for row in rows}


async def waiting_delivery(tx: Transaction, number: int) -> Delivery | None:
    """A delivery that is in no bundle yet; nothing when it left, or was taken back."""
    row = await tx.first(
        "SELECT * FROM deliveries WHERE number = :number AND bundle IS NULL", number=number
    )
    return None if row is None else _delivery(row)


async def last_bundle(tx: Transaction) -> tuple[int, str]:
    """Number and digest of the newest bundle; those before the first when there is none."""
    row = await tx.first("SELECT number, digest FROM bundles ORDER BY number DESC LIMIT 1")
    return (0, FIRST_BEFORE) if row is None else (row.number, row.digest)


async def keep_bundle(
    tx: Transaction, number: int, digest: str, body: bytes, deliveries: Sequence[Delivery]
) -> None:
    """Write a signed bundle, and which deliveries went with it, as they are dated in it."""
    await tx.insert(
        BUNDLES, [{"number": number, "digest": digest, "body": body, "made_at": legal_now()}]
    )
    for delivery in deliveries:
        await tx.execute(
            "UPDATE deliveries SET bundle = :bundle, content = CAST(:content AS jsonb)"
            " WHERE number = :number",
            bundle=number,
            content=msgspec.json.encode(delivery.content).decode(),
            number=delivery.number,
        )


async def open_bundles(database: Database) -> Sequence[Row[Any]]:
    """Number and length of every bundle of which something was not seen public yet."""
    return await database.all(
        "SELECT number, octet_length(body) AS length FROM bundles WHERE number IN"
        " (SELECT bundle FROM deliveries WHERE seen_at IS NULL AND bundle IS NOT NULL)"
        " ORDER BY number"
    )


async def bundles_after(database: Database, number: int) -> Sequence[Row[Any]]:
    """Number and length of the next bundles after this one, not more than lie there at once."""
    return await database.all(
        "SELECT number, octet_length(body) AS length FROM bundles WHERE number > :number"
        " ORDER BY number LIMIT :limit",
        number=number,
        limit=LAID_OUT_AT_ONCE_MAX,
    )


async def forget_earlier(tx: Transaction, delivery: Delivery) -> None:
    """The words that this delivery replaces are kept here no longer, nor in their bundles."""
    await tx.execute(
        "UPDATE deliveries SET content = NULL WHERE decision_id = :id AND number < :number"
        " AND seen_at IS NOT NULL AND bundle IS NOT NULL AND what <> 'withdraw'",
        id=delivery.decision_id,
        number=delivery.number,
    )


async def deliveries_to_empty(tx: Transaction) -> Sequence[Row[Any]]:
    """Deliveries whose words are gone here and still in their bundle: decision, version, bundle."""
    return await tx.all(
        "SELECT number, decision_id, version, bundle FROM deliveries"
        " WHERE content IS NULL AND emptied_at IS NULL ORDER BY number LIMIT :limit",
        limit=LOOKED_FOR_AT_ONCE_MAX,
    )


async def keep_emptied(
    tx: Transaction, number: int, body: bytes, deliveries: Sequence[int]
) -> None:
    """Write a bundle without the words of these deliveries."""
    await tx.execute(
        "UPDATE bundles SET body = :body WHERE number = :number", body=body, number=number
    )
    await tx.execute(
        "UPDATE deliveries SET emptied_at = :now WHERE number = ANY(CAST(:numbers AS bigint[]))",
        now=machine_now(),
        numbers=list(deliveries),
    )


async def bundle_body(source: Database | Transaction, number: int) -> bytes:
    """The signed bytes of a bundle."""
    rows = await source.all("SELECT body FROM bundles WHERE number = :number", number=number)
    return bytes(rows[0].body)


async def unseen_deliveries(database: Database) -> list[Delivery]:
    """What was handed over and not seen public yet, oldest first."""
    rows = await database.all(
        "SELECT * FROM deliveries WHERE seen_at IS NULL AND bundle IS NOT NULL"
        " ORDER BY number LIMIT :limit",
        limit=LOOKED_FOR_AT_ONCE_MAX,
    )
    return [_delivery(row) for row in rows]


async def claim_unseen(tx: Transaction, number: int) -> bool:
    """Mark a delivery as seen; whether this transaction was the first to do so."""
    return bool(
        await tx.execute(
            "UPDATE deliveries SET seen_at = :now, tried_at = :machine, trouble = NULL"
            " WHERE number = :number AND seen_at IS NULL",
            now=legal_now(),
            machine=machine_now(),
            number=number,
        )
    )


async def settle_earlier(tx: Transaction, delivery: Delivery) -> None:
    """What went before a withdrawal and was not seen in time will never be: it is settled too."""
    await tx.execute(
        "UPDATE deliveries SET seen_at = :now, trouble = '已被随后的撤回取代。'"
        " WHERE decision_id = :id AND number < :number AND seen_at IS NULL",
        now=legal_now(),
        id=delivery.decision_id,
        number=delivery.number,
    )


async def note_trouble(tx: Transaction, number: int, trouble: str) -> None:
    """Say on the item's page why it is not public yet."""
    await tx.execute(
        "UPDATE deliveries SET trouble = :trouble, tried_at = :now WHERE number = :number",
        trouble=trouble,
        now=machine_now(),
        number=number,
    )


async def last_delivery(tx: Transaction, decision_id: str) -> Row[Any] | None:
    """The newest delivery of a decision."""
    return await tx.first(
        "SELECT * FROM deliveries WHERE decision_id = :id ORDER BY number DESC LIMIT 1",
        id=decision_id,
    )


def _delivery(row: Row[Any]) -> Delivery:
    content: Item = msgspec.convert(row.content, Item, strict=False)
    return Delivery(
        row.number, row.decision_id, row.version, row.what, content, row.bundle, row.made_from
    )
