"""Proposed decisions: each text is judged by the catalogue of the day it was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.handlers.review import derive_reviews, text_row
from mingjing_review.rules.catalogue import flags_of
from mingjing_review.store.words import keep_words, word_rows
from mingjing_review.tables import PROPOSAL_FACTS
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionProposed
    from mingjing_shared.messaging.received import Received


async def judge_proposals(received: Sequence[Received[DecisionProposed]], tx: Transaction) -> None:
    """Say of each proposed decision whether it needs legal review, and by when.

    A proposal whose case is not known waits, and nothing is said of it until then. What is
    said commits together with the facts it rests on.
    """
    rows, words = [], []
    for item in await without_classified(received, tx):
        row = {**text_row(item, tx), **_of_proposals(item.event)}
        rows.append(row)
        words.extend(word_rows(tx, item, row["case_key"]))
    await keep_words(tx, words)
    await derive_reviews(tx, await add_facts(tx, PROPOSAL_FACTS, "decision_id", rows))


def _of_proposals(event: DecisionProposed) -> dict[str, Any]:
    """The columns that only proposals have."""
    return {
        "proposed_at": event.proposed_at,
        "flags": sorted(flags_of(event)),
        "proposed_by": event.proposed_by,
        "hearing": msgspec.to_builtins(event.hearing),
        "crime_suspected": event.crime_suspected,
        "offence_from": event.offence_from,
    }
