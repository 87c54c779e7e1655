"""What contradicts itself in each case: derived from what was told, judged by people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.contradiction.every import contradictions
from mingjing_review.rules.contradiction.finding import Finding
from mingjing_review.rules.contradiction.naming import named, when_of
from mingjing_review.store.people import Details, details_of_cases
from mingjing_review.store.told import record_of_case
from mingjing_review.tables import CASE_FINDINGS
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_review.rules.contradiction.record import Record
    from mingjing_shared.database import Database, Transaction

UNSOUGHT = "unsought"
"""Kept instead of contradictions where none could be sought, with why."""

_IDS = uuid.UUID("5d0f1f6a-58a4-4f0e-8c34-2b8f2f3d9a51")
_COLUMNS = ", ".join(column.name for column in CASE_FINDINGS.columns)


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """A contradiction of one case as it is kept.

    Attributes:
        facts: its events, each ``{"id", "named"}``.
        state: open, holds (成立) or explained (有合理解释).
    """

    finding_id: str
    kind: str
    level: str
    case_key: str
    case_number: str
    case_ref: str
    unit: str
    handlers: Sequence[str]
    at: datetime
    says: str
    source: str
    facts: Sequence[dict[str, str]]
    state: str
    mode: str


async def settle_findings(tx: Transaction, case_keys: Iterable[str]) -> None:
    """Bring what contradicts itself in these cases to where the facts now stand.

    Nothing is said of a case that is not known yet. Where a rule or a calendar is missing for a
    case, that is what is kept of it (``UNSOUGHT``), in words: silence would say that all is well.
    """
    wanted = sorted(set(case_keys))
    if not wanted:
        return
    await tx.lock(f"findings/{key}" for key in wanted)
    cases = await _known(tx, wanted)
    details = await details_of_cases(tx, wanted)
    for key in wanted:
        case = cases.get(key)
        if case is None:
            continue
        record = await record_of_case(tx, key)
        try:
            found = contradictions(record, published_calendar())
        except LawError as error:
            found = (_unsought(key, error),)
        handlers = details.get(key, Details()).handlers
        rows = [_row(tx, case, handlers, record, one) for one in found if key in one.cases]
        await _replace(tx, key, rows)


def _unsought(key: str, error: LawError) -> Finding:
    return Finding(UNSOUGHT, (), (key,), "doubtful", "", error.message, "")


async def _known(tx: Transaction, keys: Sequence[str]) -> dict[str, Row[Any]]:
    """The newest acceptance of each case that is known and not classified."""
    rows = await tx.all(
        "SELECT DISTINCT ON (f.case_key) f.case_key, f.case_number, f.unit, f.mode, f.classified,"
        " f.happened_at"
        " FROM case_facts AS f WHERE f.case_key = ANY(CAST(:keys AS text[])) AND NOT EXISTS"
        " (SELECT FROM case_facts AS c WHERE c.corrects IS NOT NULL AND c.source = f.source"
        " AND c.corrects = f.event_id)"
        " ORDER BY f.case_key, f.happened_at DESC, f.event_id DESC, f.source DESC",
        keys=list(keys),
    )
    return {row.case_key: row for row in rows if not row.classified}


def _row(
    tx: Transaction, case: Row[Any], handlers: Sequence[str], record: Record, one: Finding
) -> dict[str, Any]:
    facts = [record.fact(name) for name in one.facts]
    return {
        "finding_id": str(uuid.uuid5(_IDS, f"{case.case_key}/{one.kind}/{'/'.join(one.facts)}")),
        "kind": one.kind,
        "level": one.level,
        "case_key": case.case_key,
        "case_number": case.case_number,
        "case_ref": tx.installation.references.case(case.case_number),
        "unit": case.unit,
        "handlers": sorted(set(handlers)),
        "at": max((_instant(when_of(fact)) for fact in facts), default=case.happened_at),
        "says": one.says,
        "source": one.source,
        "facts": [{"id": fact.id, "named": named(fact, case.case_key)} for fact in facts],
        "mode": case.mode,
    }


def _instant(when: date | datetime | None) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime.combine(when or date(1970, 1, 1), time(), SHANGHAI)


async def _replace(tx: Transaction, key: str, rows: Sequence[dict[str, Any]]) -> None:
    """The findings of one case, each with what people last said of it."""
    judged = await tx.all(
        "SELECT DISTINCT ON (finding_id) finding_id, verdict FROM finding_judgements"
        " WHERE case_key = :key ORDER BY finding_id, place DESC",
        key=key,
    )
    states = {row.finding_id: row.verdict for row in judged}
    await tx.execute("DELETE FROM case_findings WHERE case_key = :key", key=key)
    await tx.insert(
        CASE_FINDINGS,
        [{**row, "state": states.get(row["finding_id"], "open")} for row in rows],
    )


async def findings_of_case(source: Transaction | Database, key: str) -> Sequence[CaseFinding]:
    """Everything that contradicts itself in a case, the newest first."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM case_findings WHERE case_key = :key"  # noqa: S608 - our own columns
        " ORDER BY at DESC, finding_id",
        key=key,
    )
    return [CaseFinding(**row._asdict()) for row in rows]


async def finding_of(source: Transaction | Database, finding_id: str) -> CaseFinding | None:
    """One finding, as long as the facts show it."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM case_findings WHERE finding_id = :id",  # noqa: S608 - our own columns
        id=finding_id,
    )
    return CaseFinding(**rows[0]._asdict()) if rows else None


async def forget_findings(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete what was found in cases of which nothing may be kept, and what was said of it."""
    for table in ("case_findings", "finding_judgements"):
        await tx.execute(
            f"DELETE FROM {table} WHERE case_key = ANY(CAST(:keys AS text[]))",  # noqa: S608 - our own tables
            keys=list(case_keys),
        )
