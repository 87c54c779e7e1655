"""What every process counts: its own telemetry, its loop, its connections, what it is."""

from __future__ import annotations

from importlib.metadata import version

from prometheus_client import REGISTRY as KNOWN
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder

SPANS_DROPPED = Counter(
    "mj_spans_dropped", "Spans that no trace store got: no room, or not taken", ["why"]
)
for _why in ("no_room", "not_taken"):
    SPANS_DROPPED.labels(_why)
LOOP_LAG = Histogram(
    "mj_eventloop_lag_seconds",
    "How late the process's loop came back to something due",
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
POOL_CONNECTIONS = Gauge("mj_db_pool_connections", "Connections of this process", ["state"])
POOL_MAX = Gauge("mj_db_pool_max", "Connections it may have")
POOL_WAIT = Histogram(
    "mj_db_pool_wait_seconds",
    "Until a transaction had its connection",
    buckets=(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 20),
)
ROLLBACKS = Counter("mj_db_tx_rollbacks", "Transactions that were undone")
PG_BYTES = Gauge("mj_pg_database_bytes", "How large a service's database is", ["service"])
PG_OLDEST = Gauge(
    "mj_pg_oldest_transaction_seconds", "Age of the oldest transaction open in it", ["service"]
)
PG_SESSIONS = Gauge("mj_pg_sessions", "Sessions of its database, of all processes", ["service"])
PG_ROWS = Gauge("mj_pg_rows", "Rows as the server estimates them: live, dead", ["service", "state"])
PG_KINDS = ("commits", "deadlocks", "temp_bytes", "hit", "read")
PG_EVENTS = Gauge(
    "mj_pg_counted",
    "What the server counted since its figures were last reset: transactions that changed"
    " something, deadlocks, bytes spilled, blocks found in memory and not",
    ["service", "kind"],
)
BUILD = Gauge("mj_build_info", "What runs here; always 1", ["version"])
BUILD.labels(version("mingjing-shared")).set(1)


def exposition(accept: str | None, registry: CollectorRegistry = KNOWN) -> tuple[bytes, str]:
    """The figures and their content type: OpenMetrics, with exemplars, for whom asks for it."""
    encode, content_type = choose_encoder(accept or "")
    return encode(registry), content_type
