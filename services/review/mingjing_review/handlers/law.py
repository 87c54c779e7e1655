"""A law changed: a term begins for every catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.store.law_change import keep_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.legislation import LawChanged
    from mingjing_shared.messaging.received import Received


async def note_law_changes(received: Sequence[Received[LawChanged]], tx: Transaction) -> None:
    """Keep the change; what each unit owes after it is found when it is asked for."""
    rows = [
        {
            "source": item.envelope.source,
            "event_id": item.envelope.id,
            "happened_at": item.envelope.time,
            "corrects": item.envelope.superseded_id,
            "what": item.event.what,
            "holds_from": item.event.from_,
            "law_source": item.event.source,
            "affected": list(item.event.affected_items),
        }
        for item in received
    ]
    await keep_changes(tx, rows)
