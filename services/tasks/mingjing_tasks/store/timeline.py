"""The timeline: what happened in a case, in the order of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


async def add_entries(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write entries."""
    await tx.insert(TIMELINE, rows)


async def timeline_of(database: Database, case_key: str, limit: int = 1000) -> Sequence[Row[Any]]:
    """A case's entries, oldest first, each with whether a later one corrects it."""
    return await database.all(
        "SELECT happened_at, type, source, event_id, causation_id, corrects, mode, codes,"
        " EXISTS (SELECT FROM timeline AS c WHERE c.corrects = t.event_id"
        "  AND c.source = t.source) AS is_corrected"
        " FROM timeline AS t WHERE case_key = :case_key"
        " ORDER BY happened_at, event_id, source LIMIT :limit",
        case_key=case_key,
        limit=limit,
    )


async def newest_cases(database: Database, limit: int) -> Sequence[Row[Any]]:
    """The cases last accepted, for the plain list, with how much happened in each."""
    return await database.all(
        "SELECT c.case_key, c.kind, c.unit, c.accepted_at, c.classified, t.entries,"
        " t.newest_at FROM (SELECT DISTINCT ON (case_key) case_key, kind, unit, accepted_at,"
        "  classified FROM case_facts AS f WHERE NOT EXISTS (SELECT FROM case_facts AS x"
        "   WHERE x.corrects IS NOT NULL AND x.source = f.source AND x.corrects = f.event_id)"
        "  ORDER BY case_key, happened_at DESC, event_id DESC, source DESC) AS c,"
        " LATERAL (SELECT count(*) AS entries, max(happened_at) AS newest_at FROM timeline"
        "  WHERE timeline.case_key = c.case_key) AS t"
        " WHERE NOT c.classified ORDER BY c.accepted_at DESC, c.case_key DESC LIMIT :limit",
        limit=limit,
    )


async def newest_entries(database: Database, limit: int) -> Sequence[Row[Any]]:
    """What happened last, over all cases, for the plain list."""
    return await database.all(
        "SELECT case_key, happened_at, type, source, event_id, causation_id, codes, mode"
        " FROM timeline ORDER BY happened_at DESC, event_id DESC LIMIT :limit",
        limit=limit,
    )
