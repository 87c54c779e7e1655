"""What of a span leaves the process: attributes of a closed list, and no text of an error.

Instrumentation records addresses, queries and messages; each of these may say whom somebody
looked for. What is not on the list is dropped, whoever set it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Link, Status

from mingjing_shared.telemetry.metrics import SPANS_DROPPED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from opentelemetry.util.types import AttributeValue

ALLOWED = frozenset(
    {
        "http.request.method", "http.route", "http.response.status_code",
        "db.system", "db.system.name", "db.name", "db.namespace", "db.operation",
        "db.operation.name", "error.type", "peer.service",
        "messaging.system", "messaging.destination.name", "messaging.operation.type",
        "messaging.batch.message_count",
    }
)  # fmt: skip
OURS = "mj."
VALUE_CHARS_MAX = 200


class Scrubbed(SpanExporter):
    """Hands on to another exporter only what may be seen by operators; its failures are counted."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export what is left of the spans; a collector that is away costs the spans, no more."""
        try:
            result = self._exporter.export([scrubbed(span) for span in spans])
        except Exception:  # noqa: BLE001 - the exporter's edge: telemetry must never be in the way
            result = SpanExportResult.FAILURE
        if result is not SpanExportResult.SUCCESS:
            SPANS_DROPPED.labels("not_taken").inc(len(spans))
        return result

    def shutdown(self) -> None:
        """End the exporter."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Have what is on its way exported."""
        return self._exporter.force_flush(timeout_millis)


def scrubbed(span: ReadableSpan) -> ReadableSpan:
    """The span with attributes of the list alone; of events and links only names and places."""
    return ReadableSpan(
        name=_without_query(span.name),
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes=_allowed(span.attributes or {}),
        events=[Event(e.name, _allowed(e.attributes or {}), e.timestamp) for e in span.events],
        links=[Link(link.context, _allowed(link.attributes or {})) for link in span.links],
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _allowed(attributes: Mapping[str, AttributeValue]) -> dict[str, AttributeValue]:
    return {
        name: value[:VALUE_CHARS_MAX] if isinstance(value, str) else value
        for name, value in attributes.items()
        if name in ALLOWED or name.startswith(OURS)
    }


def _without_query(name: str) -> str:
    return name.split("?", 1)[0][:VALUE_CHARS_MAX]
