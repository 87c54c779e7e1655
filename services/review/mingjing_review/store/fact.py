"""Facts: cases, proposals, decisions, as far as they were not corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.rules.content import CaseVersion
from mingjing_review.tables import DECISION_FACTS, PROPOSAL_FACTS
from mingjing_shared.clock import local_date
from mingjing_shared.facts.store import holding
from mingjing_shared.facts.tables import CASE_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row, Table

    from mingjing_shared.database import Database, Transaction


async def proposals_that_stand(
    tx: Transaction | Database, decision_ids: Iterable[str]
) -> dict[str, list[Row[Any]]]:
    """All proposals of each decision that were not corrected, newest first."""
    return await _standing(tx, PROPOSAL_FACTS, "decision_id", decision_ids)


async def decisions_that_hold(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds for each decision that was made."""
    return await holding(tx, DECISION_FACTS, "decision_id", decision_ids)


async def cases_that_stand(
    tx: Transaction | Database, case_keys: Iterable[str]
) -> dict[str, list[CaseVersion]]:
    """All versions of each known case that were not corrected, newest first."""
    rows = await _standing(tx, CASE_FACTS, "case_key", case_keys)
    return {
        key: [CaseVersion(row.kind, local_date(row.happened_at), row.parties) for row in versions]
        for key, versions in rows.items()
    }


async def decisions_of_cases(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """The decisions whose standing depends on these cases."""
    wanted = sorted(set(case_keys))
    if not wanted:
        return set()
    rows = await tx.all(
        "SELECT decision_id FROM proposal_facts WHERE case_key = ANY(CAST(:keys AS text[]))"
        " UNION"
        " SELECT decision_id FROM decision_facts WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=wanted,
    )
    return {row.decision_id for row in rows}


async def _standing(
    tx: Transaction | Database, table: Table, key: str, values: Iterable[str]
) -> dict[str, list[Row[Any]]]:
    wanted = sorted(set(values))
    if not wanted:
        return {}
    rows = await tx.all(
        f"SELECT f.* FROM {table.name} AS f"  # noqa: S608 - names of our own tables
        f" WHERE {key} = ANY(CAST(:wanted AS text[])) AND NOT EXISTS (SELECT FROM {table.name} AS c"
        " WHERE c.corrects IS NOT NULL AND c.source = f.source AND c.corrects = f.event_id)"
        " ORDER BY happened_at DESC, event_id DESC, source DESC",
        wanted=wanted,
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found
