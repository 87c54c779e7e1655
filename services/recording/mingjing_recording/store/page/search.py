"""Finding things by a part of a number: case, act, recording, recorder, document, officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_recording.store.reach import rows_within
from mingjing_shared.database import literal
from mingjing_shared.finding import parts_asked

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.reach import Reach

HITS_MAX = 20
# As the indexes say it: records_found, footage_found, cases_found, documents_found.
_ACT = "lower(r.action_id)"
_FOOTAGE = "lower(f.footage_id || chr(10) || coalesce(f.serial, ''))"


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: case, action, footage or document; its id, and the case it belongs to."""

    kind: str
    id: str
    case_number: str | None
    case_ref: str | None
    state: str | None


async def find(
    database: Database, reach: Reach, *, text: str, key: str, units: list[str]
) -> list[Hit]:
    """What is within reach and whose number holds this text.

    ``key`` is the text as a key of case numbers; ``units`` are the units that it names.
    """
    lower = text.lower()
    values: dict[str, Any] = rows_within(reach, "c")[1]
    rows = await database.all(
        f"{_statement(reach)} LIMIT :limit",
        q=text,
        text=f"%{literal(lower)}%",
        text_parts=parts_asked(lower),
        key=f"%{literal(key)}%",
        key_parts=parts_asked(key),
        in_number=f"%\n%{literal(key)}%",
        units=units,
        limit=HITS_MAX,
        **values,
    )
    return [Hit(*row) for row in rows]


def _statement(reach: Reach) -> str:
    within = {table: rows_within(reach, table)[0] for table in ("c", "r", "f")}
    case = f"({_holds('c.case_key', 'key')} OR c.unit = ANY(CAST(:units AS text[])))"
    return (
        "(SELECT 'case' AS kind, c.case_number AS id, c.case_number, c.case_ref, NULL AS state"  # noqa: S608 - our own parts
        f" FROM cases AS c WHERE {case} AND {within['c']} LIMIT :limit) UNION ALL"
        " (SELECT 'action', r.action_id, r.case_number, NULL, r.state FROM records AS r"
        f" WHERE ({_holds(_ACT, 'text')} OR r.people @> to_jsonb(ARRAY[CAST(:q AS text)]))"
        f" AND {within['r']} ORDER BY r.started_at DESC LIMIT :limit) UNION ALL"
        " (SELECT 'footage', f.footage_id, f.case_number, NULL, f.state FROM footage AS f"
        f" WHERE ({_holds(_FOOTAGE, 'text')} OR f.officer = CAST(:q AS text))"
        f" AND {within['f']} ORDER BY f.started_at DESC LIMIT :limit) UNION ALL"
        " (SELECT 'document', d.document_number, d.case_number, c.case_ref, d.state"
        " FROM documents AS d JOIN cases AS c USING (case_key)"
        f" WHERE {_holds('d.document_key', 'key')} AND d.document_key LIKE CAST(:in_number AS text)"
        f" AND {within['c']} LIMIT :limit)"
    )


def _holds(words: str, name: str) -> str:
    return (
        f"(parts_of({words}) @> CAST(:{name}_parts AS text[])"
        f" AND {words} LIKE CAST(:{name} AS text))"
    )
