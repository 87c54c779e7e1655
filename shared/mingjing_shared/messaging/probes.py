"""Probes: a synthetic event that goes round, and the proof that it was settled here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
import uuid_utils
from opentelemetry.context import Context

from mingjing_shared.clock import machine_now
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.looping import keep_doing
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.metrics import CANARY_AT, CANARY_SECONDS
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.telemetry.tracing import tracer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.messaging.received import Received

_log = structlog.get_logger()


async def note_probes(received: Sequence[Received[PlatformProbed]], tx: Transaction) -> None:
    """Remember the newest probe settled by this service."""
    newest = max(received, key=lambda item: item.event.probed_at)
    await tx.execute(
        "INSERT INTO probes (always, probe_id, probed_at, settled_at)"
        " VALUES (true, :probe_id, :probed_at, :now)"
        " ON CONFLICT (always) DO UPDATE SET probe_id = excluded.probe_id,"
        " probed_at = excluded.probed_at, settled_at = excluded.settled_at"
        " WHERE excluded.probed_at > probes.probed_at",
        probe_id=newest.event.probe_id,
        probed_at=newest.event.probed_at,
        now=(now := machine_now()),
    )
    path = f"probe-{tx.installation.service}"
    CANARY_AT.labels(path).set(now.timestamp())
    CANARY_SECONDS.labels(path).observe(max(0.0, (now - newest.event.probed_at).total_seconds()))


async def last_probe(database: Database) -> dict[str, Any] | None:
    """The last probe settled by this service, as ``/readyz`` shows it."""
    rows = await database.all("SELECT probe_id, probed_at, settled_at FROM probes")
    if not rows:
        return None
    return {
        "id": rows[0].probe_id,
        "probed_at": rows[0].probed_at.isoformat(),
        "settled_at": rows[0].settled_at.isoformat(),
    }


async def send_probe(tx: Transaction) -> str:
    """Emit a probe when the transaction commits; its id."""
    probe_id = str(uuid_utils.uuid7())
    event = PlatformProbed(probe_id=probe_id, probed_at=machine_now())
    outbox.add(tx, [Outgoing(event)])
    return probe_id


async def run_probes(database: Database, every_seconds: float, stop: asyncio.Event) -> None:
    """Send a probe at once and then regularly, until told to stop. No trouble ends it."""

    async def work() -> float:
        with tracer().start_as_current_span("probe", Context()):
            async with database.transaction() as tx:
                await send_probe(tx)
        return every_seconds

    await keep_doing(work, stop, trouble="probe waits", after_trouble_seconds=1.0)
