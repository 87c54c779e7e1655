"""What the door took: identity, digest, and whether the broker has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_gateway.tables import RECEIVED

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


_KNOWN = (
    "SELECT event_id, digest, state FROM received"
    " WHERE source = :source AND event_id = ANY(CAST(:ids AS text[]))"
)


def _known(rows: Sequence[Any]) -> dict[str, Known]:
    return {row.event_id: Known(bytes(row.digest), row.state == ACKED) for row in rows}
