"""Writing facts and asking which of them hold."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from mingjing_shared.law.case_number import case_key
from mingjing_shared.messaging.received import Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row, Table

    from mingjing_shared.database import Transaction
    from mingjing_shared.events import CaseEvent
    from mingjing_shared.messaging.received import Received


def fact_row(received: Received[CaseEvent]) -> dict[str, Any]:
    """The common columns of a fact, from the event that told it."""
    envelope = received.envelope
    return {
        "source": envelope.source,
        "event_id": envelope.id,
        "happened_at": envelope.time,
        "corrects": envelope.superseded_id,
        "mode": envelope.mode,
        "traceparent": received.cause.traceparent,
        "case_key": case_key(received.event.case_number),
        "case_number": received.event.case_number,
    }


def cause_of(fact: Any) -> Cause:
    """A stored fact as the cause of outgoing events."""
    return Cause(fact.source, fact.event_id, fact.mode, fact.traceparent)


async def add_facts(
    tx: Transaction, table: Table, key: str, rows: Sequence[Mapping[str, Any]]
) -> set[str]:
    """Write facts; give the keys (values of column ``key``) whose state may have changed.

    A correction may move a fact from one key to another: both are touched.
    """
    await tx.insert(table, rows)  # the inbox has let each event through once
    touched = {row[key] for row in rows}
    corrections = [row for row in rows if row["corrects"] is not None]
    if corrections:
        moved = await tx.all(
            f"SELECT DISTINCT {key} AS key FROM {table.name} WHERE (source, event_id) IN"  # noqa: S608 - names of our own tables
            " (SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[])))",
            sources=[row["source"] for row in corrections],
            ids=[row["corrects"] for row in corrections],
        )
        touched |= {row.key for row in moved}
    return touched


async def add_first_facts(
    tx: Transaction, table: Table, key: str, rows: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Any], set[str]]:
    """Write facts; give those that hold for certain, by key, and the keys that must be derived.

    A fact holds for certain when it is the only one of its key, corrects nothing and is
    corrected by nothing. That is nearly every fact, and saves reading back what was written.
    """
    if not rows:
        return {}, set()
    seen = await tx.all(
        f"SELECT {key} AS key FROM {table.name} WHERE {key} = ANY(CAST(:keys AS text[]))"  # noqa: S608 - names of our own tables
        f" UNION SELECT b.key FROM {table.name} AS f JOIN unnest(CAST(:sources AS text[]),"
        " CAST(:ids AS text[]), CAST(:keys AS text[])) AS b(source, id, key)"
        " ON f.corrects IS NOT NULL AND f.source = b.source AND f.corrects = b.id",
        keys=[row[key] for row in rows],
        sources=[row["source"] for row in rows],
        ids=[row["event_id"] for row in rows],
    )
    known = {row.key for row in seen}
    count = Counter(row[key] for row in rows)
    corrected = {(row["source"], row["corrects"]) for row in rows}
    certain = {
        row[key]: SimpleNamespace(**row)
        for row in rows
        if row[key] not in known
        and count[row[key]] == 1
        and row["corrects"] is None
        and (row["source"], row["event_id"]) not in corrected
    }
    return certain, await add_facts(tx, table, key, rows) - certain.keys()


async def holding(
    tx: Transaction, table: Table, key: str, values: Iterable[str], columns: str = "f.*"
) -> dict[str, Row[Any]]:
    """The fact that holds for each of these keys, where there is one; ``columns`` of it."""
    wanted = sorted(set(values))
    if not wanted:
        return {}
    rows = await tx.all(
        f"SELECT DISTINCT ON ({key}) {columns} FROM {table.name} AS f"  # noqa: S608 - names of our own tables
        f" WHERE {key} = ANY(CAST(:wanted AS text[])) AND NOT EXISTS (SELECT FROM {table.name} AS c"
        " WHERE c.corrects IS NOT NULL AND c.source = f.source AND c.corrects = f.event_id)"
        f" ORDER BY {key}, happened_at DESC, event_id DESC, source DESC",
        wanted=wanted,
    )
    return {getattr(row, key): row for row in rows}


async def forget_cases(tx: Transaction, table: Table, case_keys: Sequence[str]) -> None:
    """Delete the facts of cases that turned out to be classified; they are counted instead."""
    if not case_keys:
        return
    await tx.execute(
        f"WITH gone AS (DELETE FROM {table.name} WHERE case_key = ANY(CAST(:keys AS text[]))"  # noqa: S608 - names of our own tables
        " RETURNING case_key)"
        " INSERT INTO classified_counts (case_key, events)"
        " SELECT case_key, count(*) FROM gone GROUP BY case_key"
        " ON CONFLICT (case_key) DO UPDATE"
        " SET events = classified_counts.events + excluded.events",
        keys=list(case_keys),
    )
