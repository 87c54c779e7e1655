"""Recorders say what they made; whose case it is may be told later, the file may come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.store import footage as store
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_recording.tables import FOOTAGE_FACTS
from mingjing_shared.directory.noting import note_officers
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.directory import OfficerDescribed
    from mingjing_shared.events.recorders import FootageCaptured
    from mingjing_shared.messaging.received import Received


async def register_footage(received: Sequence[Received[FootageCaptured]], tx: Transaction) -> None:
    """Know the recordings; link those that name a case to its acts of the same time."""
    named = [item for item in received if item.event.case_number is not None]
    stored = [item for item in received if item.event.case_number is None]
    if named:
        stored += await without_classified(named, tx)  # type: ignore[type-var]
    touched = await add_facts(tx, FOOTAGE_FACTS, "footage_id", [_row(item) for item in stored])
    await bring_up_to_date(tx, Touched(footage=touched))


async def note_officers_and_their_footage(
    received: Sequence[Received[OfficerDescribed]], tx: Transaction
) -> None:
    """Keep the directory; a recording that belongs to no case belongs to its officer's unit."""
    await note_officers(received, tx)
    numbers = {item.event.police_number for item in received}
    await bring_up_to_date(tx, Touched(footage=await store.ids_of_officers(tx, numbers)))


def _row(received: Received[FootageCaptured]) -> dict[str, Any]:
    envelope, event = received.envelope, received.event
    return {
        "source": envelope.source,
        "event_id": envelope.id,
        "happened_at": envelope.time,
        "corrects": envelope.superseded_id,
        "mode": envelope.mode,
        "traceparent": received.cause.traceparent,
        "case_key": case_key(event.case_number) if event.case_number else None,
        "case_number": event.case_number,
        "footage_id": event.footage_id,
        "serial": event.serial,
        "officer": event.officer,
        "started_at": event.started_at,
        "ended_at": event.ended_at,
        "key_file": event.key_file,
        "sha256": event.sha256,
        "size": event.size,
    }
