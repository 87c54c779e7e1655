"""Who took on the legal review of a case has the duty to look at what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.store.access import add_reviewers
from mingjing_recording.store.case import classified
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.review import ReviewAssigned
    from mingjing_shared.messaging.received import Received


async def note_reviewers(received: Sequence[Received[ReviewAssigned]], tx: Transaction) -> None:
    """Remember who reviews these cases; of classified ones nothing."""
    pairs = {(case_key(item.event.case_number), item.event.reviewer) for item in received}
    secret = await classified(tx, {key for key, _ in pairs})
    rows = [
        {"case_key": key, "reviewer": reviewer}
        for key, reviewer in sorted(pairs)
        if key not in secret
    ]
    await add_reviewers(tx, rows)
