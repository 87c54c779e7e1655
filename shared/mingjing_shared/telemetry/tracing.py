"""Traces: told where to go by OpenTelemetry's own environment variables, off without them.

``OTEL_TRACES_EXPORTER`` is ``none`` (as when it is missing), ``zipkin`` (with
``OTEL_EXPORTER_ZIPKIN_ENDPOINT``) or ``otlp`` (with ``OTEL_EXPORTER_OTLP_ENDPOINT``);
``OTEL_TRACES_SAMPLER`` and ``OTEL_BSP_*`` mean what the specification says. Whether a trace
store is there, is slow or is gone never matters to what the process is for: spans wait in a
bounded queue, and what has no room is dropped and counted.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import Decision, Sampler, SamplingResult
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from mingjing_shared.errors import Misconfigured
from mingjing_shared.telemetry.metrics import SPANS_DROPPED
from mingjing_shared.telemetry.scrubbing import Scrubbed
from mingjing_shared.telemetry.zipkin import zipkin_exporter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from opentelemetry.context import Context
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span

EXPORT_SECONDS_MAX = 3
QUEUE_SPANS_MAX = 20_000
EVERY_MS = 1_000
CASE = "mj.case.id"
SEVERAL = "several types"

_propagator = TraceContextTextMapPropagator()
_EXPORTERS: dict[str, Callable[[], SpanExporter]] = {
    "zipkin": lambda: zipkin_exporter(EXPORT_SECONDS_MAX),
    "otlp": lambda: OTLPSpanExporter(timeout=EXPORT_SECONDS_MAX),
}


class BoundedProcessor(BatchSpanProcessor):
    """Keeps ended spans until they are exported; counts those for which there was no room."""

    def __init__(self, exporter: SpanExporter) -> None:
        super().__init__(
            exporter,
            max_queue_size=_number("OTEL_BSP_MAX_QUEUE_SIZE", QUEUE_SPANS_MAX),
            schedule_delay_millis=_number("OTEL_BSP_SCHEDULE_DELAY", EVERY_MS),
        )

    def on_end(self, span: ReadableSpan) -> None:
        """Take a span; the oldest goes when there is no room."""
        waiting = self._batch_processor._queue  # noqa: SLF001 - the SDK tells it to nobody
        if waiting.maxlen == len(waiting) and span.context.trace_flags.sampled:
            SPANS_DROPPED.labels("no_room").inc()
        super().on_end(span)


class WithinSomething(Sampler):
    """Lets no trace begin with a query or a call: what polls would fill the store with these."""

    def __init__(self, otherwise: Sampler) -> None:
        self._otherwise = otherwise

    def should_sample(
        self,
        parent_context: Context | None,
        trace_id: int,
        name: str,
        kind: SpanKind | None = None,
        *more: Any,
        **others: Any,
    ) -> SamplingResult:
        """Drop a client's span that has no parent; the sampler of the environment decides else."""
        parent = trace.get_current_span(parent_context).get_span_context()
        if kind is SpanKind.CLIENT and not parent.is_valid:
            return SamplingResult(Decision.DROP)
        return self._otherwise.should_sample(parent_context, trace_id, name, kind, *more, **others)

    def get_description(self) -> str:
        """What it is."""
        return f"WithinSomething({self._otherwise.get_description()})"


def configure_tracing(service: str, process: str) -> TracerProvider | None:
    """Trace this process from now on, if the environment says where to; nothing otherwise.

    Raises:
        Misconfigured: ``OTEL_TRACES_EXPORTER`` names none that we have.
    """
    name = os.environ.get("OTEL_TRACES_EXPORTER", "none").strip().lower() or "none"
    propagate.set_global_textmap(_propagator)  # no baggage: strangers would fill it
    if name == "none":
        return None
    if name not in _EXPORTERS:
        raise Misconfigured(
            f"OTEL_TRACES_EXPORTER 的值 {name} 不认识。", "应为 none、zipkin 或 otlp。"
        )
    resource = Resource.create({"service.name": service, "service.instance.id": process})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BoundedProcessor(Scrubbed(_EXPORTERS[name]())))
    provider.sampler = WithinSomething(provider.sampler)
    trace.set_tracer_provider(provider)
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    SQLAlchemyInstrumentor().instrument(tracer_provider=provider)
    return provider


def end_tracing(provider: TracerProvider | None) -> None:
    """Export what is left, for a few seconds at most."""
    if provider is not None:
        provider.shutdown()


def tracer() -> trace.Tracer:
    """The tracer of our own spans."""
    return trace.get_tracer("mingjing")


def trace_headers(span: Span | None = None) -> dict[str, str]:
    """``traceparent`` (and ``tracestate``) of a span, the current one unless given.

    Empty when nothing is being traced, so that a context from elsewhere can be kept.
    """
    span = trace.get_current_span() if span is None else span
    carrier: dict[str, str] = {}
    if span.get_span_context().is_valid:
        _propagator.inject(carrier, trace.set_span_in_context(span))
    return carrier


def context_from(traceparent: str | None, tracestate: str | None = None) -> Context:
    """The context that a ``traceparent`` names; the empty one when it names none."""
    carrier = {"traceparent": traceparent or "", "tracestate": tracestate or ""}
    return _propagator.extract({name: value for name, value in carrier.items() if value})


def name_case(case_ref: str | None) -> None:
    """Have the current span found by the case it belongs to."""
    if case_ref:
        span = trace.get_current_span()
        if span.is_recording():
            span.set_attribute(CASE, case_ref)


def name_types(types: Collection[str]) -> None:
    """Have the current span's name say what it is about: the type, or that there are several.

    For short names of the catalogue alone, so that names of spans stay a closed set.
    """
    span = trace.get_current_span()
    if types and isinstance(span, ReadableSpan) and span.is_recording():
        about = next(iter(types)) if len(set(types)) == 1 else SEVERAL
        span.update_name(f"{span.name} {about}")


def exemplar(span: Span | None = None) -> dict[str, str] | None:
    """What a histogram notes beside a measurement, so that one comes from it to the trace."""
    span = trace.get_current_span() if span is None else span
    context = span.get_span_context()
    if not context.trace_flags.sampled:
        return None
    return {"trace_id": f"{context.trace_id:032x}"}


def _number(name: str, otherwise: int) -> int:
    value = os.environ.get(name, "")
    return int(value) if value.isdigit() else otherwise
