"""Spans for Zipkin, with what its format has no place for: the broker's node, and links."""

from __future__ import annotations

from typing import Any

from opentelemetry.exporter.zipkin.json import ZipkinExporter
from opentelemetry.exporter.zipkin.json.v2 import JsonV2Encoder

PEER = "peer.service"
# Zipkin keeps links as tags, in memory, and shows them as plain words. A batch has as many as
# events: with all of them its store was full of links, and ended, within minutes of load.
LINKS_TOLD = 8
# What every span of every process would carry, and nobody looks for: two thirds of its memory.
SAID_OF_ALL = ("otel.lib", "otel.scope.", "telemetry.sdk.", "service.name")


class _Encoder(JsonV2Encoder):
    def _encode_span(self, span: Any, encoded_local_endpoint: Any) -> Any:
        encoded = super()._encode_span(span, encoded_local_endpoint)
        tags = encoded.get("tags") or {}
        encoded["tags"] = {k: v for k, v in tags.items() if not k.startswith(SAID_OF_ALL)}
        peer = (span.attributes or {}).get(PEER)
        if peer:
            encoded["remoteEndpoint"] = {"serviceName": peer}
        for number, link in enumerate(span.links[:LINKS_TOLD]):
            place = f"{link.context.trace_id:032x}/{link.context.span_id:016x}"
            encoded["tags"][f"link.{number}"] = place
        if len(span.links) > LINKS_TOLD:
            encoded["tags"]["links.more"] = str(len(span.links) - LINKS_TOLD)
        return encoded


def zipkin_exporter(seconds_max: int) -> ZipkinExporter:
    """An exporter to ``OTEL_EXPORTER_ZIPKIN_ENDPOINT`` that waits no longer than told."""
    exporter = ZipkinExporter(timeout=seconds_max)
    exporter.encoder = _Encoder()  # type: ignore[assignment]  # it knows of two, we are a third
    return exporter
