"""Dead letters that wait for a person raise a warning; when none waits, it is cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.looping import keep_doing
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import set_clocks
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_tasks.rules.telling import announcement_of, history_of, is_news, settled
from mingjing_tasks.rules.warning import LETTERS, top_unit, warning_id_of
from mingjing_tasks.settings import SERVICE
from mingjing_tasks.store import letters as store
from mingjing_tasks.store import warning as warnings

if TYPE_CHECKING:
    import asyncio

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.messaging.clocks import Clock

WATCH_SECONDS = 10.0
_log = structlog.get_logger()


async def look_at_letters(tx: Transaction) -> None:
    """Bring the warning about this service's dead letters to where they stand."""
    await tx.lock([f"{LETTERS.topic}/{SERVICE}"])
    name = warning_id_of(SERVICE, LETTERS.code)
    old = (await warnings.warnings(tx, [name])).get(name)
    waiting = await store.waiting(tx)
    if old is None and waiting is None:
        return
    before = None if old is None else dict(old._mapping)  # noqa: SLF001 - SQLAlchemy's public way
    if waiting is not None:
        closed = await warnings.closed(tx, [name])
        owner = top_unit(await unit_tree(tx, legal_today()))
        cause = f"{tx.installation.source}#letter-{waiting.newest}"
        state = "closed" if cause in closed.get(name, ()) else "raised"
        row = _row(name, state, owner, waiting.since, cause)
    else:
        row = {**(before or {}), "state": "cleared", "cleared_by": (before or {})["caused_by"]}
    row = settled(row, before)
    if row == before:
        return
    await warnings.keep_warnings(tx, [row])
    if is_news(row, before):
        await warnings.add_history(tx, [history_of(row, legal_now())])
        outbox.add(tx, [Outgoing(announcement_of(row))])


async def keep_watch(database: Database, first: Clock, stop: asyncio.Event) -> None:
    """Start the clock of the month, then look at the dead letters again and again.

    No trouble ends it.
    """
    started = False

    async def work() -> float:
        nonlocal started
        async with database.transaction() as tx:
            if not started:
                await set_clocks(tx, [first])
            await look_at_letters(tx)
        started = True
        return WATCH_SECONDS

    trouble = "dead letters are not watched"
    await keep_doing(work, stop, trouble=trouble, after_trouble_seconds=WATCH_SECONDS)


def _row(name: str, state: str, owner: str | None, since: Any, cause: str) -> dict[str, Any]:
    return {
        "warning_id": name,
        "kind": LETTERS.code,
        "severity": LETTERS.severity,
        "state": state,
        "subject": SERVICE,
        "decision_id": None,
        "case_key": None,
        "case_number": None,
        "owner_unit": owner,
        "owner_role": LETTERS.owner_role,
        "due_on": None,
        "since": since,
        "caused_by": cause,
        "cleared_by": None,
        "mode": "live",
    }
