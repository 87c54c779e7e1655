"""What the archive knows of a publisher's former hours, and of its first and last event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mingjing_tasks.rules.live import Last
from mingjing_tasks.rules.silence import Past

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.database import Database, Transaction


async def past_of(
    source: Database | Transaction, publishers: Iterable[str], spans: Sequence[tuple[int, int]]
) -> dict[str, Past]:
    """How many live events each of these sources sent in each hour of the spans.

    Spans are whole hours in seconds since the epoch and do not overlap. Counted by when the
    event was taken in here; one index answers.
    """
    named = sorted(set(publishers))
    rows = await source.all(
        "SELECT s.source, CAST(extract(epoch FROM date_trunc('hour', a.recorded_at)) AS bigint)"
        " AS hour, count(*) AS events"
        " FROM unnest(CAST(:sources AS text[])) AS s(source)"
        " CROSS JOIN unnest(CAST(:firsts AS timestamptz[]), CAST(:ends AS timestamptz[]))"
        " AS span(first, until)"
        " JOIN event_archive a ON a.source = s.source AND a.mode = 'live'"
        " AND a.recorded_at >= span.first AND a.recorded_at < span.until GROUP BY 1, 2",
        sources=named,
        firsts=[datetime.fromtimestamp(first, UTC) for first, _ in spans],
        ends=[datetime.fromtimestamp(end, UTC) for _, end in spans],
    )
    hours: dict[str, dict[int, int]] = {}
    for row in rows:
        hours.setdefault(row.source, {})[row.hour] = row.events
    begun = await source.all(
        "SELECT s.source, a.recorded_at FROM unnest(CAST(:sources AS text[])) AS s(source)"
        " CROSS JOIN LATERAL (SELECT recorded_at FROM event_archive"
        " WHERE source = s.source AND mode = 'live' ORDER BY recorded_at LIMIT 1) AS a",
        sources=named,
    )
    return {
        row.source: Past(hours.get(row.source, {}), row.recorded_at.timestamp()) for row in begun
    }


async def last_of(source: Database | Transaction, publishers: Iterable[str]) -> dict[str, Last]:
    """The last live event that the archive holds of each of these sources."""
    rows = await source.all(
        "SELECT s.source, a.event_id, a.recorded_at FROM unnest(CAST(:sources AS text[]))"
        " AS s(source) CROSS JOIN LATERAL (SELECT event_id, recorded_at FROM event_archive"
        " WHERE source = s.source AND mode = 'live'"
        " ORDER BY recorded_at DESC, event_id DESC LIMIT 1) AS a",
        sources=sorted(set(publishers)),
    )
    return {
        row.source: Last(row.recorded_at.timestamp(), f"{row.source}#{row.event_id}")
        for row in rows
    }
