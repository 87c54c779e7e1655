"""待审清单: what waits for me, then every decision within reach with where its review stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from mingjing_review.pages.words import HOW, KINDS, MODES, STATES
from mingjing_review.store.page import (
    Desks,
    ListedReview,
    counts_by_state,
    newest_reviews,
    waiting_for,
)
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.reach import reach_of, reaches, refuse_nothing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.shell import Shell


RARE = frozenset({"not_required", "waiting_case", "no_rule"})


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list; filters and the place in it stand in the address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/")
    async def reviews(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        officer = officer_of(request)
        chosen = asked_state(state, STATES)
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer, "review.see", tree)
        refuse_nothing(officer, "review.see", reach)
        page = await newest_reviews(database, reach, chosen, after)
        mine: Sequence[ListedReview] = ()
        if not chosen and not after:
            mine = await waiting_for(database, await desks_of(database, officer))
        return shell.page(
            request,
            "reviews.html",
            tiles=[
                tile
                for tile in tiles(STATES, await counts_by_state(database, reach, STATES))
                if tile.count or tile.code == chosen or tile.code not in RARE
            ],
            counted_max=COUNTED_MAX,
            chosen=chosen,
            after=after,
            next=page.next,
            mine=[shown(review, tree) for review in mine],
            rows=[shown(review, tree) for review in page.rows],
        )

    return router


async def desks_of(source: Database | Transaction, officer: Officer) -> Desks:
    """What may wait for this officer."""
    acts = ["review.opinion", "review.submit", "review.discuss"]
    reached = await reaches(source, officer, acts)
    return Desks(officer.number, *(reached[act] for act in acts))


def shown(review: ListedReview, tree: UnitTree) -> dict[str, Any]:
    """A row in words."""
    today = legal_today()
    late = review.due_on is not None and not review.due_provisional and review.due_on < today
    runs = review.round is not None
    return {
        "review": review,
        "unit": tree.name_of(review.unit),
        "state": word_of(review.state, STATES),
        "how": None if review.how is None else word_of(review.how, HOW).name,
        "kind": word_of(review.kind, KINDS).name,
        "mode": None if review.mode == "live" else word_of(review.mode, MODES).name,
        "overdue": late and runs,
        "runs": runs,
    }
