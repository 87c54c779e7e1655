"""What telemetry counts of itself."""

from __future__ import annotations

from prometheus_client import Counter

SPANS_DROPPED = Counter(
    "mj_spans_dropped", "Spans that no trace store got: no room, or not taken", ["why"]
)
for _why in ("no_room", "not_taken"):
    SPANS_DROPPED.labels(_why)
