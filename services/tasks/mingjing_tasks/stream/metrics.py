"""What live oversight measures; the only labels are publishers of the register and departments."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

from mingjing_shared.events import SERVICES

EVENTS = Counter("mj_live_events", "Live events seen since this process began", ["publisher"])
UNREADABLE = Counter("mj_live_unreadable", "Records that are no event of their publisher")
REBUILDING = Gauge("mj_live_rebuilding", "1 while the last hours are being read again")
SILENT = Gauge(
    "mj_live_silent_publishers", "Publishers from which nothing comes although it should"
)
LAST_EVENT = Gauge(
    "mj_live_last_event_timestamp_seconds", "When a publisher was last heard", ["publisher"]
)
for _service in SERVICES:
    EVENTS.labels(_service)
REBUILDING.set(1)
