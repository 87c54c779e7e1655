"""The event process of the gateway; it also sends the probes that show that events flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_gateway.handlers import ALARMS, HANDLERS
from mingjing_gateway.settings import SERVICE
from mingjing_gateway.store.received import door_stretch
from mingjing_shared.event_process import run_process
from mingjing_shared.messaging.probes import run_probes
from mingjing_shared.messaging.windows import keep_closing
from mingjing_shared.settings import Settings

if TYPE_CHECKING:
    import asyncio

    from mingjing_shared.database import Database


async def send_probes(database: Database, stop: asyncio.Event) -> None:
    """Probe as often as the settings say."""
    await run_probes(database, Settings(service=SERVICE).probe_every_seconds, stop)


async def tell_what_the_door_took(database: Database, stop: asyncio.Event) -> None:
    """Close the windows of what publishers told over HTTP, as those of the outbox are closed."""
    await keep_closing(database, stop, "door", door_stretch)


if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS, extra=[send_probes, tell_what_the_door_took])
