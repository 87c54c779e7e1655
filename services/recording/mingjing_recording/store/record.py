"""How completely acts are recorded, and why they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import GAP_EXPLANATIONS, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_IDS = "action_id = ANY(CAST(:ids AS text[]))"


async def records(tx: Transaction, action_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The records of these acts, as they stand."""
    rows = await tx.all(
        f"SELECT * FROM records WHERE {_IDS}",  # noqa: S608 - our own condition
        ids=sorted(set(action_ids)),
    )
    return {row.action_id: row for row in rows}


async def keep_records(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write records as they now stand."""
    await tx.upsert(RECORDS, rows)


async def remove_records(tx: Transaction, action_ids: Sequence[str]) -> None:
    """Take away the records of acts that are gone."""
    if action_ids:
        await tx.execute(
            f"DELETE FROM records WHERE {_IDS}",  # noqa: S608 - our own condition
            ids=list(action_ids),
        )


async def without_record(tx: Transaction, limit: int) -> set[str]:
    """Some acts that have no record yet: they came before this service kept any."""
    rows = await tx.all(
        "SELECT action_id FROM actions AS a WHERE NOT EXISTS"
        " (SELECT FROM records AS r WHERE r.action_id = a.action_id) LIMIT :limit",
        limit=limit,
    )
    return {row.action_id for row in rows}


async def without_case(tx: Transaction, limit: int) -> set[str]:
    """Some cases with a case file that were not kept yet when it came."""
    rows = await tx.all(
        "SELECT case_key FROM casefiles WHERE people IS NULL LIMIT :limit", limit=limit
    )
    return {row.case_key for row in rows}


async def widest_explanations(tx: Transaction, action_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The explanation of each act that explained the largest gap."""
    rows = await tx.all(
        f"SELECT DISTINCT ON (action_id) * FROM gap_explanations WHERE {_IDS}"  # noqa: S608 - our own condition
        " ORDER BY action_id, minutes DESC, explained_at DESC, explanation_id DESC",
        ids=sorted(set(action_ids)),
    )
    return {row.action_id: row for row in rows}


async def explanations(
    source: Database | Transaction, action_ids: Iterable[str]
) -> Sequence[Row[Any]]:
    """Every explanation of these acts, newest first; the words are sealed."""
    return await source.all(
        f"SELECT * FROM gap_explanations WHERE {_IDS}"  # noqa: S608 - our own condition
        " ORDER BY explained_at DESC, explanation_id DESC",
        ids=sorted(set(action_ids)),
    )


async def add_explanation(tx: Transaction, row: dict[str, Any]) -> None:
    """Keep why an act is not wholly recorded."""
    await tx.insert(GAP_EXPLANATIONS, [row])
