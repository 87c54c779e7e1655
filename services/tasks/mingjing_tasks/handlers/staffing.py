"""What review measured of its people is kept; figures of tasks 23 and 40 are of the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.clock import local_date
from mingjing_tasks.tables import STAFFING_FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.review import StaffingMeasured
    from mingjing_shared.messaging.received import Received


async def note_staffing(received: Sequence[Received[StaffingMeasured]], tx: Transaction) -> None:
    """Keep what was measured; of which day it is, the event says, else its time."""
    rows = [
        {
            "source": item.envelope.source,
            "event_id": item.envelope.id,
            "happened_at": item.envelope.time,
            "mode": item.envelope.mode,
            "unit": item.event.unit,
            "measured_on": item.event.on or local_date(item.envelope.time),
            "officers": item.event.officers,
            "reviewers": item.event.reviewers,
            "percent_asked": item.event.percent_asked,
            "levelled": item.event.levelled,
            "legal": item.event.legal,
        }
        for item in received
    ]
    await tx.insert(STAFFING_FACTS, rows)
