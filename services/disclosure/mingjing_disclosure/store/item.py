"""Items: what must be public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_disclosure.tables import DECISION_FACTS, ITEMS
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction

_ITEM_IDS = uuid_utils.UUID("f2d3c1f4-4f4e-58f1-9f4b-2b7f0c7a3a55")


def item_id_of(decision_id: str) -> str:
    """The id of a decision's publication: one decision, one item."""
    return str(uuid_utils.uuid5(_ITEM_IDS, decision_id))


async def decisions_that_hold(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds for each decision."""
    return await holding(tx, DECISION_FACTS, "decision_id", decision_ids)


async def last_told(tx: Transaction, decision_ids: Collection[str]) -> dict[str, Row[Any]]:
    """The newest fact of each decision, whether it still holds or was corrected away."""
    if not decision_ids:
        return {}
    rows = await tx.all(
        "SELECT DISTINCT ON (decision_id) * FROM decision_facts"
        " WHERE decision_id = ANY(CAST(:ids AS text[]))"
        " ORDER BY decision_id, happened_at DESC, event_id DESC, source DESC",
        ids=sorted(decision_ids),
    )
    return {row.decision_id: row for row in rows}


async def decisions_of_cases(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """The decisions whose standing depends on these cases."""
    rows = await tx.all(
        "SELECT DISTINCT decision_id FROM decision_facts"
        " WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.decision_id for row in rows}


async def items(tx: Transaction, decision_ids: Collection[str]) -> dict[str, Row[Any]]:
    """The items of these decisions, as they stand."""
    if not decision_ids:
        return {}
    rows = await tx.all(
        "SELECT * FROM items WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: row for row in rows}


async def keep_items(
    tx: Transaction, new: Sequence[dict[str, Any]], changed: Sequence[dict[str, Any]]
) -> None:
    """Write items as they now stand."""
    await tx.insert(ITEMS, new)
    await tx.upsert(ITEMS, changed)


async def item_of(tx: Transaction, item_id: str) -> Row[Any] | None:
    """One item, as it stands."""
    return await tx.first("SELECT * FROM items WHERE item_id = :id", id=item_id)


async def remove_items(tx: Transaction, decision_ids: Sequence[str]) -> None:
    """Take away items of decisions of which no fact holds any more."""
    if decision_ids:
        await tx.execute(
            "DELETE FROM items WHERE decision_id = ANY(CAST(:ids AS text[]))",
            ids=list(decision_ids),
        )


async def mark_overdue(
    tx: Transaction, terms: Sequence[tuple[str, date]], now: datetime
) -> Sequence[Row[Any]]:
    """Note, and give, the items that were still not public when these days of theirs ended."""
    return await tx.all(
        "UPDATE items SET overdue_at = :now FROM unnest(CAST(:ids AS text[]),"
        " CAST(:days AS date[])) AS term(id, day)"
        " WHERE decision_id = term.id AND due_on = term.day"
        " AND standing = 'due' AND NOT provisional AND overdue_at IS NULL"
        " AND NOT EXISTS (SELECT FROM publications AS p WHERE p.decision_id = items.decision_id"
        " AND p.first_public_at IS NOT NULL) RETURNING items.*",
        **_terms(terms),
        now=now,
    )


async def mark_late_withdrawals(
    tx: Transaction, terms: Sequence[tuple[str, date]], now: datetime
) -> None:
    """Note that these items were still public when the day for withdrawing them ended."""
    await tx.execute(
        "UPDATE items SET withdraw_overdue_at = :now FROM unnest(CAST(:ids AS text[]),"
        " CAST(:days AS date[])) AS term(id, day)"
        " WHERE decision_id = term.id AND withdraw_by = term.day"
        " AND must_withdraw AND withdraw_overdue_at IS NULL",
        **_terms(terms),
        now=now,
    )


def _terms(terms: Sequence[tuple[str, date]]) -> dict[str, Any]:
    return {
        "ids": [decision_id for decision_id, _day in terms],
        "days": [day for _decision_id, day in terms],
    }
