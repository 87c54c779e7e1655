"""What the leak check has looked at, what it said, and what was public before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.rules.leak_check import FREE, EarlierText
from mingjing_disclosure.store.delivery import IN_ONE_BUNDLE_MAX
from mingjing_disclosure.store.work import text_versions

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

EARLIER_MAX = 20


async def unchecked_deliveries(database: Database) -> list[tuple[int, str]]:
    """Number and decision of the first texts that wait for a bundle and were not checked."""
    rows = await database.all(
        "SELECT d.number, d.decision_id FROM deliveries AS d WHERE d.bundle IS NULL"
        " AND d.what <> 'withdraw' AND NOT EXISTS (SELECT FROM steps AS s"
        " WHERE s.decision_id = d.decision_id AND s.act = :free"
        " AND s.counts->>'delivery' = d.number::text) ORDER BY d.number LIMIT :limit",
        free=FREE,
        limit=IN_ONE_BUNDLE_MAX,
    )
    return [(row.number, row.decision_id) for row in rows]


async def has_passed(tx: Transaction, number: int, stands_on: str) -> bool:
    """Whether this delivery was checked and found clean, by what is known of the case now."""
    row = await tx.first(
        "SELECT 1 FROM steps AS s JOIN deliveries AS d ON d.decision_id = s.decision_id"
        " WHERE d.number = :number AND s.act = :free"
        " AND s.counts->>'delivery' = d.number::text AND s.counts->>'stands_on' = :stands_on",
        number=number,
        free=FREE,
        stands_on=stands_on,
    )
    return row is not None


async def earlier_texts(tx: Transaction, item: Row[Any]) -> list[EarlierText]:
    """What the public sees of other decisions in the same case."""
    rows = await tx.all(
        "SELECT i.item_id, p.decision_id, p.public_version FROM items AS i"
        " JOIN publications AS p ON p.decision_id = i.decision_id"
        " WHERE i.case_key = :case_key AND i.decision_id <> :decision_id"
        " AND p.public_version IS NOT NULL AND p.stage <> 'withdrawn'"
        " ORDER BY i.made_on DESC, i.decision_id LIMIT :limit",
        case_key=item.case_key,
        decision_id=item.decision_id,
        limit=EARLIER_MAX,
    )
    found = []
    for row in rows:
        versions = await text_versions(tx, row.decision_id)
        found += [
            EarlierText(f"/items/{row.item_id}", one.body)
            for one in versions
            if one.version == row.public_version
        ]
    return found
