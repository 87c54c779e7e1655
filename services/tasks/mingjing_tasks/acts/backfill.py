"""Backfill: a service that starts to take a type later is fed from the event archive.

The events go out through our own outbox to ``replay.<service>``, each as it was (source, id,
type, time, data) with the mode ``backfill``; the service takes them past its inbox, so that
what it already has is not applied again and a broken-off run is simply run once more.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_shared.clock import SHANGHAI, machine_now
from mingjing_shared.events import CATALOGUE, Event, event_class, short_name, with_case_number
from mingjing_shared.events.base import SERVICES
from mingjing_shared.events.catalogue import PREFIX
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.envelope import read_attributes
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.received import Received
from mingjing_shared.messaging.strict_json import canonical
from mingjing_shared.privacy.fields import CannotOpen
from mingjing_tasks.errors import ArchiveChanged, CannotBackfill
from mingjing_tasks.store import archive as store

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

EVENTS_AT_ONCE = 500
_FIRST_DAY, _LAST_DAY = date(1949, 1, 1), date(2100, 12, 31)


def backfilled_type(service: str, event_type: str) -> type[Event]:
    """The type of which this service may be fed.

    Raises:
        CannotBackfill: there is no such service or type, the service does not take it, or the
            archive does not hold it.
    """
    if service not in SERVICES:
        known = "、".join(sorted(SERVICES))
        raise CannotBackfill(f"没有服务“{service}”。", f"可用的服务：{known}。")
    found = event_class(event_type) or event_class(PREFIX + event_type)
    takes = {cls.type: cls for cls in CATALOGUE.values() if service in cls.takers}
    archived = {cls.type for cls in with_case_number()}
    usable = "、".join(short_name(name) for name in sorted(takes.keys() & archived))
    if found is None:
        raise CannotBackfill(f"没有事件类型“{event_type}”。", f"{service} 可补录：{usable}。")
    if found.type not in takes:
        said = f"{service} 不接收 {short_name(found.type)}。"
        raise CannotBackfill(said, f"{service} 可补录：{usable}。")
    if found.type not in archived:
        said = f"事件档案不保存 {short_name(found.type)}：该类型不涉及案件。"
        raise CannotBackfill(said, f"{service} 可补录：{usable}。")
    return found


async def count_backfill(
    database: Database, wanted: type[Event], first: date | None, last: date | None
) -> int:
    """How many events a backfill would feed."""
    async with database.transaction() as tx:
        return await store.count_archived(tx, wanted.type, _span(first, last))


async def backfill(
    database: Database,
    service: str,
    wanted: type[Event],
    first: date | None = None,
    last: date | None = None,
    *,
    page_events: int = EVENTS_AT_ONCE,
) -> int:
    """Feed a service all archived events of a type; how many went into the outbox.

    Each page commits by itself. What is archived while this runs is left to the service, which
    by then takes the type itself.

    Raises:
        ArchiveChanged: an event is not what was taken in; it and what follows were not fed.
    """
    started, after, fed = machine_now(), None, 0
    while True:
        async with database.transaction() as tx:
            rows = await store.archived(
                tx,
                wanted.type,
                happened=_span(first, last),
                recorded_before=started,
                after=after,
                limit=page_events,
            )
            for row in rows:
                _feed(tx, service, wanted, row)
        if not rows:
            return fed
        fed += len(rows)
        newest = rows[-1]
        after = store.ArchivePlace(newest.recorded_at, newest.source, newest.event_id)


def _feed(tx: Transaction, service: str, wanted: type[Event], row: Row[Any]) -> None:
    try:
        attributes, data = store.original_of(row, tx.installation.keys)
    except CannotOpen as error:
        raise _changed(row) from error
    plain = canonical(data)
    received = to_received(wanted, read_attributes(attributes), data, plain, None)
    if not isinstance(received, Received) or received.digest != bytes(row.digest):
        raise _changed(row)
    outbox.add_record(
        tx,
        event_id=str(uuid_utils.uuid7()),
        topic=f"replay.{service}",
        key=received.key,
        attributes={**attributes, "mjmode": "backfill"},
        value=plain,
    )


def _changed(row: Row[Any]) -> ArchiveChanged:
    return ArchiveChanged(
        f"事件档案中 {row.source}#{row.event_id} 的内容与收到时的摘要不符，未补录。",
        "请从备份核对该事件；查明之前不要继续补录。",
    )


def _span(first: date | None, last: date | None) -> tuple[datetime, datetime]:
    """From the start of the first day to the end of the last, in Asia/Shanghai."""
    end = (last or _LAST_DAY) + timedelta(days=1)
    return (
        datetime.combine(first or _FIRST_DAY, time(), SHANGHAI),
        datetime.combine(end, time(), SHANGHAI),
    )
