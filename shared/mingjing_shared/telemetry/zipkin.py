"""Spans for Zipkin, with what its format has no place for: the broker's node, and links."""

from __future__ import annotations

from typing import Any

from opentelemetry.exporter.zipkin.json import ZipkinExporter
from opentelemetry.exporter.zipkin.json.v2 import JsonV2Encoder

PEER = "peer.service"


class _Encoder(JsonV2Encoder):
    def _encode_span(self, span: Any, encoded_local_endpoint: Any) -> Any:
        encoded = super()._encode_span(span, encoded_local_endpoint)
        peer = (span.attributes or {}).get(PEER)
        if peer:
            encoded["remoteEndpoint"] = {"serviceName": peer}
        for number, link in enumerate(span.links):
            place = f"{link.context.trace_id:032x}/{link.context.span_id:016x}"
            encoded.setdefault("tags", {})[f"link.{number}"] = place
        return encoded


def zipkin_exporter(seconds_max: int) -> ZipkinExporter:
    """An exporter to ``OTEL_EXPORTER_ZIPKIN_ENDPOINT`` that waits no longer than told."""
    exporter = ZipkinExporter(timeout=seconds_max)
    exporter.encoder = _Encoder()  # type: ignore[assignment]  # it knows of two, we are a third
    return exporter
