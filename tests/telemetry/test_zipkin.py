"""A span as Zipkin is told it: small enough to be kept in memory by the ten thousand."""

import json

from opentelemetry.exporter.zipkin.node_endpoint import NodeEndpoint
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Link, SpanContext

from mingjing_shared.telemetry.zipkin import LINKS_TOLD, zipkin_exporter


def told(links, **attributes):
    """What goes to Zipkin of a span with so many links."""
    kept = InMemorySpanExporter()
    resource = Resource.create({"service.name": "tasks", "service.instance.id": "worker"})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    contexts = [SpanContext(number, number, is_remote=True) for number in range(1, links + 1)]
    linked = [Link(context) for context in contexts]
    provider.get_tracer("mingjing").start_span("batch", links=linked, attributes=attributes).end()
    raw = zipkin_exporter(1).encoder.serialize(kept.get_finished_spans(), NodeEndpoint())
    [span] = json.loads(raw)
    return span


def test_what_every_span_would_carry_is_left_out_and_our_own_stays():
    span = told(0, **{"mj.case.id": "c_1", "peer.service": "kafka"})
    assert span["tags"] == {
        "mj.case.id": "c_1", "peer.service": "kafka", "service.instance.id": "worker",
    }  # fmt: skip
    assert span["remoteEndpoint"] == {"serviceName": "kafka"}


def test_of_many_links_a_few_are_told_and_the_rest_is_counted():
    tags = told(100)["tags"]
    assert [name for name in tags if name.startswith("link.")] == [
        f"link.{number}" for number in range(LINKS_TOLD)
    ]
    assert tags["link.0"] == f"{1:032x}/{1:016x}"
    assert tags["links.more"] == str(100 - LINKS_TOLD)
    assert "links.more" not in told(LINKS_TOLD)["tags"]
