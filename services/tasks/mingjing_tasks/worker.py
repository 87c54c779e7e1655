"""The event process of tasks; it also seals months of the archive and watches dead letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.clock import legal_today
from mingjing_shared.event_process import run_process
from mingjing_shared.messaging.watching import keep_measuring
from mingjing_tasks.acts.letters import keep_watch
from mingjing_tasks.acts.measuring import measure_deadlines
from mingjing_tasks.acts.sealing import keep_sealing
from mingjing_tasks.handlers import ALARMS, HANDLERS
from mingjing_tasks.handlers.task import clock_of
from mingjing_tasks.rules.indicator import month_of
from mingjing_tasks.settings import SERVICE, TasksSettings

if TYPE_CHECKING:
    import asyncio

    from mingjing_shared.database import Database


async def seal_months(database: Database, stop: asyncio.Event) -> None:
    """Seal what is due, every hour."""
    await keep_sealing(database, TasksSettings(service=SERVICE), stop)


async def watch_letters(database: Database, stop: asyncio.Event) -> None:
    """Measure every month from this one on, and watch the dead letters."""
    await keep_watch(database, clock_of(month_of(legal_today())), stop)


async def measure(database: Database, stop: asyncio.Event) -> None:
    """Measure how legal terms stand."""
    await keep_measuring(database, stop, measure_deadlines)


if __name__ == "__main__":
    run_process(SERVICE, HANDLERS, ALARMS, extra=[seal_months, watch_letters, measure])
