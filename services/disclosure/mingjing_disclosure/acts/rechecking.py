"""What is public is judged anew every day: a law that comes into force may seal it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.work import public_decisions
from mingjing_shared.clock import legal_today

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.database import Database

POLL_SECONDS = 60.0
_log = structlog.get_logger()


async def recheck_public(database: Database) -> int:
    """Bring everything public to where facts and today's law put it; how many were looked at."""
    seen, after = 0, ""
    while True:
        async with database.transaction() as tx:
            decisions = await public_decisions(tx, after)
            await derive_items(tx, decisions)
        if not decisions:
            return seen
        seen, after = seen + len(decisions), decisions[-1]


async def keep_rechecking(database: Database, stop: asyncio.Event) -> None:
    """Look at the start, and once every legal day, until told to stop. No trouble ends it."""
    done: date | None = None
    while not stop.is_set():
        today = legal_today()
        if done != today:
            try:
                await recheck_public(database)
                done = today
            except Exception as error:  # noqa: BLE001 - the process's edge: it is tried again
                _log.warning("what is public is not rechecked yet", error=type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), POLL_SECONDS)
