"""The register of publishers, as every worker keeps it from the directory.

A topic has one writer; the register says which source that writer is and which types it may
send, so that *who said this* is provable by the topic alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.events.directory import PublisherRegistered
    from mingjing_shared.messaging.received import Received


@dataclass(frozen=True, slots=True)
class Publisher:
    """One registered publisher; the minutes are the longest that it is quiet, if that is agreed."""

    name: str
    topic: str
    source: str
    types: frozenset[str]
    modes: frozenset[str]
    quiet_minutes_max: int | None = None


async def register_publishers(
    received: Sequence[Received[PublisherRegistered]], tx: Transaction
) -> None:
    """Keep the newest registration of each publisher."""
    for item in received:
        await tx.execute(
            """
            INSERT INTO publishers (name, topic, source, types, modes, quiet_minutes_max,
              registered_at, registered_by)
            VALUES (:name, :topic, :source, CAST(:types AS jsonb), CAST(:modes AS jsonb), :quiet,
              :at, :by)
            ON CONFLICT (name) DO UPDATE SET topic = excluded.topic, source = excluded.source,
              types = excluded.types, modes = excluded.modes,
              quiet_minutes_max = excluded.quiet_minutes_max,
              registered_at = excluded.registered_at, registered_by = excluded.registered_by
            WHERE (excluded.registered_at, excluded.registered_by)
                > (publishers.registered_at, publishers.registered_by)
            """,
            name=item.event.name,
            topic=item.event.topic,
            source=item.event.source,
            types=json.dumps(item.event.types),
            modes=json.dumps(item.event.modes or ()),
            quiet=item.event.quiet_minutes_max,
            at=item.envelope.time,
            by=item.envelope.id,
        )


async def registered(database: Database | Transaction) -> dict[str, Publisher]:
    """The register as held here, by topic."""
    rows = await database.all(
        "SELECT name, topic, source, types, modes, quiet_minutes_max FROM publishers"
    )
    return {
        row.topic: Publisher(
            row.name,
            row.topic,
            row.source,
            frozenset(row.types),
            frozenset(row.modes),
            row.quiet_minutes_max,
        )
        for row in rows
    }
