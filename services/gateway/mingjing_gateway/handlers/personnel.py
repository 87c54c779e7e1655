"""Personnel systems tell of units and officers; the directory tells everybody what holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_gateway.store.directory import add_told, officers_described, units_described
from mingjing_gateway.tables import OFFICER_FACTS, UNIT_FACTS
from mingjing_shared.clock import local_date
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.personnel import OfficerChanged, UnitChanged
    from mingjing_shared.messaging.received import Received

_OFFICER = (
    "valid_from", "name", "unit", "posts", "enforcement_certificate", "qualification_level",
    "qualification_valid_until", "legal_qualification", "active",
)  # fmt: skip


async def note_changed_units(received: Sequence[Received[UnitChanged]], tx: Transaction) -> None:
    """Keep what was told of units, and tell everybody their versions."""
    rows = []
    for item in received:
        said = msgspec.to_builtins(item.event)
        began = said.get("valid_from") or local_date(item.envelope.time).isoformat()
        version = {"valid_from": began, **{k: said[k] for k in ("name", "level", "parent", "head")}}
        rows.append({**_told(item), "code": item.event.code, "version": version})
    touched = await add_told(tx, UNIT_FACTS, "code", rows)
    cause = received[0].cause
    causes = {item.event.code: item.cause for item in received}
    outbox.add(
        tx,
        [
            Outgoing(said, causes.get(said.code, cause), said.code)
            for said in await units_described(tx, touched)
        ],
    )


async def note_changed_officers(
    received: Sequence[Received[OfficerChanged]], tx: Transaction
) -> None:
    """Keep what was told of officers, and tell everybody their versions."""
    rows = []
    for item in received:
        said = msgspec.to_builtins(item.event)
        version = {name: said[name] for name in _OFFICER if said.get(name) is not None}
        rows.append({**_told(item), "police_number": item.event.police_number, "version": version})
    touched = await add_told(tx, OFFICER_FACTS, "police_number", rows)
    cause = received[0].cause
    causes = {item.event.police_number: item.cause for item in received}
    outbox.add(
        tx,
        [
            Outgoing(said, causes.get(said.police_number, cause), said.police_number)
            for said in await officers_described(tx, touched)
        ],
    )


def _told(item: Received[Any]) -> dict[str, Any]:
    return {
        "source": item.envelope.source,
        "event_id": item.envelope.id,
        "happened_at": item.envelope.time,
        "corrects": item.envelope.superseded_id,
    }
