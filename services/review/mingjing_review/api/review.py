"""Decisions and their review as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from mingjing_review.store.page import ListedReview, counts_by_state, newest_reviews
from mingjing_shared.database import Database

State = Literal["bypassed", "review_required", "cleared", "not_required", "waiting_case", "no_rule"]


@dataclass(frozen=True)
class ReviewList:
    """Up to 50 decisions, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    reviews: Sequence[ListedReview]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the plain list shows, for machines."""
    router = APIRouter(prefix="/review/api", tags=["reviews"])

    @router.get("/reviews", summary="法制审核")
    async def reviews(state: State | None = None, after: str | None = None) -> ReviewList:
        page = await newest_reviews(database, state, after)
        return ReviewList(await counts_by_state(database), page.rows, page.next)

    return router
