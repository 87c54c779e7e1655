"""Cases that went to another authority: what was to be handed over has been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.tables import TRANSFERRED_FACTS
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts, fact_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseTransferred
    from mingjing_shared.messaging.received import Received


async def note_transferred(received: Sequence[Received[CaseTransferred]], tx: Transaction) -> None:
    """Keep the day; why and to whom is not kept here."""
    rows = [
        {**fact_row(item), "transferred_on": item.event.on}
        for item in await without_classified(received, tx)
    ]
    await settle_terms(tx, cases=await add_facts(tx, TRANSFERRED_FACTS, "case_key", rows))
