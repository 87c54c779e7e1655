"""Case files: what must be made, and how far its terms have run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import CASEFILE_PACKAGES, CASEFILES, ENDED_FACTS
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


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


async def mark_overdue(
    tx: Transaction, terms: Sequence[tuple[str, date]], now: datetime
) -> Sequence[Row[Any]]:
    """The last day passed; a day that was moved meanwhile does not count.

    Gives the files that are overdue now; one that is archived is not.
    """
    return await tx.all(
        "UPDATE casefiles SET overdue_at = :now,"
        " state = CASE state WHEN 'archived' THEN state ELSE 'overdue' END"
        " FROM unnest(CAST(:keys AS text[]), CAST(:days AS date[])) AS term(case_key, day)"
        " WHERE casefiles.case_key = term.case_key AND casefiles.breach_on = term.day"
        " AND overdue_at IS NULL RETURNING casefiles.case_key, case_number, breach_on, state",
        keys=[key for key, _ in terms],
        days=[day for _, day in terms],
        now=now,
    )


async def packages(source: Database | Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """The newest package of each of these cases that has one."""
    rows = await source.all(
        "SELECT DISTINCT ON (case_key) * FROM casefile_packages"
        " WHERE case_key = ANY(CAST(:keys AS text[]))"
        " ORDER BY case_key, archived_at DESC, sha256",
        keys=sorted(set(case_keys)),
    )
    return {row.case_key: row for row in rows}


async def add_package(tx: Transaction, row: dict[str, Any]) -> bool:
    """Note an archived case file; whether that is new."""
    return bool(await tx.insert_new(CASEFILE_PACKAGES, [row], returning=["case_key"]))


async def decisions_of_case(source: Database | Transaction, case_key: str) -> Sequence[Row[Any]]:
    """The decisions that a case's file must hold, oldest first."""
    return await source.all(
        "SELECT DISTINCT ON (decision_id) decision_id, kind, made_on, document_number"
        " FROM decision_facts AS f WHERE case_key = :key AND NOT EXISTS"
        " (SELECT FROM decision_facts AS c WHERE c.corrects IS NOT NULL"
        " AND c.source = f.source AND c.corrects = f.event_id)"
        " ORDER BY decision_id, happened_at DESC, event_id DESC, source DESC",
        key=case_key,
    )
