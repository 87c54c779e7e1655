"""Legal terms as operators see them: how many duties are near their day, past it, missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Gauge

from mingjing_shared.clock import legal_today
from mingjing_tasks.store.duty import missed_by_kind, open_by_band

if TYPE_CHECKING:
    from mingjing_shared.database import Database

KINDS = ("publication", "casefile", "review")
BANDS = ("overdue", "24h", "72h", "later", "undated")

DEADLINES = Gauge(
    "mj_deadline_open",
    "Open duties of cases by how near their last day is; overdue: past it",
    ["deadline_kind", "band"],
)
MISSED = Gauge("mj_deadline_missed", "Duties of cases that were missed, ever", ["deadline_kind"])


async def measure_deadlines(database: Database) -> None:
    """Set the gauges; each is there from the first time on, also at zero."""
    standing = await open_by_band(database, legal_today())
    missed = await missed_by_kind(database)
    for kind in KINDS:
        for band in BANDS:
            DEADLINES.labels(kind, band).set(standing.get((kind, band), 0))
        MISSED.labels(kind).set(missed.get(kind, 0))
