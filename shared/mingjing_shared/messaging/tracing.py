"""Spans of the way through Kafka: one a record sent, one an event settled, one a batch of many.

A trace is one action and what machines do about it within minutes. Whoever sends stores the
context of the act in the envelope; the relay sends it unchanged. Whoever settles goes on in that
trace, unless the record is old or played again: then a trace of its own begins, with a link, so
that no trace lasts for days. What belongs to a case is found by the case (``mj.case.id``). Names
of spans say the topic and the type, both of closed lists.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace import Link, SpanKind, StatusCode

from mingjing_shared.clock import machine_now
from mingjing_shared.events import short_name
from mingjing_shared.telemetry.tracing import CASE, context_from, trace_headers, tracer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator, Mapping, Sequence

    from opentelemetry.trace import Span

    from mingjing_shared.installation import Installation
    from mingjing_shared.messaging.received import Received

PARENT_SECONDS_MAX = 15 * 60
_SENT = {"messaging.system": "kafka", "messaging.operation.type": "send", "peer.service": "kafka"}
_TAKEN = {**_SENT, "messaging.operation.type": "process"}
_NOT_SAMPLED = "-00"


def start_send(topic: str, attributes: Mapping[str, str]) -> Span:
    """A span from now until the broker's acknowledgement, in the trace of what is sent.

    Of a record without a trace, or of one that is not sampled, a span that costs nothing.
    """
    traceparent = attributes.get("traceparent")
    if not traceparent or traceparent.endswith(_NOT_SAMPLED):
        return trace.INVALID_SPAN
    return tracer().start_span(
        f"send {topic} {short_name(attributes['type'])}",
        context_from(traceparent, attributes.get("tracestate")),
        SpanKind.PRODUCER,
        {
            **_SENT,
            "messaging.destination.name": topic,
            "mj.event.type": attributes["type"],
            "mj.event.id": attributes["id"],
            **_of_case(attributes.get("correlationid")),
        },
    )


def end_send(span: Span, acknowledged: asyncio.Future[Any]) -> None:
    """End a ``start_send`` span when the broker answered, or nobody waits for it any more."""
    if acknowledged.cancelled() or acknowledged.exception() is not None:
        span.set_status(StatusCode.ERROR)
    span.end()


def _of_case(case_ref: str | None) -> dict[str, str]:
    return {CASE: case_ref} if case_ref else {}


class Settling:
    """The spans of one batch while it is settled.

    Attributes:
        received: the events, each with the context in which what it causes goes on.
        at_hand: those contexts.
    """

    def __init__(
        self, installation: Installation, received: Sequence[Received[Any]], attempt: str
    ) -> None:
        self.received = list(received)
        self._installation = installation
        self._attempt = attempt
        self._spans: dict[tuple[str, str], Span] = {}
        now = machine_now().timestamp()
        for place, item in enumerate(self.received):
            if span := self._started(item, now):
                self._spans[item.envelope.identity] = span
                self.received[place] = replace(item, trace=trace_headers(span))

    @property
    def at_hand(self) -> frozenset[str]:
        """The contexts in which what these events cause goes on."""
        return frozenset(c for item in self.received if (c := item.cause.traceparent))

    def _started(self, item: Received[Any], now: float) -> Span | None:
        envelope, position = item.envelope, item.position
        if (envelope.traceparent or "").endswith(_NOT_SAMPLED):
            return None
        waited = 0.0 if position is None else max(0.0, now - position.timestamp_ms / 1000)
        told = context_from(envelope.traceparent, envelope.tracestate)
        goes_on = waited < PARENT_SECONDS_MAX and envelope.mode in ("live", "synthetic")
        before = trace.get_current_span(told).get_span_context()
        links = [Link(before, {"mj.link": "earlier"})] if before.is_valid and not goes_on else []
        case_number = getattr(item.event, "case_number", None)
        topic = "archive" if position is None else position.topic
        span = tracer().start_span(
            f"process {topic} {short_name(envelope.type)}",
            told if goes_on else Context(),
            SpanKind.CONSUMER,
            {
                **_TAKEN,
                "messaging.destination.name": topic,
                "mj.event.type": envelope.type,
                "mj.event.id": envelope.id,
                "mj.event.mode": envelope.mode,
                "mj.waited_seconds": round(waited, 3),
                "mj.attempt": self._attempt,
                **_of_case(case_number and self._installation.references.case(case_number)),
            },
            links,
        )
        return span if span.is_recording() else None

    def span_of(self, item: Received[Any]) -> Span:
        """The span of one of the events; one that costs nothing where it has none."""
        return self._spans.get(item.envelope.identity, trace.INVALID_SPAN)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While the block runs its database work is traced; at its end all spans are ended."""
        failed: BaseException | None = None
        try:
            with self._current():
                yield
        except BaseException as error:
            failed = error
            raise
        finally:
            for span in self._spans.values():
                if failed is not None:
                    span.set_status(StatusCode.ERROR)
                    span.set_attribute("error.type", type(failed).__name__)
                span.end()

    def _current(self) -> contextlib.AbstractContextManager[Any]:
        """What the batch's own work belongs to: the one event's span, or a span of the batch."""
        quiet = {"record_exception": False, "set_status_on_exception": False}
        if not self._spans:
            return contextlib.nullcontext()
        if len(self.received) == 1:
            [span] = self._spans.values()
            return trace.use_span(span, end_on_exit=False, **quiet)
        return tracer().start_as_current_span(
            "settle batch",
            Context(),
            SpanKind.CONSUMER,
            {"messaging.system": "kafka", "messaging.batch.message_count": len(self.received)},
            [Link(span.get_span_context()) for span in self._spans.values()],
            **quiet,
        )
