"""Every event goes to the archive, and to the timeline of its case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mingjing_shared.clock import machine_now
from mingjing_shared.facts.cases import without_classified
from mingjing_tasks.rules.timeline import codes_of
from mingjing_tasks.store import archive as store
from mingjing_tasks.store import case as cases
from mingjing_tasks.store import timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.received import Received

R = TypeVar("R", bound="Received[Any]")


async def archive_events(received: Sequence[Received[Any]], tx: Transaction) -> None:
    """Keep events for good: the public part readable, the personal part sealed."""
    await keep_events(received, tx)


async def keep_events(received: Sequence[R], tx: Transaction) -> list[R]:
    """Archive events and place them on the timeline of their case; give those that were kept.

    Of a classified case nothing is kept, only counted. An event that could name a case and
    does not is archived without a place on any timeline.
    """
    named = [item for item in received if item.event.case_number is not None]
    nameless = [item for item in received if item.event.case_number is None]
    kept = await without_classified(named, tx) if named else []
    rows = await write_events(tx, [*kept, *nameless], shown=kept)
    await cases.add_cases(tx, [row["case_key"] for row in rows])
    return [*kept, *nameless]


async def write_events(
    tx: Transaction, received: Sequence[Received[Any]], *, shown: Sequence[Received[Any]]
) -> list[dict[str, Any]]:
    """Archive all of these, and place ``shown``, a part of them, on the timeline: its rows."""
    now = machine_now()
    keys = tx.installation.keys
    rows = {id(item): store.archive_row(item, keys, now) for item in received}
    await store.add_events(tx, list(rows.values()))
    entries = [_entry(item, rows[id(item)]) for item in shown]
    await timeline.add_entries(tx, entries)
    return entries


def _entry(received: Received[Any], row: dict[str, Any]) -> dict[str, Any]:
    envelope = received.envelope
    return {
        "source": envelope.source,
        "event_id": envelope.id,
        "case_key": row["case_key"],
        "happened_at": envelope.time,
        "type": envelope.type,
        "causation_id": envelope.causationid,
        "corrects": envelope.superseded_id,
        "mode": envelope.mode,
        "codes": codes_of(type(received.event), row["data"]),
    }
