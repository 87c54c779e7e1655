"""The event process of tasks; it also seals the months of the event archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.messaging.process import run_process
from mingjing_tasks.acts.sealing import keep_sealing
from mingjing_tasks.handlers import ALARMS, HANDLERS
from mingjing_tasks.settings import SERVICE, TasksSettings

if TYPE_CHECKING:
    import asyncio

    from mingjing_shared.database import Database


async def seal_months(database: Database, stop: asyncio.Event) -> None:
    """Seal what is due, every hour."""
    await keep_sealing(database, TasksSettings(service=SERVICE), stop)


if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS, extra=[seal_months])
