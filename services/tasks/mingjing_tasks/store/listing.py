"""Cases as lists show and find them, and what else a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.database import literal
from mingjing_shared.finding import parts_asked
from mingjing_shared.law.case_number import case_key
from mingjing_shared.law.errors import BadCaseNumber
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of
from mingjing_tasks.rules.search import as_document, folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

HITS_MAX = 20
CANDIDATES_MAX = 200  # that are put in order: who types two common characters sees some
_COLUMNS = "case_key, case_ref, case_number, unit, kind, procedure, cause, accepted_at"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, each kind up to ``HITS_MAX``."""

    cases: Sequence[Row[Any]]
    documents: Sequence[Row[Any]]
    units: Sequence[Row[Any]]


async def newest_cases(
    source: Database | Transaction,
    after: str | None,
    *,
    reach: Reach,
    units: Sequence[str] | None = None,
    handler: str | None = None,
) -> Page[Row[Any]]:
    """Cases that were accepted, the newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    condition, wanted = reach.condition("c.unit", case="c.case_key")
    conditions = ["accepted_at IS NOT NULL", condition]
    if units is not None:
        conditions.append("unit = ANY(CAST(:chosen AS text[]))")
        wanted["chosen"] = list(units)
    if handler is not None:
        conditions.append("handlers @> CAST(:handler AS jsonb)")
        wanted["handler"] = orjson.dumps([handler]).decode()
    if (place := after_moment(after)) is not None:
        conditions.append("(accepted_at, case_key) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_COLUMNS}, (SELECT count(*) FROM warnings AS w WHERE w.case_key = c.case_key"  # noqa: S608 - our own conditions
        " AND w.state = 'raised') AS warnings"
        f" FROM cases AS c WHERE {' AND '.join(conditions)}"
        " ORDER BY accepted_at DESC, case_key DESC LIMIT :limit",
        limit=PAGE_SIZE + 1,
        **wanted,
    )
    return page_of(rows, lambda row: (row.accepted_at.isoformat(), row.case_key))


async def search(source: Database | Transaction, text: str, reach: Reach) -> Found:
    """Cases by number or handler, documents by number, units by code or name."""
    condition, values = reach.condition("c.unit", case="c.case_key")
    plain, number = folded(text), as_document(text)
    cases = await source.all(
        f"SELECT * FROM (SELECT {_COLUMNS} FROM cases AS c WHERE case_key = :key AND {condition}"  # noqa: S608 - our own condition
        f" UNION (SELECT {_COLUMNS} FROM cases AS c WHERE {condition}"
        " AND ((parts_of(lower(case_key)) @> CAST(:parts AS text[]) AND lower(case_key) LIKE :like)"
        " OR handlers @> CAST(:handler AS jsonb)) LIMIT :most)) AS found"
        " ORDER BY case_key = :key DESC, accepted_at DESC NULLS LAST, case_key LIMIT :limit",
        key=_key(text),
        parts=parts_asked(plain),
        like=f"%{literal(plain)}%",
        handler=orjson.dumps([text.strip()]).decode(),
        most=CANDIDATES_MAX,
        limit=HITS_MAX,
        **values,
    )
    documents = await source.all(
        "SELECT * FROM (SELECT d.number_key, c.case_ref, c.case_number FROM document_refs AS d"  # noqa: S608 - our own condition
        f" JOIN cases AS c ON c.case_key = d.case_key WHERE {condition}"
        " AND parts_of(lower(d.number_key)) @> CAST(:parts AS text[])"
        " AND lower(d.number_key) LIKE :like LIMIT :most)"
        " AS found ORDER BY lower(number_key) = :plain DESC, number_key LIMIT :limit",
        parts=parts_asked(number),
        like=f"%{literal(number)}%",
        plain=number,
        most=CANDIDATES_MAX,
        limit=HITS_MAX,
        **values,
    )
    units = await source.all(
        "SELECT code, versions FROM directory_units WHERE code LIKE :code"
        " OR versions::text ILIKE :like ORDER BY code LIMIT :limit",
        code=f"{literal(plain)}%",
        like=f"%{literal(plain)}%",
        limit=HITS_MAX,
    )
    return Found(cases, documents, units)


def _key(text: str) -> str:
    try:
        return case_key(text)
    except BadCaseNumber:
        return ""
