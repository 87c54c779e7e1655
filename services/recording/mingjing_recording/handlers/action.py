"""Acts come in; what must be recorded of them, and by when it must be in, follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingjing_recording.store.standing.action import pass_upload_terms
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_recording.tables import ACTION_FACTS
from mingjing_shared.clock import legal_now
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts, fact_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import ActionPerformed
    from mingjing_shared.messaging.clocks import Clock
    from mingjing_shared.messaging.received import Received


async def require_recordings(
    received: Sequence[Received[ActionPerformed]], tx: Transaction
) -> None:
    """Say of each act what must be recorded of it, by the law of its day.

    Does not wait for the case: an act may be judged as soon as it is known. One to which no row
    of the matrix applies is kept with the reason, and nothing is said about it.
    """
    rows = []
    for item in await without_classified(received, tx):
        event = item.event
        rows.append(
            {
                **fact_row(item),
                "action_id": event.action_id,
                "kind": event.kind,
                "place_kind": event.place_kind,
                "started_at": event.started_at,
                "ended_at": event.ended_at,
                "officers": list(event.officers),
                "told": msgspec.to_builtins(event.told),
                "uniform": event.uniform,
            }
        )
    touched = await add_facts(tx, ACTION_FACTS, "action_id", rows)
    await bring_up_to_date(tx, Touched(actions=touched))


async def mark_footage_due(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The upload terms of these acts ran out: what lacks from now on is found to lack."""
    touched = await pass_upload_terms(tx, clocks, legal_now())
    await bring_up_to_date(tx, Touched(records=touched))
