"""Kept files: where their bytes are, whose they are, who looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import BLOBS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


async def blob_of(source: Database | Transaction, sha256: str) -> Row[Any] | None:
    """The kept file with this content, if there is one."""
    rows = await source.all("SELECT * FROM blobs WHERE sha256 = :sha256", sha256=sha256)
    return rows[0] if rows else None


async def add_blob(tx: Transaction, row: dict[str, Any]) -> bool:
    """Note a kept file; false when the same content is there already."""
    return bool(await tx.insert_new(BLOBS, [row], returning=["sha256"]))


async def owners_of(tx: Transaction, sha256: str) -> Sequence[Row[Any]]:
    """What a file belongs to: kind, id, case number, unit and whose it is."""
    return await tx.all(
        "SELECT 'footage' AS kind, f.footage_id AS id, f.case_number, f.unit, f.people"
        " FROM footage AS f JOIN footage_files AS o USING (footage_id) WHERE o.sha256 = :sha256"
        " UNION ALL SELECT 'document', d.document_number, d.case_number, c.unit, c.people"
        " FROM documents AS d JOIN document_files AS o USING (document_key)"
        " JOIN cases AS c ON c.case_key = d.case_key WHERE o.sha256 = :sha256"
        " UNION ALL SELECT 'casefile', p.case_number, p.case_number, c.unit, c.people"
        " FROM casefile_packages AS p JOIN cases AS c USING (case_key) WHERE p.sha256 = :sha256"
        " ORDER BY 1, 2, 3",
        sha256=sha256,
    )


async def begin_viewing(
    tx: Transaction, look: dict[str, Any], *, idle_since: datetime, begun_before: datetime
) -> bool:
    """Whether a look begins: an officer's at a file now, by a role.

    It does when the officer asked for nothing of the file since ``idle_since``, when the look
    that goes on began before ``begun_before``, or when it began by another role.
    """
    rows = await tx.all(
        "INSERT INTO viewings AS v (officer, sha256, looks_as, began_at, last_at)"
        " VALUES (:officer, :sha256, :looks_as, :now, :now)"
        " ON CONFLICT (officer, sha256) DO UPDATE SET looks_as = excluded.looks_as,"
        " began_at = excluded.began_at, last_at = excluded.last_at"
        " WHERE v.last_at < :idle_since OR v.began_at < :begun_before"
        " OR v.looks_as <> excluded.looks_as RETURNING officer",
        idle_since=idle_since,
        begun_before=begun_before,
        **look,
    )
    return bool(rows)


async def go_on_viewing(
    tx: Transaction, officer: str, sha256: str, now: datetime, noted_before: datetime
) -> None:
    """The look goes on; written rarely, since a player asks often."""
    await tx.execute(
        "UPDATE viewings SET last_at = :now"
        " WHERE officer = :officer AND sha256 = :sha256 AND last_at < :noted_before",
        officer=officer,
        sha256=sha256,
        now=now,
        noted_before=noted_before,
    )


async def lookers(source: Database | Transaction, subject: str) -> Sequence[Row[Any]]:
    """Who looked at this subject's file, newest first, from the audit."""
    return await source.all(
        "SELECT at, officer, role, reason, approved_by FROM audit"
        " WHERE subject_kind = 'footage' AND subject = :subject AND outcome = 'seen'"
        " ORDER BY number DESC LIMIT 50",
        subject=subject,
    )
