"""Writing the audit, and reading one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mingjing_shared.audit.tables import AUDIT
from mingjing_shared.clock import machine_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

Outcome = Literal["done", "seen", "refused"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is about: its kind, its id, and the case it belongs to, if any."""

    kind: str
    id: str
    case_number: str | None = None


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
    request_id: str | None = None


async def note(tx: Transaction, entries: Sequence[Entry]) -> None:
    """Add lines to the audit in the transaction of what they tell."""
    now = machine_now()
    await tx.insert(AUDIT, [_row(tx, entry, now) for entry in entries])


def _row(tx: Transaction, entry: Entry, now: Any) -> dict[str, Any]:
    number = entry.subject.case_number
    return {
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
        "case_ref": tx.installation.references.case(number) if number else None,
        "request_id": entry.request_id,
    }


async def own_entries(database: Database, officer: str, limit: int = 50) -> Sequence[Row[Any]]:
    """An officer's own newest lines: 我的操作记录."""
    return await database.all(
        "SELECT at, act, outcome, reason, role, instead_of, subject_kind, subject, case_ref"
        " FROM audit WHERE officer = :officer ORDER BY number DESC LIMIT :limit",
        officer=officer,
        limit=limit,
    )
