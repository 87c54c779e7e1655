"""Decisions and their review as JSON."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - FastAPI reads it at run time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Request

from mingjing_review.rules.state import STATE_NAMES
from mingjing_review.store.page import ListedReview, counts_by_state, newest_reviews
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.reach import reach_of, refuse_nothing

if TYPE_CHECKING:
    from mingjing_shared.database import Database

State = Literal[
    "bypassed",
    "review_required",
    "submitted",
    "incomplete",
    "in_review",
    "returned",
    "opinion_given",
    "resubmitted",
    "coordinating",
    "discussion",
    "transferred",
    "cleared",
    "not_required",
    "waiting_case",
    "no_rule",
]


@dataclass(frozen=True)
class ReviewList:
    """Up to 50 decisions within reach, newest first; ``next`` is the ``after`` of the following.

    ``counts`` are counted up to 1,000 a state.
    """

    counts: dict[str, int]
    reviews: Sequence[ListedReview]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the list shows, for machines."""
    router = APIRouter(prefix="/review/api", tags=["reviews"])

    @router.get("/reviews", summary="法制审核")
    async def reviews(
        request: Request, state: State | None = None, after: str | None = None
    ) -> ReviewList:
        officer = officer_of(request)
        reach = reach_of(officer, "review.see", await unit_tree(database, legal_today()))
        refuse_nothing(officer, "review.see", reach)
        page = await newest_reviews(database, reach, state, after)
        counts = await counts_by_state(database, reach, STATE_NAMES)
        return ReviewList(counts, page.rows, page.next)

    return router
