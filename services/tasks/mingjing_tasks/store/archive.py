"""The event archive: every event as it came, its personal part sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.events import merge_pii, split_pii
from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.law.case_number import case_key
from mingjing_tasks.store.sealed import ARCHIVED
from mingjing_tasks.tables import EVENT_ARCHIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.received import Received
    from mingjing_shared.privacy.fields import KeyRing

_KEPT_ATTRIBUTES = (
    "subject",
    "dataschema",
    "partitionkey",
    "traceparent",
    "tracestate",
    "correlationid",
    "causationid",
    "supersedes",
)


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """How far a reading of the archive has come."""

    recorded_at: datetime
    source: str
    event_id: str


_THE_START = ArchivePlace(datetime(1949, 1, 1, tzinfo=UTC), "", "")


async def add_events(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write events to the archive."""
    await tx.insert(EVENT_ARCHIVE, rows)


def archive_row(received: Received[Any], keys: KeyRing, recorded_at: datetime) -> dict[str, Any]:
    """An event as the archive keeps it: what nobody vouches for as impersonal is sealed."""
    envelope, position = received.envelope, received.position
    public, personal = split_pii(type(received.event), dict(received.content))
    case_number = getattr(received.event, "case_number", None)
    return {
        "source": envelope.source,
        "event_id": envelope.id,
        "recorded_at": recorded_at,
        "type": envelope.type,
        "time": envelope.time,
        "case_key": case_key(case_number) if case_number else None,
        "mode": envelope.mode,
        "topic": position.topic if position else None,
        "partition": position.partition if position else None,
        "record_offset": position.offset if position else None,
        "attributes": {
            name: value
            for name in _KEPT_ATTRIBUTES
            if (value := getattr(envelope, name)) is not None
        },
        "data": public,
        "personal": _sealed(keys, envelope.source, envelope.id, personal, envelope.extensions),
        "digest": received.digest,
    }


def original_of(row: Row[Any], keys: KeyRing) -> tuple[dict[str, str], dict[str, Any]]:
    """The attributes and the data of an archived event, as they came.

    Raises:
        CannotOpen: the sealed part was changed or belongs to another event.
    """
    attributes = {
        "specversion": "1.0",
        "id": row.event_id,
        "source": row.source,
        "type": row.type,
        "time": row.time.isoformat(),
        **row.attributes,
    }
    if row.mode != "live":
        attributes["mjmode"] = row.mode
    if row.personal is None:
        return attributes, row.data
    hidden = orjson.loads(
        keys.open(bytes(row.personal), ARCHIVED.place(source=row.source, event_id=row.event_id))
    )
    return {**hidden["attributes"], **attributes}, merge_pii(row.data, hidden["data"])


async def archived(
    tx: Transaction,
    event_type: str,
    *,
    happened: tuple[datetime, datetime],
    recorded_before: datetime,
    after: ArchivePlace | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """A page of real events of one type that happened in that span, in the order of arrival.

    Of one case they come in the order in which they were applied. Synthetic and replayed
    events are no part of anybody's history.
    """
    start = after or _THE_START
    return await tx.all(
        "SELECT source, event_id, recorded_at, type, time, mode, attributes, data, personal,"
        " digest FROM event_archive WHERE type = :type AND mode IN ('live', 'backfill')"
        " AND time >= :first AND time < :end AND recorded_at < :recorded_before"
        " AND (recorded_at, source, event_id) > (:recorded_at, :source, :event_id)"
        " ORDER BY recorded_at, source, event_id LIMIT :limit",
        type=event_type,
        first=happened[0],
        end=happened[1],
        recorded_before=recorded_before,
        recorded_at=start.recorded_at,
        source=start.source,
        event_id=start.event_id,
        limit=limit,
    )


async def count_archived(
    tx: Transaction, event_type: str, happened: tuple[datetime, datetime]
) -> int:
    """How many real events of one type happened in that span."""
    row = await tx.first(
        "SELECT count(*) AS events FROM event_archive WHERE type = :type"
        " AND mode IN ('live', 'backfill') AND time >= :first AND time < :end",
        type=event_type,
        first=happened[0],
        end=happened[1],
    )
    return int(row.events) if row else 0


async def forget_archived(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete and count what was archived of classified cases, but for the word that they are."""
    await tx.execute(
        "WITH gone AS (DELETE FROM event_archive WHERE case_key = ANY(CAST(:keys AS text[]))"
        " AND NOT (type = :accepted AND data @> '{\"classified\": true}')"
        " RETURNING case_key)"
        " INSERT INTO classified_counts (case_key, events)"
        " SELECT case_key, count(*) FROM gone GROUP BY case_key"
        " ON CONFLICT (case_key) DO UPDATE"
        " SET events = classified_counts.events + excluded.events",
        keys=list(case_keys),
        accepted=CaseAccepted.type,
    )


def _sealed(
    keys: KeyRing,
    source: str,
    event_id: str,
    personal: dict[str, Any],
    extensions: dict[str, str],
) -> bytes | None:
    if not personal and not extensions:
        return None
    plain = orjson.dumps({"data": personal, "attributes": extensions})
    return keys.seal(plain, ARCHIVED.place(source=source, event_id=event_id))
