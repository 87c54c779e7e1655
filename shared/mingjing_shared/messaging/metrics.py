"""What the messaging core counts. Labels come from closed sets only."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter(
    "mj_inbox_events",
    "Events by what became of them: applied (by type), duplicate, skipped",
    ["service", "event_type", "outcome"],
)
BATCH = Histogram(
    "mj_batch_seconds",
    "Time to settle one batch",
    ["service"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
EFFECT_LATENCY = Histogram(
    "mj_event_effect_latency_seconds",
    "From the record's timestamp to the commit of its effect",
    ["service", "mode"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21600, 86400),
)
PAUSED = Gauge("mj_partitions_paused", "Partitions waiting for a retry", ["service"])
BREAKER = Gauge("mj_breaker_open", "1 while the breaker holds failing events", ["service"])
RETRIES = Counter("mj_event_retries", "Retries by kind of trouble", ["service", "kind"])
DEAD = Counter("mj_dead_letters", "Events put aside", ["service", "reason"])
PUBLISH_LATENCY = Histogram(
    "mj_outbox_publish_latency_seconds",
    "From the row in the outbox to the broker's acknowledgement",
    ["service"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
PUBLISHED = Counter("mj_outbox_published", "Events acknowledged by the broker", ["service"])
OUTBOX_PENDING = Gauge("mj_outbox_pending", "Events written, not acknowledged yet", ["service"])
OUTBOX_OLDEST = Gauge("mj_outbox_oldest_age_seconds", "Age of the oldest of those", ["service"])
CLOCKS_FIRED = Counter("mj_clocks_fired", "Durable clocks fired", ["service", "kind"])
LETTERS_OPEN = Gauge("mj_dlq_pending", "Dead letters that wait for a person", ["service"])
LETTERS_OLDEST = Gauge("mj_dlq_oldest_age_seconds", "Age of the oldest of those", ["service"])
REBALANCES = Counter("mj_consumer_rebalances", "Times partitions were given out", ["service"])
ASSIGNED = Gauge("mj_consumer_assigned_partitions", "Partitions this worker has", ["service"])
POLL_AGE = Gauge("mj_consumer_last_poll_age_seconds", "Since the worker last polled", ["service"])
CANARY_AT = Gauge(
    "mj_canary_last_success_timestamp_seconds",
    "When a window (or probe) of a service last came to another, or was first waited for;"
    " path is from-to",
    ["path"],
)
CANARY_SECONDS = Histogram(
    "mj_canary_roundtrip_seconds",
    "From its row in one database to its row in another",
    ["path"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
)
MISSING = Gauge(
    "mj_reconcile_missing_events",
    "Events of closed windows that were not settled here",
    ["service", "origin"],
)
WINDOWS_MISSING = Gauge(
    "mj_reconcile_missing_windows", "Windows that never came", ["service", "origin"]
)
WINDOWS_COMPARED = Counter(
    "mj_reconcile_windows", "Windows looked at, repeats counted", ["origin", "stream"]
)
