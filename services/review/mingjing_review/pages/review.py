"""审核清单: which decisions need review, by when, and which went past it."""

from fastapi import APIRouter, Request, Response

from mingjing_review.pages.words import HOW, KINDS, MODES, STATES
from mingjing_review.store.page import ListedReview, counts_by_state, newest_reviews
from mingjing_shared.database import Database
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The plain list; until there is sign-in it names nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/")
    async def reviews(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, STATES)
        page = await newest_reviews(database, chosen, after)
        return shell.page(
            request,
            "reviews.html",
            tiles=tiles(STATES, await counts_by_state(database)),
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[_shown(review, database) for review in page.rows],
        )

    return router


def _shown(review: ListedReview, database: Database) -> dict[str, object]:
    return {
        "case_ref": database.installation.references.case(review.case_number),
        "review": review,
        "state": word_of(review.state, STATES),
        "how": None if review.how is None else word_of(review.how, HOW).name,
        "kind": word_of(review.kind, KINDS).name,
        "mode": None if review.mode == "live" else word_of(review.mode, MODES).name,
    }
