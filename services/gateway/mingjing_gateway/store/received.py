"""What the door took: identity, digest, and whether the broker has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mingjing_gateway.tables import RECEIVED
from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.windows import SETTLED_AFTER, Stretch, Told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database, Transaction

PENDING = "pending"
ACKED = "acked"


@dataclass(frozen=True, slots=True)
class Known:
    """What the door remembers of an event."""

    digest: bytes
    acked: bool


async def note_pending(
    tx: Transaction, source: str, rows: Sequence[Mapping[str, Any]]
) -> dict[str, Known]:
    """Note events of one source as pending; give those that were known before, by id.

    Rows go in sorted by id, so that two requests with the same events do not wait for each
    other in a circle.
    """
    ordered = sorted(rows, key=lambda row: row["event_id"])
    new = await tx.insert_new(RECEIVED, ordered, returning=("event_id",))
    fresh = {row.event_id for row in new}
    ids = [row["event_id"] for row in ordered if row["event_id"] not in fresh]
    return _known(await tx.all(_KNOWN, source=source, ids=ids)) if ids else {}


async def known_events(database: Database, source: str, ids: Sequence[str]) -> dict[str, Known]:
    """The events among these that are known, by id."""
    return _known(await database.all(_KNOWN, source=source, ids=list(ids)))


async def note_acked(tx: Transaction, source: str, ids: Sequence[str]) -> None:
    """Note that the broker acknowledged these."""
    await tx.execute(
        "UPDATE received SET state = 'acked', acked_at = now()"
        " WHERE source = :source AND event_id = ANY(CAST(:ids AS text[])) AND state = 'pending'",
        source=source,
        ids=sorted(ids),
    )


async def door_stretch(tx: Transaction, place: Any, limit: int) -> Stretch:
    """What the broker acknowledged to the door behind a place, as ``windows`` tells it on.

    The place is the instant of an acknowledgement and the event behind which it goes on.
    """
    since, source, event_id = place or ("1970-01-01T00:00:00+00:00", "", "")
    rows = await tx.all(
        "SELECT source, event_id, digest, event_type, acked_at FROM received"
        " WHERE state = 'acked' AND acked_at < :before"
        " AND (acked_at, source, event_id) > (CAST(:since AS timestamptz), :source, :event_id)"
        " ORDER BY acked_at, source, event_id LIMIT :limit",
        before=machine_now() - SETTLED_AFTER,
        since=datetime.fromisoformat(since),
        source=source,
        event_id=event_id,
        limit=limit,
    )
    events = [Told(r.source, r.event_type, r.event_id, bytes(r.digest)) for r in rows]
    if rows:
        place = (rows[-1].acked_at.isoformat(), rows[-1].source, rows[-1].event_id)
    return Stretch(events, place)


_KNOWN = (
    "SELECT event_id, digest, state FROM received"
    " WHERE source = :source AND event_id = ANY(CAST(:ids AS text[]))"
)


def _known(rows: Sequence[Any]) -> dict[str, Known]:
    return {row.event_id: Known(bytes(row.digest), row.state == ACKED) for row in rows}
