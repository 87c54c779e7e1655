"""The rows of a month in the order of sealing, and the record of months that are sealed."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.clock import machine_now
from mingjing_shared.privacy.fields import CannotOpen
from mingjing_tasks.store.sealed import ARCHIVED
from mingjing_tasks.tables import SEALED_MONTHS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.privacy.fields import KeyRing
    from mingjing_tasks.rules.manifest import Line
    from mingjing_tasks.rules.month import Month

_ROWS_A_PAGE = 2_000
_BEFORE_ALL = ("", "", datetime(1949, 1, 1, tzinfo=UTC))


async def months_to_seal(tx: Transaction, over: Sequence[Month]) -> list[str]:
    """Those of these months that hold events and are not sealed.

    One look at one row a month that is not sealed; sealed months cost nothing.
    """
    rows = await tx.all(
        "SELECT m.month FROM unnest(CAST(:months AS text[]), CAST(:firsts AS timestamptz[]),"
        " CAST(:ends AS timestamptz[])) AS m (month, first_instant, end_instant)"
        " CROSS JOIN LATERAL (SELECT 1 FROM event_archive AS e"
        " WHERE e.recorded_at >= m.first_instant AND e.recorded_at < m.end_instant LIMIT 1)"
        " AS any_row"
        " WHERE NOT EXISTS (SELECT FROM sealed_months AS s WHERE s.month = m.month)"
        " ORDER BY m.month",
        months=[str(month) for month in over],
        firsts=[month.first for month in over],
        ends=[month.end for month in over],
    )
    return [row.month for row in rows]


async def rows_of(database: Database, month: Month) -> AsyncIterator[Row[Any]]:
    """Every archived event of a month with every column, by source, id and arrival.

    Each page is a transaction of its own: objects are written in between.
    """
    source, event_id, recorded_at = _BEFORE_ALL
    while True:
        rows = await database.all(
            "SELECT * FROM event_archive WHERE recorded_at >= :first AND recorded_at < :end"
            " AND (source, event_id, recorded_at) > (:source, :event_id, :recorded_at)"
            " ORDER BY source, event_id, recorded_at LIMIT :limit",
            first=month.first,
            end=month.end,
            source=source,
            event_id=event_id,
            recorded_at=recorded_at,
            limit=_ROWS_A_PAGE,
        )
        for row in rows:
            yield row
        if len(rows) < _ROWS_A_PAGE:
            return
        source, event_id, recorded_at = rows[-1].source, rows[-1].event_id, rows[-1].recorded_at


async def sealed_manifest(tx: Transaction, month: Month) -> str | None:
    """The hash of the manifest under which a month is sealed, if it is."""
    row = await tx.first(
        "SELECT manifest_sha256 FROM sealed_months WHERE month = :month", month=str(month)
    )
    return row.manifest_sha256 if row else None


async def note_sealed(tx: Transaction, month: Month, manifest_sha256: str, events: int) -> None:
    """Record that a month is sealed; who was first stays."""
    row = {
        "month": str(month),
        "manifest_sha256": manifest_sha256,
        "events": events,
        "sealed_at": machine_now(),
    }
    await tx.insert_new(SEALED_MONTHS, [row])


async def classified_cases(tx: Transaction) -> frozenset[str]:
    """The cases of which the archive has lawfully forgotten everything else."""
    rows = await tx.all("SELECT DISTINCT case_key FROM case_facts WHERE classified")
    return frozenset(row.case_key for row in rows)


def says_the_same(keys: KeyRing, mine: Line, sealed: Line) -> bool:
    """Whether an event of the database is the sealed one, by whichever key each was sealed.

    The object cannot be written anew when keys change; the database is.
    """
    if mine.text == sealed.text:
        return True
    here, there = orjson.loads(mine.text), orjson.loads(sealed.text)
    place = ARCHIVED.place(source=mine.source, event_id=mine.event_id)
    try:
        for one in (here, there):
            if one["personal"] is not None:
                one["personal"] = keys.open(base64.b64decode(one["personal"]), place)
    except (CannotOpen, ValueError):
        return False
    return bool(here == there)
