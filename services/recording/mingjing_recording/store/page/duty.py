"""What an officer owes: gaps to explain, footage and documents to bring, case files to archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - pages read it
from typing import TYPE_CHECKING

from mingjing_recording.store.reach import rows_within
from mingjing_shared.web.counting import OF_FIGURES

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach

DUTIES_MAX = 20
COUNT_MAX = 100


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed: gap, footage, document, link or casefile; until when, if there is a term."""

    kind: str
    id: str
    case_number: str | None
    due_at: datetime | None
    what: str | None
    state: str


async def duties_of(database: Database, reach: Reach, limit: int = DUTIES_MAX) -> list[Duty]:
    """What is owed within a reach, what is due first on top; as many as are asked for."""
    rows = await database.all(
        f"SELECT kind, id, case_number, due_at, what, state FROM ({_owed(reach)}) AS owed"  # noqa: S608 - our own parts
        " ORDER BY due_at NULLS LAST, kind, id LIMIT :limit",
        limit=limit,
        **rows_within(reach, "r")[1],
    )
    return [Duty(*row) for row in rows]


async def count_of_duties(database: Database, reach: Reach) -> int:
    """How much is owed within a reach, up to ``COUNT_MAX``."""
    rows = await database.all(
        f"SELECT count(*) AS owed FROM (SELECT FROM ({_owed(reach)}) AS owed LIMIT :limit) AS few",  # noqa: S608 - our own parts
        limit=COUNT_MAX,
        **rows_within(reach, "r")[1],
    )
    return int(rows[0].owed)


def _owed(reach: Reach) -> str:
    """The first of each kind by due time; each part reads as few rows as an index allows."""
    within = {table: rows_within(reach, table)[0] for table in ("r", "f", "c", "k")}
    acts = (
        "SELECT CASE r.state WHEN 'gap_open' THEN 'gap' ELSE 'footage' END AS kind,"  # noqa: S608 - our own parts
        " r.action_id AS id, r.case_number, r.upload_due_at AS due_at, a.kind AS what, r.state"
        " FROM records AS r JOIN actions AS a USING (action_id) WHERE r.lacking_minutes IS NOT NULL"
        f" AND r.state IN ('gap_open', 'unlinked', 'linked') AND r.{OF_FIGURES} AND {within['r']}"
        " ORDER BY r.upload_due_at, r.action_id LIMIT :limit"
    )
    footage = (
        "SELECT 'link', f.footage_id, f.case_number, NULL::timestamptz, f.serial, f.state"  # noqa: S608 - our own parts
        f" FROM footage AS f WHERE f.state = 'unlinked' AND f.{OF_FIGURES} AND {within['f']}"
        " ORDER BY f.started_at, f.footage_id LIMIT :limit"
    )
    documents = (
        "SELECT 'document', d.document_number, d.case_number, d.due_at, c.case_ref, d.state"  # noqa: S608 - our own parts
        " FROM documents AS d JOIN cases AS c USING (case_key)"
        f" WHERE d.state IN ('awaited', 'missing') AND d.{OF_FIGURES} AND {within['c']}"
        " ORDER BY d.due_at, d.document_key LIMIT :limit"
    )
    casefiles = (
        "SELECT 'casefile', k.case_key, k.case_number,"  # noqa: S608 - our own parts
        " (k.breach_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', k.reason, k.state"
        " FROM casefiles AS k WHERE k.state IN ('open', 'warned', 'overdue')"
        f" AND k.{OF_FIGURES} AND {within['k']} ORDER BY k.breach_on, k.case_key LIMIT :limit"
    )
    return f"({acts}) UNION ALL ({footage}) UNION ALL ({documents}) UNION ALL ({casefiles})"
