"""Deriving what this version keeps of acts and cases that came before it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from mingjing_recording.store.record import without_case, without_record
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_shared.looping import pause

if TYPE_CHECKING:
    import asyncio

    from mingjing_shared.database import Database

AT_ONCE_MAX = 500
PAUSE_SECONDS = 10.0
_log = structlog.get_logger()


async def fill_in(database: Database) -> int:
    """Derive some of what lacks, in one transaction; how much it was, nought when nothing lacks."""
    async with database.transaction() as tx:
        acts = await without_record(tx, AT_ONCE_MAX)
        files = await without_case(tx, AT_ONCE_MAX)
        await bring_up_to_date(tx, Touched(actions=acts, cases=files, casefiles=files))
    return len(acts) + len(files)


async def keep_filling_in(database: Database, stop: asyncio.Event) -> None:
    """Derive all that lacks, once after each start; trouble only delays it."""
    while not stop.is_set():
        try:
            if not await fill_in(database):
                return
        except Exception as error:  # noqa: BLE001 - the process's edge: a start must outlive any trouble
            _log.warning("filling in waits", error=type(error).__name__)
            await pause(stop, PAUSE_SECONDS)
