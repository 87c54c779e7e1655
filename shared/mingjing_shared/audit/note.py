"""Writing the audit, and reading one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Literal

import uuid_utils.compat

from mingjing_shared.audit.tables import AUDIT
from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.commitment import canonical_note, commitment, new_salt
from mingjing_shared.messaging.tables import LOG_NOTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

Outcome = Literal["done", "seen", "refused"]
SAID = (
    "officer", "role", "unit", "instead_of", "act", "outcome", "reason", "approved_by",
    "subject_kind", "subject", "case_ref", "request_id",
)  # fmt: skip
INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is about: its kind, its id, and the case it belongs to, if any.

    The case is named by its number, or by its reference where only that is known.
    """

    kind: str
    id: str
    case_number: str | None = None
    case_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit."""

    officer: str
    act: str
    outcome: Outcome
    subject: Subject
    role: str | None = None
    unit: str | None = None
    instead_of: str | None = None
    reason: str | None = None
    approved_by: str | None = None
    request_id: str | None = None


async def note(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Add lines to the audit, and their commitments to the log, with what they tell."""
    now = machine_now()
    rows = [_row(tx, entry, now) for entry in entries]
    await tx.insert(AUDIT, rows)
    await tx.insert(LOG_NOTES, [logged(row) for row in rows])


def logged(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the log keeps of a row of the audit."""
    salt = new_salt()
    return {
        "id": row["id"],
        "type": f"audit.{row['outcome']}",
        "time": row["at"],
        "log_salt": salt,
        "log_digest": commitment(salt, canonical_row(row)),
    }


def canonical_row(row: Mapping[str, Any]) -> bytes:
    """A row as its commitment is made of it: what it says, without what it leaves open."""
    said = {name: row[name] for name in SAID if row[name] is not None}
    at = row["at"].astimezone(UTC).strftime(INSTANT)
    return canonical_note({**said, "id": str(row["id"]), "at": at})


def _row(tx: Transaction, entry: Entry, now: Any) -> dict[str, Any]:
    number, case_ref = entry.subject.case_number, entry.subject.case_ref
    return {
        "id": uuid_utils.compat.uuid7(),
        "at": now,
        "officer": entry.officer,
        "role": entry.role,
        "unit": entry.unit,
        "instead_of": entry.instead_of,
        "act": entry.act,
        "outcome": entry.outcome,
        "reason": entry.reason,
        "subject_kind": entry.subject.kind,
        "subject": entry.subject.id,
        "case_ref": tx.installation.references.case(number) if number else case_ref,
        "approved_by": entry.approved_by,
        "request_id": entry.request_id,
    }


async def own_entries(database: Database, officer: str, limit: int = 50) -> Sequence[Row[Any]]:
    """An officer's own newest lines: 我的操作记录."""
    return await database.all(
        "SELECT id, at, act, outcome, reason, role, unit, instead_of, approved_by, subject_kind,"
        " subject, case_ref FROM audit WHERE officer = :officer ORDER BY number DESC LIMIT :limit",
        officer=officer,
        limit=limit,
    )
