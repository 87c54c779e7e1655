"""Case files: what must be made, and how far its terms have run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import CASEFILES, ENDED_FACTS
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction


async def ends_that_hold(tx: Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds of each case's end."""
    return await holding(tx, ENDED_FACTS, "case_key", case_keys)


async def casefiles(tx: Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """The case files of these cases, as they stand."""
    rows = await tx.all(
        "SELECT * FROM casefiles WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.case_key: row for row in rows}


async def keep_casefiles(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write case files as they now stand."""
    await tx.upsert(CASEFILES, rows)


async def remove_casefiles(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Take away the case files of cases of whose end no fact holds any more."""
    if case_keys:
        await tx.execute(
            "DELETE FROM casefiles WHERE case_key = ANY(CAST(:keys AS text[]))",
            keys=list(case_keys),
        )


async def mark_warned(tx: Transaction, terms: Sequence[tuple[str, date]], now: datetime) -> None:
    """The day of warning passed; a day that was moved meanwhile does not count."""
    await tx.execute(
        "UPDATE casefiles SET warned_at = :now,"
        " state = CASE state WHEN 'open' THEN 'warned' ELSE state END"
        " FROM unnest(CAST(:keys AS text[]), CAST(:days AS date[])) AS term(case_key, day)"
        " WHERE casefiles.case_key = term.case_key AND casefiles.warn_on = term.day"
        " AND warned_at IS NULL",
        keys=[key for key, _ in terms],
        days=[day for _, day in terms],
        now=now,
    )


async def mark_overdue(tx: Transaction, terms: Sequence[tuple[str, date]], now: datetime) -> None:
    """The last day passed; a day that was moved meanwhile does not count."""
    await tx.execute(
        "UPDATE casefiles SET overdue_at = :now, state = 'overdue'"
        " FROM unnest(CAST(:keys AS text[]), CAST(:days AS date[])) AS term(case_key, day)"
        " WHERE casefiles.case_key = term.case_key AND casefiles.breach_on = term.day"
        " AND overdue_at IS NULL",
        keys=[key for key, _ in terms],
        days=[day for _, day in terms],
        now=now,
    )
