"""Cases: number, reference, kind, unit, whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import CASES_HERE, HANDLER_FACTS
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_MENTIONING = (
    "case_facts", "action_facts", "ended_facts", "decision_facts", "document_facts",
    "footage_facts",
)  # fmt: skip
_MENTIONED = " UNION ALL ".join(
    f"SELECT case_key, case_number FROM {table} WHERE case_key = ANY(CAST(:keys AS text[]))"  # noqa: S608 - our own tables
    for table in _MENTIONING
)
_CLASSIFIED = (
    "SELECT case_key FROM case_facts WHERE classified AND case_key = ANY(CAST(:keys AS text[]))"
)


async def classified(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """Those of these cases that are classified: of them nothing is shown or given out."""
    rows = await tx.all(_CLASSIFIED, keys=sorted(set(case_keys)))
    return {row.case_key for row in rows}


async def add_handlers(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Keep who handles cases; of classified ones nothing is kept."""
    secret = await classified(tx, {row["case_key"] for row in rows})
    await tx.insert(HANDLER_FACTS, [row for row in rows if row["case_key"] not in secret])


async def forget_handlers(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete who handles these cases: they turned out to be classified."""
    await tx.execute(
        "DELETE FROM handler_facts WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )


async def handlers_that_hold(tx: Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds of who handles each case."""
    return await holding(tx, HANDLER_FACTS, "case_key", case_keys)


async def numbers(tx: Transaction, case_keys: Iterable[str]) -> dict[str, str]:
    """A number for each case that any fact mentions: of several ways of writing, the first."""
    rows = await tx.all(
        'SELECT case_key, min(case_number COLLATE "C") AS case_number'  # noqa: S608 - our own tables
        f" FROM ({_MENTIONED}) AS m GROUP BY case_key",
        keys=sorted(set(case_keys)),
    )
    return {row.case_key: row.case_number for row in rows}


async def cases(tx: Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """These cases, as they stand here."""
    rows = await tx.all(
        "SELECT * FROM cases WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.case_key: row for row in rows}


async def case_by_ref(source: Database | Transaction, case_ref: str) -> Row[Any] | None:
    """The case with this reference, if it is known here."""
    rows = await source.all("SELECT * FROM cases WHERE case_ref = :ref", ref=case_ref)
    return rows[0] if rows else None


async def keep_cases(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write cases as they now stand."""
    await tx.upsert(CASES_HERE, rows)


async def remove_cases(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Take away cases that are classified, or that nothing mentions any more."""
    if case_keys:
        await tx.execute(
            "DELETE FROM cases WHERE case_key = ANY(CAST(:keys AS text[]))", keys=list(case_keys)
        )
