"""Limits of cases and transfers of crimes as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.tables import CASE_LIMITS, TRANSFERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database, Transaction

Rows = dict[str, dict[str, Any]]


async def kept_before(
    tx: Transaction, case_keys: Iterable[str], decision_ids: Iterable[str]
) -> tuple[Rows, Rows]:
    """The limits of these cases and the transfers of these decisions, as they are written."""
    limits = await tx.all(
        "SELECT * FROM case_limits WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(case_keys),
    )
    transfers = await tx.all(
        "SELECT * FROM transfers WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(decision_ids),
    )
    return (
        {row.case_key: row._asdict() for row in limits},
        {row.decision_id: row._asdict() for row in transfers},
    )


async def keep_limits(
    tx: Transaction, rows: Sequence[Mapping[str, Any]], before: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write limits that differ; take away those of cases that have none any more."""
    await tx.upsert(CASE_LIMITS, [row for row in rows if row != before.get(row["case_key"])])
    gone = before.keys() - {row["case_key"] for row in rows}
    if gone:
        await tx.execute(
            "DELETE FROM case_limits WHERE case_key = ANY(CAST(:keys AS text[]))",
            keys=sorted(gone),
        )


async def keep_transfers(
    tx: Transaction, rows: Sequence[Mapping[str, Any]], before: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write transfers that differ; take away those in which no crime is named any more."""
    await tx.upsert(TRANSFERS, [row for row in rows if row != before.get(row["decision_id"])])
    gone = before.keys() - {row["decision_id"] for row in rows}
    if gone:
        await tx.execute(
            "DELETE FROM transfers WHERE decision_id = ANY(CAST(:ids AS text[]))",
            ids=sorted(gone),
        )


async def limit_by_ref(source: Transaction | Database, case_ref: str) -> dict[str, Any] | None:
    """The limit of the case with this reference."""
    rows = await source.all("SELECT * FROM case_limits WHERE case_ref = :ref", ref=case_ref)
    return rows[0]._asdict() if rows else None


async def transfer_of_decision(
    source: Transaction | Database, decision_id: str
) -> dict[str, Any] | None:
    """The transfer that this decision's review led to."""
    rows = await source.all("SELECT * FROM transfers WHERE decision_id = :id", id=decision_id)
    return rows[0]._asdict() if rows else None


async def forget_terms(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete everything with a clock of cases of which nothing may be kept."""
    keys = list(case_keys)
    await tx.execute(
        "DELETE FROM clocks WHERE fired_at IS NULL AND subject IN (SELECT clock FROM terms"
        " WHERE clock IS NOT NULL AND case_key = ANY(CAST(:keys AS text[])))",
        keys=keys,
    )
    for table in _OF_CASES:
        await tx.execute(
            f"DELETE FROM {table} WHERE case_key = ANY(CAST(:keys AS text[]))",  # noqa: S608 - our own tables
            keys=keys,
        )


_OF_CASES = (
    "terms",
    "hearings",
    "hearing_steps",
    "case_limits",
    "transfers",
    "case_steps",
    "reminders",
)
