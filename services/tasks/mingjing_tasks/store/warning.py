"""Warnings, and what review said of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.facts.store import holding
from mingjing_tasks.tables import DECISION_FACTS, WARNING_HISTORY, WARNINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction


async def doubted_decisions(tx: Transaction, decision_ids: Iterable[str]) -> set[str]:
    """Those of these decisions of which a bypass was ever told, or a warning exists."""
    rows = await tx.all(
        "SELECT decision_id FROM review_facts WHERE what = 'bypassed'"
        " AND decision_id = ANY(CAST(:ids AS text[]))"
        " UNION SELECT decision_id FROM warnings WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id for row in rows}


async def doubted_decisions_of_cases(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """Decisions in these cases of which a bypass was told."""
    rows = await tx.all(
        "SELECT DISTINCT decision_id FROM review_facts WHERE what = 'bypassed'"
        " AND case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.decision_id for row in rows}


async def said_of(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, list[Row[Any]]]:
    """What review said of these decisions and did not correct."""
    rows = await tx.all(
        "SELECT f.* FROM review_facts AS f WHERE decision_id = ANY(CAST(:ids AS text[]))"
        " AND NOT EXISTS (SELECT FROM review_facts AS c WHERE c.corrects IS NOT NULL"
        " AND c.source = f.source AND c.corrects = f.event_id)",
        ids=sorted(set(decision_ids)),
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(row)
    return found


async def units_of(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, str]:
    """The units that made these decisions, where that is known."""
    rows = await holding(tx, DECISION_FACTS, "decision_id", decision_ids)
    return {decision_id: row.unit for decision_id, row in rows.items()}


async def warnings(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The warnings about these decisions, as they stand, by decision."""
    rows = await tx.all(
        "SELECT * FROM warnings WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: row for row in rows}


async def keep_warnings(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write warnings as they now stand."""
    await tx.upsert(WARNINGS, rows)


async def add_history(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write what was announced."""
    await tx.insert(WARNING_HISTORY, rows)


async def remove_warnings(tx: Transaction, decision_ids: Sequence[str]) -> None:
    """Take away warnings of which no fact holds any more, with their history."""
    if decision_ids:
        await tx.execute(
            "WITH gone AS (DELETE FROM warnings WHERE decision_id = ANY(CAST(:ids AS text[]))"
            " RETURNING warning_id)"
            " DELETE FROM warning_history USING gone"
            " WHERE warning_history.warning_id = gone.warning_id",
            ids=list(decision_ids),
        )
