"""Warnings as they stand, their history, and what people did about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import WARNING_ACTS, WARNING_HISTORY, WARNINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


async def warnings(tx: Transaction, warning_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """These warnings as they stand, by id."""
    rows = await tx.all(
        "SELECT * FROM warnings WHERE warning_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(warning_ids)),
    )
    return {row.warning_id: row for row in rows}


async def warnings_of_case(tx: Transaction, case_key: str) -> Sequence[Row[Any]]:
    """The warnings in a case, the newest on top."""
    return await tx.all(
        "SELECT * FROM warnings WHERE case_key = :key ORDER BY since DESC, warning_id DESC",
        key=case_key,
    )


async def closed(tx: Transaction, warning_ids: Iterable[str]) -> dict[str, set[str]]:
    """The events of which people closed these warnings, by warning."""
    wanted = sorted(set(warning_ids))
    if not wanted:
        return {}
    rows = await tx.all(
        "SELECT warning_id, about FROM warning_acts WHERE what = 'closed'"
        " AND warning_id = ANY(CAST(:ids AS text[]))",
        ids=wanted,
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.warning_id, set()).add(row.about)
    return found


async def keep_warnings(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write warnings as they now stand."""
    await tx.upsert(WARNINGS, rows)


async def add_history(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write what was announced."""
    await tx.insert(WARNING_HISTORY, rows)


async def remove_warnings(tx: Transaction, warning_ids: Sequence[str]) -> None:
    """Take away warnings of which no fact holds any more, with their history."""
    if warning_ids:
        await tx.execute(
            "WITH gone AS (DELETE FROM warnings WHERE warning_id = ANY(CAST(:ids AS text[]))"
            " RETURNING warning_id)"
            " DELETE FROM warning_history USING gone"
            " WHERE warning_history.warning_id = gone.warning_id",
            ids=list(warning_ids),
        )


async def acts_of(
    source: Database | Transaction, warning_ids: Iterable[str]
) -> dict[str, list[Row[Any]]]:
    """What people did about these warnings, in order, by warning."""
    rows = await source.all(
        "SELECT * FROM warning_acts WHERE warning_id = ANY(CAST(:ids AS text[])) ORDER BY number",
        ids=sorted(set(warning_ids)),
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.warning_id, []).append(row)
    return found


async def add_act(tx: Transaction, row: dict[str, Any]) -> None:
    """Add what somebody did about a warning."""
    await tx.insert(WARNING_ACTS, [row])
