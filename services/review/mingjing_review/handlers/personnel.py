"""Exams that officers passed, and the engagement of advisers: kept in every version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.store.sealed import ADVISER
from mingjing_review.store.wording import written
from mingjing_review.tables import ADVISER_FACTS, EXAM_FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.personnel import AdviserEngaged, ExamPassed
    from mingjing_shared.messaging.received import Received


async def note_exams(received: Sequence[Received[ExamPassed]], tx: Transaction) -> None:
    """Keep who passed which exam until when it counts."""
    rows = [
        {
            **_told(item),
            "officer": item.event.police_number,
            "level": item.event.level,
            "passed_on": item.event.on,
            "valid_until": item.event.valid_until,
        }
        for item in received
    ]
    await tx.insert(EXAM_FACTS, rows)


async def note_advisers(received: Sequence[Received[AdviserEngaged]], tx: Transaction) -> None:
    """Keep who was engaged as an adviser or government lawyer; the name is sealed."""
    rows = []
    for item in received:
        event, told = item.event, _told(item)
        name, _digest = written(
            tx, ADVISER, event.adviser, source=told["source"], event_id=told["event_id"]
        )
        rows.append(
            {
                **told,
                "adviser_ref": tx.installation.references.name(event.unit, event.adviser),
                "unit": event.unit,
                "kind": event.kind,
                "officer": event.police_number,
                "engaged_on": event.on,
                "until": event.until,
                "personal": name,
            }
        )
    await tx.insert(ADVISER_FACTS, rows)


def _told(item: Received[Any]) -> dict[str, Any]:
    envelope = item.envelope
    return {
        "source": envelope.source,
        "event_id": envelope.id,
        "happened_at": envelope.time,
        "corrects": envelope.superseded_id,
        "mode": envelope.mode,
    }
