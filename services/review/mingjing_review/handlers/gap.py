"""Gaps in recordings: recording finds them, review weighs what they do to the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.tables import GAP_FACTS
from mingjing_shared.events.recording import RecordGapClosed, RecordGapExplained, RecordGapFound
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts, fact_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.received import Received

_WHAT: Mapping[type[Any], str] = {
    RecordGapFound: "found",
    RecordGapExplained: "explained",
    RecordGapClosed: "closed",
}


async def note_gaps(received: Sequence[Received[Any]], tx: Transaction) -> None:
    """Keep what recording says of gaps in what must be recorded."""
    rows = []
    for item in await without_classified(received, tx):
        event = item.event
        is_found = isinstance(event, RecordGapFound)
        rows.append(
            {
                **fact_row(item),
                "action_id": event.action_id,
                "what": _WHAT[type(event)],
                "kind": event.kind if is_found else None,
                "effect": event.effect if is_found else None,
                "minutes": event.minutes if is_found else None,
            }
        )
    await add_facts(tx, GAP_FACTS, "action_id", rows)
