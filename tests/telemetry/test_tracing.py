"""Traces: what belongs together is one trace, and nothing personal is in it."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from opentelemetry import trace
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from prometheus_client import REGISTRY

from mingjing_disclosure.handlers import HANDLERS
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Misconfigured
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.received import Cause, Position
from mingjing_shared.messaging.settling import Item, Settler
from mingjing_shared.messaging.tracing import PARENT_SECONDS_MAX, end_send, start_send
from mingjing_shared.telemetry import tracing
from mingjing_shared.telemetry.scrubbing import Scrubbed
from mingjing_shared.telemetry.tracing import BoundedProcessor, WithinSomething, configure_tracing
from support.events import A_TIME, received
from support.people import BASIS

ADULT = {"kind": "person", "name": "测试甲", "resident_id": "11010519491231002X"}
SAMPLED, NOT_SAMPLED = "01", "00"


@pytest.fixture(scope="module")
def exporter():
    """Tracing as a process has it; a provider is set once and for all."""
    kept = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.sampler = WithinSomething(provider.sampler)
    provider.add_span_processor(SimpleSpanProcessor(Scrubbed(kept)))
    trace.set_tracer_provider(provider)
    SQLAlchemyInstrumentor().instrument(tracer_provider=provider)
    yield kept
    kept.shutdown()


@pytest.fixture
def spans(exporter):
    """The spans that ended since the test began."""
    exporter.clear()
    return exporter.get_finished_spans


@pytest.fixture
async def database(exporter, world):
    return await world.database("disclosure")


def traceparent(number, flags=SAMPLED):
    return f"00-{number:032x}-{number:016x}-{flags}"


def told(number, item, *, flags=SAMPLED, seconds_ago=0.0, offset=0, **about):
    """An event as it comes from Kafka, in the trace of that number."""
    at = round((machine_now().timestamp() - seconds_ago) * 1000)
    envelope_of = replace(item, position=Position("inbound.casework", 0, offset, at))
    known = {name: getattr(item.envelope, name) for name in item.envelope.__struct_fields__}
    known |= {"traceparent": traceparent(number, flags), **about}
    return replace(envelope_of, envelope=type(item.envelope)(**known))


def a_case(number):
    return received(CaseAccepted, case_number=number, kind="traffic", parties=[ADULT])


def a_decision(number, decision):
    return received(
        DecisionMade, case_number=number, decision_id=decision, kind="penalty", parties=[],
        basis=BASIS,
    )  # fmt: skip


async def settle(database, *items, handlers=HANDLERS):
    record = SimpleNamespace(topic="inbound.casework", partition=0, offset=0)
    await Settler(database, handlers, "").together([Item(record, item) for item in items])


async def outgoing(database):
    return await database.all("SELECT attributes FROM outbox ORDER BY position")


def named(spans, name):
    return [span for span in spans() if span.name == name]


def taken(spans):
    """The spans of events from casework; each says its type."""
    found = [span for span in spans() if span.name.startswith("process ")]
    names = {f"process inbound.casework {kind}" for kind in ("case.accepted", "decision.made")}
    assert {span.name for span in found} <= names
    return found


async def test_what_an_event_causes_goes_on_in_its_trace_with_the_database_work(database, spans):
    await settle(database, told(1, a_case("甲1")))
    await settle(database, told(2, a_decision("甲1", "D1")))
    [process] = named(spans, "process inbound.casework decision.made")
    assert process.context.trace_id == 2
    assert process.parent.span_id == 2
    assert process.kind is SpanKind.CONSUMER
    assert process.attributes["mj.case.id"] == database.installation.references.case("甲1")
    queries = [s for s in spans() if s.attributes.get("db.system") == "postgresql"]
    assert {s.attributes.get("db.operation") for s in queries} >= {"SELECT", "UPDATE"}
    assert {s.context.trace_id for s in queries} == {1, 2}
    rows = await outgoing(database)
    assert rows
    assert {row.attributes["traceparent"] for row in rows} == {
        f"00-{2:032x}-{process.context.span_id:016x}-01"
    }


async def test_in_a_batch_each_goes_on_in_its_own_trace_and_the_batch_links_them(database, spans):
    cases = [told(n, a_case(f"甲{n}"), offset=n) for n in (1, 2, 3)]
    decisions = [told(n + 10, a_decision(f"甲{n}", f"D{n}"), offset=n + 10) for n in (1, 2, 3)]
    await settle(database, *cases, *decisions)
    processed = {s.context.trace_id: s for s in taken(spans)}
    assert set(processed) == {1, 2, 3, 11, 12, 13}
    [batch] = named(spans, "settle batch")
    assert {link.context.trace_id for link in batch.links} == set(processed)
    assert batch.attributes["messaging.batch.message_count"] == 6
    rows = await outgoing(database)
    assert {row.attributes["traceparent"].split("-")[2] for row in rows} == {
        f"{processed[n].context.span_id:016x}" for n in (11, 12, 13)
    }


@pytest.mark.parametrize(
    ("seconds_ago", "mode", "goes_on"),
    [
        (PARENT_SECONDS_MAX - 60, "live", True),
        (PARENT_SECONDS_MAX + 60, "live", False),
        (0, "synthetic", True),
        (0, "backfill", False),
        (0, "replay", False),
    ],
)
async def test_what_is_old_or_played_again_begins_a_trace_with_a_link(
    database, spans, seconds_ago, mode, goes_on
):
    await settle(database, told(7, a_case("甲1"), seconds_ago=seconds_ago, mode=mode))
    [process] = named(spans, "process inbound.casework case.accepted")
    assert (process.context.trace_id == 7) is goes_on
    assert [link.context.trace_id for link in process.links] == ([] if goes_on else [7])


async def test_of_what_is_not_sampled_nothing_is_kept_and_what_it_causes_is_not_either(
    database, spans
):
    await settle(database, told(1, a_case("甲1"), flags=NOT_SAMPLED))
    await settle(database, told(2, a_decision("甲1", "D1"), flags=NOT_SAMPLED))
    assert spans() == ()
    assert {row.attributes["traceparent"] for row in await outgoing(database)} == {
        traceparent(2, NOT_SAMPLED)
    }


async def test_a_handler_that_fails_is_seen_by_its_kind_and_not_by_its_words(database, spans):
    async def fails(received_, tx):
        raise ValueError("测试甲 11010519491231002X")

    with pytest.raises(ValueError, match="测试甲"):
        await settle(database, told(1, a_case("甲1")), handlers={CaseAccepted: fails})
    [process] = named(spans, "process inbound.casework case.accepted")
    assert process.status.status_code is StatusCode.ERROR
    assert process.attributes["error.type"] == "ValueError"
    assert "测试甲" not in "".join(span.to_json() for span in spans())


async def test_an_act_tells_its_trace_and_a_cause_of_long_ago_is_not_continued(database, spans):
    long_ago = Cause("/huainan/casework", "e1", "live", traceparent(99))
    with tracing.tracer().start_as_current_span("act") as act:
        async with database.transaction() as tx:
            outbox.add(tx, [Outgoing(PlatformProbed(probe_id="x", probed_at=A_TIME), long_ago)])
    [row] = await outgoing(database)
    assert row.attributes["traceparent"].split("-")[1] == f"{act.get_span_context().trace_id:032x}"
    assert row.attributes["causationid"] == "e1"


@pytest.mark.parametrize(
    ("types", "name"),
    [
        ([], "POST /intake/events"),
        (["decision.made"], "POST /intake/events decision.made"),
        (["decision.made", "decision.made"], "POST /intake/events decision.made"),
        (["case.accepted", "decision.made"], "POST /intake/events several types"),
    ],
)
def test_the_list_of_traces_says_which_event_a_request_brought(spans, types, name):
    with tracing.tracer().start_as_current_span("POST /intake/events"):
        tracing.name_types(types)
    assert [span.name for span in spans()] == [name]


async def test_a_query_that_nobody_asked_for_begins_no_trace(database, spans):
    await database.all("SELECT 1")
    assert spans() == ()


@pytest.mark.parametrize("fault", [None, TimeoutError("no answer")])
async def test_sending_is_timed_until_the_broker_answers(spans, fault):
    attributes = {"traceparent": traceparent(5), "id": "e", "correlationid": "c_1"}
    attributes |= {"type": "cn.mingjing.disclosure.due"}
    span = start_send("disclosure", attributes)
    assert spans() == ()
    answer = SimpleNamespace(cancelled=lambda: False, exception=lambda: fault)
    end_send(span, answer)
    [sent] = named(spans, "send disclosure disclosure.due")
    assert (sent.context.trace_id, sent.parent.span_id) == (5, 5)
    assert sent.attributes["mj.case.id"] == "c_1"
    assert (sent.status.status_code is StatusCode.ERROR) is (fault is not None)


def test_of_a_span_only_what_is_on_the_list_leaves_the_process(spans):
    planted = "测试甲"
    with tracing.tracer().start_as_current_span(f"GET /cases?name={planted}") as span:
        for name in ("url.path", "url.query", "http.target", "db.statement", "enduser.id"):
            span.set_attribute(name, planted)
        span.set_attribute("http.route", "/cases/{case_ref}")
        span.add_event("exception", {"exception.message": planted})
        span.set_status(StatusCode.ERROR, planted)
    [left] = spans()
    assert dict(left.attributes) == {"http.route": "/cases/{case_ref}"}
    assert planted not in json.dumps(json.loads(left.to_json()), ensure_ascii=False)
    assert left.name == "GET /cases"


class _Away:
    """A collector that is not there."""

    def export(self, spans):
        raise ConnectionError

    def shutdown(self):
        """Nothing to end."""


def dropped(why):
    return REGISTRY.get_sample_value("mj_spans_dropped_total", {"why": why})


def test_spans_for_which_there_is_no_room_and_those_not_taken_are_counted(monkeypatch):
    monkeypatch.setenv("OTEL_BSP_MAX_QUEUE_SIZE", "4")
    monkeypatch.setenv("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "60000")
    provider = TracerProvider(shutdown_on_exit=False)
    processor = BoundedProcessor(Scrubbed(_Away()))
    before = dropped("no_room"), dropped("not_taken")
    provider.add_span_processor(processor)
    with processor._batch_processor._export_lock:
        for _ in range(10):
            provider.get_tracer("test").start_span("x").end()
    provider.shutdown()
    gone = dropped("no_room") - before[0], dropped("not_taken") - before[1]
    assert sum(gone) == 10
    assert gone[0] >= 2


def test_a_trace_store_that_is_away_is_a_failure_and_no_exception():
    assert Scrubbed(_Away()).export([]) is SpanExportResult.FAILURE


@pytest.mark.parametrize("value", ["", "none", " None "])
def test_without_a_word_from_the_environment_nothing_is_traced(monkeypatch, value):
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", value)
    assert configure_tracing("review", "web") is None


def test_an_exporter_that_we_do_not_have_is_named_with_those_we_have(monkeypatch):
    monkeypatch.setenv("OTEL_TRACES_EXPORTER", "jaeger")
    with pytest.raises(Misconfigured, match="jaeger") as refused:
        configure_tracing("review", "web")
    assert refused.value.way_out == "应为 none、zipkin 或 otlp。"
