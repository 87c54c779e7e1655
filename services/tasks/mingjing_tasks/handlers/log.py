"""A transparency log that a witness refuses raises a warning to the inspectorate.

It stands while any witness's last word is a refusal, in whatever order the words came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.events.platform import LogRefused
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_tasks.rules.telling import announcement_of, history_of, is_news, settled
from mingjing_tasks.rules.warning import DOUBTED_LOG, top_unit, warning_id_of
from mingjing_tasks.store import log as store
from mingjing_tasks.store import warning as warnings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.platform import LogAccepted
    from mingjing_shared.messaging.received import Received


class ForeignWord(ValueError):
    """A service spoke as a witness in another's name."""


async def note_logs(
    received: Sequence[Received[LogRefused | LogAccepted]], tx: Transaction
) -> None:
    """Keep what witnesses tell, and bring the warnings to where it puts them.

    Raises:
        ForeignWord: the sender is not the witness that the event names.
    """
    for item in received:
        if item.envelope.source != f"/mingjing/{item.event.witness}":
            raise ForeignWord(f"{item.envelope.source} spoke for {item.event.witness}")
    await store.add_words(tx, [_word(item) for item in received])
    logs = sorted({item.event.log for item in received})
    await tx.lock([f"{DOUBTED_LOG.topic}/{log}" for log in logs])
    words = await store.words_about(tx, logs)
    owner = top_unit(await unit_tree(tx, legal_today()))
    for log in logs:
        await _bring(tx, log, [one for one in words if one.log == log], owner)


async def _bring(tx: Transaction, log: str, words: Sequence[Row[Any]], owner: str | None) -> None:
    """Bring the warning about one log to where the words put it, and tell it when it is news."""
    name = warning_id_of(log, DOUBTED_LOG.code)
    kept = (await warnings.warnings(tx, [name])).get(name)
    old = None if kept is None else dict(kept._mapping)  # noqa: SLF001 - SQLAlchemy's public way
    row = _standing(log, words, owner)
    if row is None:
        return
    closed = await warnings.closed(tx, [name])
    if row["state"] == "raised" and row["caused_by"] in closed.get(name, ()):
        row = {**row, "state": "closed"}
    row = settled(row, old)
    if row == old:
        return
    await warnings.keep_warnings(tx, [row])
    if is_news(row, old):
        await warnings.add_history(tx, [history_of(row, legal_now())])
        outbox.add(tx, [Outgoing(announcement_of(row))])


def _word(item: Received[LogRefused | LogAccepted]) -> dict[str, Any]:
    event = item.event
    return {
        "source": item.envelope.source,
        "event_id": item.envelope.id,
        "log": event.log,
        "witness": event.witness,
        "what": "refused" if isinstance(event, LogRefused) else "accepted",
        "reason_code": event.reason_code if isinstance(event, LogRefused) else None,
        "happened_at": item.envelope.time,
    }


def _standing(log: str, words: Sequence[Row[Any]], owner: str | None) -> dict[str, Any] | None:
    """The warning as all words put it; None when the log was never refused."""
    refusals = [one for one in words if one.what == "refused"]
    if not refusals:
        return None
    last = {one.witness: one for one in words}  # they are in their order
    standing = [one for one in last.values() if one.what == "refused"]
    cause = min(standing, key=_order) if standing else refusals[-1]
    return {
        "warning_id": warning_id_of(log, DOUBTED_LOG.code),
        "kind": DOUBTED_LOG.code,
        "severity": DOUBTED_LOG.severity,
        "state": "raised" if standing else "cleared",
        "subject": log,
        "decision_id": None,
        "case_key": None,
        "case_number": None,
        "owner_unit": owner,
        "owner_role": DOUBTED_LOG.owner_role,
        "due_on": None,
        "since": cause.happened_at,
        "caused_by": cause.name,
        "cleared_by": None if standing else max(last.values(), key=_order).name,
        "mode": "live",
    }


def _order(word: Row[Any]) -> tuple[Any, str]:
    return (word.happened_at, word.name)
