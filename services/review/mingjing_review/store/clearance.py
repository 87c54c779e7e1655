"""Clearances: which text may be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.rules.standing import Clearance
from mingjing_review.tables import CLEARANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.database import Transaction


async def clearances(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, list[Clearance]]:
    """The clearances of these decisions, as they stand."""
    rows = await tx.all(
        "SELECT * FROM clearances WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    found: dict[str, list[Clearance]] = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(
            Clearance(row.clearance_id, row.draft_sha256, row.given_at, row.valid_until, row.kind)
        )
    return found


def row_of(decision_id: str, clearance: Clearance) -> dict[str, Any]:
    """A clearance as a row."""
    return {
        "clearance_id": clearance.clearance_id,
        "decision_id": decision_id,
        "draft_sha256": clearance.draft_sha256,
        "given_at": clearance.given_at,
        "valid_until": clearance.valid_until,
        "kind": clearance.kind,
    }


async def keep_clearances(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write clearances as they now stand."""
    await tx.upsert(CLEARANCES, rows)


async def remove_clearances(tx: Transaction, clearance_ids: Sequence[str]) -> None:
    """Take away clearances that no longer follow from any fact."""
    if clearance_ids:
        await tx.execute(
            "DELETE FROM clearances WHERE clearance_id = ANY(CAST(:ids AS text[]))",
            ids=list(clearance_ids),
        )


async def forget_clearances(tx: Transaction, decision_ids: Iterable[str]) -> None:
    """Delete every clearance of decisions of which nothing may be kept."""
    wanted = sorted(set(decision_ids))
    if wanted:
        await tx.execute(
            "DELETE FROM clearances WHERE decision_id = ANY(CAST(:ids AS text[]))", ids=wanted
        )
