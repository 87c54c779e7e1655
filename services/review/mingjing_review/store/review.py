"""Reviews: where each decision stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.tables import REVIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.database import Transaction

_REVIEW_IDS = uuid_utils.UUID("3d0a7a4e-6f0c-5b7e-9a58-0f6d1c9b2e47")


def review_id_of(decision_id: str) -> str:
    """The id of a decision's review: one decision, one review, in as many rounds as it takes."""
    return str(uuid_utils.uuid5(_REVIEW_IDS, decision_id))


async def reviews(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The reviews of these decisions, as they stand."""
    rows = await tx.all(
        "SELECT * FROM reviews WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: row._asdict() for row in rows}


async def keep_reviews(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write reviews as they now stand."""
    await tx.upsert(REVIEWS, rows)


async def remove_reviews(tx: Transaction, decision_ids: Sequence[str]) -> None:
    """Take away reviews of decisions of which no fact holds any more."""
    if decision_ids:
        await tx.execute(
            "DELETE FROM reviews WHERE decision_id = ANY(CAST(:ids AS text[]))",
            ids=list(decision_ids),
        )
