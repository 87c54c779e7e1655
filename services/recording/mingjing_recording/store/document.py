"""Documents of cases: what was told of them, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import DOCUMENT_FACTS, DOCUMENT_FILES, DOCUMENTS
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_KEYS = "document_key = ANY(CAST(:keys AS text[]))"


async def documents_that_hold(tx: Transaction, keys: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds for each document."""
    return await holding(tx, DOCUMENT_FACTS, "document_key", keys)


async def documents(tx: Transaction, keys: Iterable[str]) -> dict[str, Row[Any]]:
    """These documents, as they stand."""
    rows = await tx.all(
        f"SELECT * FROM documents WHERE {_KEYS}",  # noqa: S608 - our own condition
        keys=sorted(set(keys)),
    )
    return {row.document_key: row for row in rows}


async def documents_of_case(source: Database | Transaction, case_key: str) -> Sequence[Row[Any]]:
    """The documents of a case, oldest first, with what their files are."""
    return await source.all(
        "SELECT d.*, b.media_type, b.size FROM documents AS d"
        " LEFT JOIN blobs AS b ON b.sha256 = d.sha256 WHERE d.case_key = :key"
        " ORDER BY d.made_at NULLS LAST, d.document_key",
        key=case_key,
    )


async def keys_of_cases(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """The documents that any fact places in these cases."""
    rows = await tx.all(
        "SELECT document_key FROM document_facts WHERE case_key = ANY(CAST(:keys AS text[]))"
        " UNION SELECT document_key FROM documents WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.document_key for row in rows}


async def files(tx: Transaction, keys: Iterable[str]) -> Sequence[Row[Any]]:
    """The files of these documents, newest first."""
    return await tx.all(
        "SELECT f.*, b.size FROM document_files AS f JOIN blobs AS b USING (sha256)"  # noqa: S608 - our own condition
        f" WHERE {_KEYS} ORDER BY document_key, kept_at DESC, sha256",
        keys=sorted(set(keys)),
    )


async def add_file(tx: Transaction, row: dict[str, Any]) -> bool:
    """Note whose file it is; whether that is new."""
    return bool(await tx.insert_new(DOCUMENT_FILES, [row], returning=["document_key"]))


async def keep_documents(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write documents as they now stand."""
    await tx.upsert(DOCUMENTS, rows)


async def remove_documents(tx: Transaction, keys: Sequence[str]) -> None:
    """Take away documents of which no fact holds any more and that have no file."""
    if keys:
        await tx.execute(
            f"DELETE FROM documents WHERE {_KEYS}",  # noqa: S608 - our own condition
            keys=list(keys),
        )


async def mark_due_passed(
    tx: Transaction, terms: Sequence[tuple[str, datetime]], now: datetime
) -> None:
    """The upload terms of these documents ran out; a term that was moved does not count."""
    await tx.execute(
        "UPDATE documents SET due_passed_at = :now FROM unnest(CAST(:keys AS text[]),"
        " CAST(:dues AS timestamptz[])) AS term(document_key, due_at)"
        " WHERE documents.document_key = term.document_key AND documents.due_at = term.due_at"
        " AND due_passed_at IS NULL",
        keys=[key for key, _ in terms],
        dues=[due_at for _, due_at in terms],
        now=now,
    )
