"""Handlers whose effects can be counted, and that fail on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import asyncpg

from mingjing_shared.events.casework import CaseAccepted, DecisionMade, EnforcementEnded
from mingjing_shared.events.directory import PublisherRegistered
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging.probes import note_probes
from mingjing_shared.messaging.publishers import register_publishers

TABLE = """
CREATE TABLE IF NOT EXISTS effects (
    number bigint GENERATED ALWAYS AS IDENTITY, source text, event_id text, key text, type text
)
"""


async def effects_table(world, service: str) -> None:
    """A table beside the service's own, which its app role may fill."""
    settings = await world.settings(service)
    connection = await asyncpg.connect(world.stack.postgres.dsn(settings.database_name))
    try:
        await connection.execute(TABLE)
        await connection.execute(f'GRANT SELECT, INSERT ON effects TO "{service}_app"')
    finally:
        await connection.close()


class Effects:
    """Handlers for three types that note each event, unless ``fails`` says otherwise."""

    def __init__(self) -> None:
        self.fails: Callable[[Any], bool] = lambda _item: False
        self.runs = 0
        self.handlers = {
            CaseAccepted: self.note,
            DecisionMade: self.note,
            EnforcementEnded: self.note,
            PublisherRegistered: register_publishers,
            PlatformProbed: note_probes,
        }

    async def note(self, received, tx) -> None:
        self.runs += 1
        for item in received:
            if self.fails(item):
                raise ValueError("planted fault")
        for item in received:
            await tx.execute(
                "INSERT INTO effects (source, event_id, key, type) VALUES (:s, :i, :k, :t)",
                s=item.envelope.source,
                i=item.envelope.id,
                k=item.key,
                t=item.event.type,
            )


async def applied(database) -> list[str]:
    """The ids of applied events in the order of their effect."""
    return [
        row.event_id for row in await database.all("SELECT event_id FROM effects ORDER BY number")
    ]


async def letters(database) -> list[tuple[str, str | None]]:
    """Reason and event id of the dead letters, in the order they were put aside."""
    rows = await database.all("SELECT reason, event_id FROM dead_letters ORDER BY failed_at, id")
    return [(row.reason, row.event_id) for row in rows]
