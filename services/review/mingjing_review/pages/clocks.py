"""What the page of one review shows of its hearing, its case's limit and its transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.pages.terms import shown_term
from mingjing_review.pages.words import HEARING_STATES
from mingjing_review.store.board import terms_of_case
from mingjing_shared.web.lists import word_of

if TYPE_CHECKING:
    from mingjing_review.store.sheet import Sheet
    from mingjing_shared.web.desk import Desk


async def clocks_of_review(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """The hearing's state with why there is a right, and every other term of the case."""
    hearing = sheet.hearing
    tree = await desk.tree()
    running = await terms_of_case(desk.tx, sheet.review["case_key"])
    mine = {None, sheet.review["decision_id"]}
    return {
        "hearing": hearing,
        "hearing_state": word_of(hearing["state"], HEARING_STATES) if hearing else None,
        "clocks": [
            shown_term(term, tree)
            for term in running.values()
            if term.decision_id in mine and term.kind in {"hearing", "limit", "transfer"}
        ],
    }
