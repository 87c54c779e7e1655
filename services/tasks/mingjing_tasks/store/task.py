"""What was done about tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import TASK_ACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

ACTS_MAX = 200


async def short_acts(source: Database | Transaction) -> dict[int, list[Row[Any]]]:
    """What happened to every task since its last check, in order: what, done, share, when."""
    rows = await source.all(
        "SELECT task, what, done, share, unit, at, number FROM task_acts AS a"
        " WHERE number >= COALESCE((SELECT max(number) FROM task_acts AS c WHERE c.task = a.task"
        " AND c.what IN ('verified', 'rejected')), 0) ORDER BY task, number"
    )
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.task, []).append(row)
    return found


async def acts_of(source: Database | Transaction, task: int) -> Sequence[Row[Any]]:
    """The newest acts about a task, newest first, up to ``ACTS_MAX``."""
    return await source.all(
        "SELECT * FROM task_acts WHERE task = :task ORDER BY number DESC LIMIT :limit",
        task=task,
        limit=ACTS_MAX,
    )


async def add_act(tx: Transaction, row: dict[str, Any]) -> None:
    """Add what somebody did about a task."""
    await tx.insert(TASK_ACTS, [row])
