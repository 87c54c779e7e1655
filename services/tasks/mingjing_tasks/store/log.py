"""What witnesses told of the services' transparency logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import LOG_FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction


async def add_words(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep what was told, once."""
    await tx.insert_new(LOG_FACTS, rows)


async def words_about(tx: Transaction, logs: Sequence[str]) -> Sequence[Row[Any]]:
    """Everything that witnesses ever told of these logs, oldest first."""
    return await tx.all(
        "SELECT log, witness, what, happened_at, source || '#' || event_id AS name"
        " FROM log_facts WHERE log = ANY(CAST(:logs AS text[])) ORDER BY happened_at, event_id",
        logs=sorted(set(logs)),
    )
