"""Figures of the logs."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

SIZE = Gauge("mj_log_size", "Entries of a log that are in tiles.", ["service", "log"])
COVERED = Gauge(
    "mj_log_covered_size", "Entries that enough witnesses co-signed.", ["service", "log"]
)
STOPPED = Gauge("mj_log_stopped", "1: the log was found rolled back or forked.", ["service", "log"])
WITNESSED = Counter("mj_log_witness_answers", "Answers of witnesses.", ["service", "log", "said"])
