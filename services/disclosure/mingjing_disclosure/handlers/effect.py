"""What happens to a decision after it was made: it takes effect, loses it, is contested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.sealed import UNDONE
from mingjing_disclosure.tables import REMEDY_FACTS, SERVED_FACTS, UNDONE_FACTS
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts, fact_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import (
        DecisionChanged,
        DecisionFoundIllegal,
        DecisionRevoked,
        DecisionServed,
        RemedyRecorded,
    )
    from mingjing_shared.messaging.received import Received


async def note_served_decisions(
    received: Sequence[Received[DecisionServed]], tx: Transaction
) -> None:
    """A served decision takes effect; from then on it may be published."""
    rows = [
        {
            **fact_row(item),
            "decision_id": item.event.decision_id,
            "served_on": item.event.served_on,
            "method": item.event.method,
        }
        for item in await without_classified(received, tx)
    ]
    await derive_items(tx, await add_facts(tx, SERVED_FACTS, "decision_id", rows))


async def note_undone_decisions(
    received: Sequence[Received[DecisionRevoked | DecisionChanged | DecisionFoundIllegal]],
    tx: Transaction,
) -> None:
    """A decision lost its effect: not public, it stays so; public, it must be withdrawn."""
    rows = [_undone(item, tx) for item in await without_classified(received, tx)]
    await derive_items(tx, await add_facts(tx, UNDONE_FACTS, "decision_id", rows))


def _undone(
    item: Received[DecisionRevoked | DecisionChanged | DecisionFoundIllegal], tx: Transaction
) -> dict[str, Any]:
    event = item.event
    source, event_id = item.envelope.identity
    place = UNDONE.place(source=source, event_id=event_id)
    return {
        **fact_row(item),
        "decision_id": event.decision_id,
        "kind": event.type.removeprefix("cn.mingjing.").replace(".", "_"),
        "on_day": event.on,
        "by_body": event.by,
        "replaced_by": event.replaced_by,
        "personal": tx.installation.keys.seal_text(event.reason, place),
    }


async def note_remedies(received: Sequence[Received[RemedyRecorded]], tx: Transaction) -> None:
    """A remedy was sought, or ended; it suspends nothing, but whoever approves must know."""
    rows = [
        {
            **fact_row(item),
            "decision_id": item.event.decision_id,
            "kind": item.event.kind,
            "filed_on": item.event.filed_on,
            "result": item.event.result,
            "result_on": item.event.result_on,
        }
        for item in await without_classified(received, tx)
    ]
    await derive_items(tx, await add_facts(tx, REMEDY_FACTS, "decision_id", rows))
