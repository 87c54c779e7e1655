"""Acts: what must be recorded of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import ACTION_FACTS, ACTIONS
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction


async def actions_that_hold(tx: Transaction, action_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds for each act."""
    return await holding(tx, ACTION_FACTS, "action_id", action_ids)


async def action_ids_of_cases(tx: Transaction, case_keys: Sequence[str]) -> set[str]:
    """The acts that any fact places in these cases."""
    rows = await tx.all(
        "SELECT action_id FROM action_facts WHERE case_key = ANY(CAST(:keys AS text[]))"
        " UNION SELECT action_id FROM actions WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )
    return {row.action_id for row in rows}


async def cases_of(tx: Transaction, action_ids: Iterable[str]) -> set[str]:
    """The cases in which any fact places these acts."""
    wanted = sorted(set(action_ids))
    if not wanted:
        return set()
    rows = await tx.all(
        "SELECT case_key FROM action_facts WHERE action_id = ANY(CAST(:ids AS text[]))"
        " UNION SELECT case_key FROM actions WHERE action_id = ANY(CAST(:ids AS text[]))",
        ids=wanted,
    )
    return {row.case_key for row in rows}


async def ids_here(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """The acts of these cases, as they stand."""
    rows = await tx.all(
        "SELECT action_id FROM actions WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.action_id for row in rows}


async def actions(tx: Transaction, action_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """These acts, as they stand."""
    rows = await tx.all(
        "SELECT * FROM actions WHERE action_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(action_ids)),
    )
    return {row.action_id: row for row in rows}


async def keep_actions(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write acts as they now stand."""
    await tx.upsert(ACTIONS, rows)


async def remove_actions(tx: Transaction, action_ids: Sequence[str]) -> None:
    """Take away acts of which no fact holds any more."""
    if action_ids:
        await tx.execute(
            "DELETE FROM actions WHERE action_id = ANY(CAST(:ids AS text[]))",
            ids=list(action_ids),
        )


async def mark_footage_due_passed(
    tx: Transaction, terms: Sequence[tuple[str, datetime]], now: datetime
) -> None:
    """Note that the upload terms of these acts ran out; a term that was moved does not count."""
    await tx.execute(
        "UPDATE actions SET footage_due_passed_at = :now FROM unnest(CAST(:ids AS text[]),"
        " CAST(:dues AS timestamptz[])) AS term(action_id, due_at)"
        " WHERE actions.action_id = term.action_id AND actions.upload_due_at = term.due_at"
        " AND footage_due_passed_at IS NULL",
        ids=[action_id for action_id, _ in terms],
        dues=[due_at for _, due_at in terms],
        now=now,
    )
