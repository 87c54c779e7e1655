"""The last day for an opinion passed while the opinion was still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.store import review as store
from mingjing_review.store.fact import proposals_that_stand
from mingjing_shared.events.review import ReviewOverdue
from mingjing_shared.events.values import CaseNumber, DecisionId, ReviewId
from mingjing_shared.facts.store import cause_of
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import key_and_term
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.clocks import Clock


async def tell_overdue_reviews(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Tell once of each round that its opinion is overdue.

    Takes no lock: whoever gives an opinion at this moment waits for the clock's own row, and is
    late by then.
    """
    rounds = {key_and_term(clock.subject)[0]: clock for clock in clocks}
    rows = await store.reviews(tx, rounds)
    texts = await proposals_that_stand(tx, rounds)
    told = []
    for decision_id, clock in sorted(rounds.items()):
        row = rows.get(decision_id)
        if row is None or row["clock"] != clock.subject or row["due_on"] is None:
            continue
        event = ReviewOverdue(
            case_number=CaseNumber(row["case_number"]),
            review_id=ReviewId(row["review_id"]),
            decision_id=DecisionId(decision_id),
            decide_by=row["due_on"],
            round=row["round"],
        )
        told.append(Outgoing(event, cause_of(texts[decision_id][0]), clock.subject))
    outbox.add(tx, told)
