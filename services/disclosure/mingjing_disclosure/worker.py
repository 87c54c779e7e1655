"""The event process of disclosure; it also publishes, pulls what citizens wrote, rechecks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.feedback import keep_pulling
from mingjing_disclosure.acts.public_log import keep_public_log
from mingjing_disclosure.acts.publishing import keep_publishing
from mingjing_disclosure.acts.rechecking import keep_rechecking
from mingjing_disclosure.handlers import ALARMS, HANDLERS
from mingjing_disclosure.settings import SERVICE, PublishingSettings
from mingjing_shared.event_process import run_process

if TYPE_CHECKING:
    import asyncio

    from mingjing_shared.database import Database


async def publish(database: Database, stop: asyncio.Event) -> None:
    """Bring what was approved to the public page."""
    await keep_publishing(database, PublishingSettings(service=SERVICE), stop)


async def pull(database: Database, stop: asyncio.Event) -> None:
    """Take in what citizens wrote."""
    await keep_pulling(database, PublishingSettings(service=SERVICE), stop)


async def keep_log(database: Database, stop: asyncio.Event) -> None:
    """Sign the portal's public log."""
    await keep_public_log(database, PublishingSettings(service=SERVICE), stop)


if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS, extra=[publish, pull, keep_log, keep_rechecking])
