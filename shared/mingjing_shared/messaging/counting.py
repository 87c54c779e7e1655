"""Counters of an event process are born at zero, with every label value that is known beforehand.

A series that first appears at one has never grown as far as Prometheus can see: the first dead
letter, the first retry would raise no alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.clock import machine_now
from mingjing_shared.events.base import SERVICES
from mingjing_shared.messaging import metrics
from mingjing_shared.messaging.refusals import Reason
from mingjing_shared.messaging.trouble import Trouble
from mingjing_shared.messaging.windows import OUTBOX_STREAM

if TYPE_CHECKING:
    from collections.abc import Iterable


def begin_at_zero(service: str, taken: Iterable[str], clocks: Iterable[str]) -> None:
    """Have every counter of a service's event process there, at zero."""
    _whatever_comes(service)
    for event_type in taken:
        metrics.EVENTS.labels(service, event_type, "applied")
    for outcome in ("duplicate", "skipped"):
        metrics.EVENTS.labels(service, "any", outcome)
    for trouble in Trouble:
        metrics.RETRIES.labels(service, trouble.value)
    for reason in Reason:
        metrics.DEAD.labels(service, reason)
    for kind in clocks:
        metrics.CLOCKS_FIRED.labels(service, kind)
    for origin in (*SERVICES, "probe"):
        _begin_listening(f"{origin}-{service}")


def _begin_listening(path: str) -> None:
    """A way on which nothing has come yet counts its silence from now on."""
    metrics.CANARY_SECONDS.labels(path)
    metrics.CANARY_AT.labels(path).set(machine_now().timestamp())


def _whatever_comes(service: str) -> None:
    for gauge in (metrics.BREAKER, metrics.PAUSED):
        gauge.labels(service)
    for histogram in (metrics.BATCH, metrics.PUBLISH_LATENCY):
        histogram.labels(service)
    for counter in (metrics.PUBLISHED, metrics.REBALANCES):
        counter.labels(service)
    for origin in SERVICES:
        metrics.WINDOWS_COMPARED.labels(origin, OUTBOX_STREAM)
