"""What is derived from events of a case, where it must go altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction

_DERIVED = ("timeline", "decision_facts", "review_facts")


async def forget_derived(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete what was derived of classified cases; the events themselves were counted."""
    for table in _DERIVED:
        await tx.execute(
            f"DELETE FROM {table} WHERE case_key = ANY(CAST(:keys AS text[]))",  # noqa: S608 - names of our own tables
            keys=list(case_keys),
        )
