"""Notices that were imported, and the official wording of their tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import NOTICE_TASKS, NOTICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_COLUMNS = "sha256, title, document_number, issuer, issued_on, tasks, imported_at, imported_by"


async def notice_in_force(source: Database | Transaction) -> Row[Any] | None:
    """The notice that was imported last, if any was."""
    rows = await source.all(f"SELECT {_COLUMNS} FROM notices ORDER BY number DESC LIMIT 1")  # noqa: S608 - our own columns
    return rows[0] if rows else None


async def add_notice(
    tx: Transaction, notice: dict[str, Any], tasks: Sequence[dict[str, Any]]
) -> None:
    """Put a notice in force, with the wording of its tasks."""
    await tx.insert(NOTICES, [notice])
    await tx.insert_new(NOTICE_TASKS, tasks)


async def wordings(source: Database | Transaction) -> dict[int, Row[Any]]:
    """The tasks of the notice in force as it words them, by number."""
    rows = await source.all(
        "SELECT t.* FROM notice_tasks AS t WHERE t.sha256 ="
        " (SELECT sha256 FROM notices ORDER BY number DESC LIMIT 1) ORDER BY t.task"
    )
    return {row.task: row for row in rows}
