"""What was told of the subjects of each topic, and which subjects a case or decision has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.facts.store import holding
from mingjing_tasks.tables import (
    ANNULMENT_FACTS,
    CASEFILE_FACTS,
    DECISION_FACTS,
    GAP_FACTS,
    HANDLING_FACTS,
    PUBLICATION_FACTS,
    REVIEW_FACTS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Row, Table

    from mingjing_shared.database import Transaction

# Each topic: where it is told, and which column names the subject.
TOPICS: Mapping[str, tuple[Table, str]] = {
    "annulment": (ANNULMENT_FACTS, "decision_id"),
    "casefile": (CASEFILE_FACTS, "case_key"),
    "gap": (GAP_FACTS, "action_id"),
    "publication": (PUBLICATION_FACTS, "item_id"),
    "review": (REVIEW_FACTS, "decision_id"),
}
_OF_CASES = " UNION ".join(
    f"SELECT '{topic}' AS topic, {column} AS subject FROM {table.name}"  # noqa: S608 - our own names
    " WHERE case_key = ANY(CAST(:keys AS text[]))"
    for topic, (table, column) in TOPICS.items()
)
_OF_DECISIONS = " UNION ".join(
    f"SELECT '{topic}' AS topic, {column} AS subject FROM {table.name}"  # noqa: S608 - our own names
    " WHERE decision_id = ANY(CAST(:keys AS text[]))"
    for topic, (table, column) in TOPICS.items()
    if "decision_id" in table.c
)


async def told_of(
    tx: Transaction, topic: str, subjects: Iterable[str]
) -> dict[str, list[Row[Any]]]:
    """What was told of these subjects and not corrected."""
    table, column = TOPICS[topic]
    rows = await tx.all(
        f"SELECT f.*, f.{column} AS subject FROM {table.name} AS f"  # noqa: S608 - our own names
        f" WHERE {column} = ANY(CAST(:subjects AS text[])) AND {_holds('f', table.name)}",
        subjects=sorted(set(subjects)),
    )
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(row)
    return found


async def subjects_of_cases(tx: Transaction, case_keys: Iterable[str]) -> dict[str, set[str]]:
    """Of what something was told in these cases, by topic."""
    return _by_topic(await tx.all(_OF_CASES, keys=sorted(set(case_keys))))


async def subjects_of_decisions(
    tx: Transaction, decision_ids: Iterable[str]
) -> dict[str, set[str]]:
    """Of what something was told about these decisions, by topic."""
    return _by_topic(await tx.all(_OF_DECISIONS, keys=sorted(set(decision_ids))))


async def public_decisions(tx: Transaction, decision_ids: Iterable[str]) -> set[str]:
    """Those of these decisions that fell, were made public, and were not withdrawn since."""
    rows = await tx.all(
        "SELECT DISTINCT p.decision_id FROM publication_facts AS p JOIN annulment_facts AS a"  # noqa: S608 - our own names
        " ON a.decision_id = p.decision_id AND a.what = 'annulled'"
        " WHERE p.what = 'published' AND p.decision_id = ANY(CAST(:ids AS text[]))"
        f" AND {_holds('p', 'publication_facts')} AND {_holds('a', 'annulment_facts')}"
        " AND NOT EXISTS (SELECT FROM annulment_facts AS w WHERE w.decision_id = p.decision_id"
        f" AND w.what = 'withdrawn' AND w.happened_at >= p.happened_at"
        f" AND {_holds('w', 'annulment_facts')})",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id for row in rows}


async def decisions(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The unit that made each of these decisions and the day, where that is known."""
    columns = "decision_id, unit, made_on"
    return await holding(tx, DECISION_FACTS, "decision_id", decision_ids, columns)


async def handlings(tx: Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """Who handles these cases and what they are about, where that is known."""
    return await holding(tx, HANDLING_FACTS, "case_key", case_keys, "case_key, handlers, cause")


def _holds(fact: str, table: str) -> str:
    """The condition that a fact was not corrected."""
    return (
        f"NOT EXISTS (SELECT FROM {table} AS {fact}_by WHERE {fact}_by.corrects IS NOT NULL"
        f" AND {fact}_by.source = {fact}.source AND {fact}_by.corrects = {fact}.event_id)"
    )


def _by_topic(rows: Iterable[Row[Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.topic, set()).add(row.subject)
    return found
