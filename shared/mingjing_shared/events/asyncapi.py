"""The AsyncAPI 3.0 document: topics, who writes and reads them, headers, security."""

from functools import cache
from typing import Any

from mingjing_shared.events.base import SERVICES, Event
from mingjing_shared.events.catalogue import CATALOGUE, short_name
from mingjing_shared.events.examples import example
from mingjing_shared.events.overview import meaning_of
from mingjing_shared.events.schema import object_schemas

Json = dict[str, Any]

PARTITIONS = 24

# channel: (address, what it carries, days kept; None: compacted)
_CHANNELS: dict[str, tuple[str, str, int | None]] = {
    "inbound": ("inbound.{publisher}", "What one registered publisher says.", 30),
    "disclosure": ("disclosure", "What disclosure (公示) decided.", 400),
    "recording": ("recording", "What recording (全过程记录) found and keeps.", 400),
    "review": ("review", "What legal review (法制审核) decided.", 400),
    "tasks": ("tasks", "What follow-up (任务督办) found, ordered and measured.", 400),
    "directory": ("directory", "Units, officers, publishers: the whole that holds now.", None),
    "platform": ("platform", "Probes; invisible to all figures.", 7),
}
_PARAMETERS = {
    "publisher": {"description": "The publisher's registered name.", "examples": ["casework"]},
    "service": {
        "description": "A service of the platform.",
        "enum": sorted(SERVICES),
    },
}


@cache
def asyncapi_document() -> Json:
    """The whole contract as one AsyncAPI document. The result is shared: do not change it."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "明镜事件约定 (Mingjing event contract)",
            "version": "1.0.0",
            "description": _DESCRIPTION,
            "tags": [{"name": "stable"}, {"name": "draft"}],
        },
        "defaultContentType": "application/json",
        "servers": {
            "kafka": {
                "host": "127.0.0.1:9094",
                "protocol": "kafka",
                "description": "Kafka for publishers, each with its own user; SASL_SSL anywhere "
                "but on loopback.",
                "security": [{"$ref": "#/components/securitySchemes/scram"}],
            }
        },
        "channels": {
            **{name: _channel(name) for name in _CHANNELS},
            "deadLetters": _dead_letters(),
            "replay": _replay(),
        },
        "operations": _operations(),
        "components": _components(),
    }


_DESCRIPTION = """What the departments know of each other, they know from these events.

Envelope: CloudEvents 1.0 in Kafka binary mode (headers `ce_*`); structured mode is taken as well.
(`source`, `id`) is the identity of an event. Publishers use the murmur2 partitioner and the key
of the type. Unknown data fields are taken and kept as personal. A stable type only grows by
optional fields; a draft type may change. Fields marked `x-pii` travel in `inbound.*` only."""


def _channel(name: str) -> Json:
    address, summary, days = _CHANNELS[name]
    kept = {"cleanup.policy": ["compact"]} if days is None else {"retention.ms": days * 86_400_000}
    channel: Json = {
        "address": address,
        "title": address,
        "summary": summary,
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {
            event.__name__: {"$ref": f"#/components/messages/{event.__name__}"}
            for event in _events_on(name)
        },
        "bindings": {
            "kafka": {
                "partitions": PARTITIONS,
                "topicConfiguration": kept,
                "bindingVersion": "0.5.0",
            }
        },
    }
    if "{publisher}" in address:
        channel["parameters"] = {"publisher": _PARAMETERS["publisher"]}
    return channel


def _events_on(channel: str) -> list[type[Event]]:
    return [e for e in CATALOGUE.values() if channel in (e.home, e.also_home)]


def _dead_letters() -> Json:
    return {
        "address": "{service}.dead-letters",
        "summary": "What a worker could not take: reference, reason and digest, never a body.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "parameters": {"service": _PARAMETERS["service"]},
    }


def _replay() -> Json:
    return {
        "address": "replay.{service}",
        "summary": "Archived events sent again to one service; kept one day.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "parameters": {"service": _PARAMETERS["service"]},
    }


def _operations() -> Json:
    found: Json = {}
    for channel in _CHANNELS:
        events = _events_on(channel)
        writer = "gateway" if channel in ("directory", "platform") else channel
        writer = "publishers" if channel == "inbound" else writer
        found[f"{writer}SendTo{channel.capitalize()}"] = _operation("send", channel, events, writer)
        for service in sorted(SERVICES):
            taken = [event for event in events if service in event.takers]
            if taken:
                name = f"{service}TakesFrom{channel.capitalize()}"
                found[name] = _operation("receive", channel, taken, service)
    return found


def _operation(action: str, channel: str, events: list[type[Event]], who: str) -> Json:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "title": f"{who}: {action} on {channel}",
        "tags": [{"name": who}],
        "messages": [
            {"$ref": f"#/channels/{channel}/messages/{event.__name__}"} for event in events
        ],
    }


def _components() -> Json:
    events = list(CATALOGUE.values())
    bodies, parts = object_schemas(events, "#/components/schemas/{name}")
    return {
        "messages": {event.__name__: _message(event) for event in events},
        "schemas": {"CloudEventHeaders": _headers(), **bodies, **parts},
        "correlationIds": {
            "thread": {
                "description": "case_ref, or the id of the task, draw, device that the thread "
                "belongs to.",
                "location": "$message.header#/ce_correlationid",
            }
        },
        "securitySchemes": {
            "scram": {
                "type": "scramSha256",
                "description": "SASL SCRAM-SHA-256; one Kafka user a publisher, a service, "
                "an auditor.",
            }
        },
    }


def _message(event: type[Event]) -> Json:
    keyed = "the case number in its keyed form (NFKC, half-width brackets)"
    return {
        "name": event.type,
        "title": f"{event.label}（{short_name(event.type)}）",
        "summary": meaning_of(event),
        "contentType": "application/json",
        "tags": [{"name": event.stability}],
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/CloudEventHeaders"},
                {"type": "object", "properties": {"ce_type": {"const": event.type}}},
            ]
        },
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
        "correlationId": {"$ref": "#/components/correlationIds/thread"},
        "bindings": {
            "kafka": {
                "key": {
                    "type": "string",
                    "description": keyed if event.key == "case_number" else f"data.{event.key}",
                },
                "bindingVersion": "0.5.0",
            }
        },
        "examples": [{"name": "minimal", "payload": example(event)}],
    }


def _headers() -> Json:
    def text(description: str, **more: Any) -> Json:
        return {"type": "string", "description": description, **more}

    return {
        "type": "object",
        "description": "CloudEvents 1.0 attributes as Kafka headers, UTF-8.",
        "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"],
        "properties": {
            "ce_specversion": text("Always 1.0.", const="1.0"),
            "ce_id": text("Unique within the source."),
            "ce_source": text("Who says it; fixed to the credential.", examples=["/huainan/pcs"]),
            "ce_type": text("The full type name."),
            "ce_subject": text("What the event is about; derived from the data when absent."),
            "ce_time": text("When it happened, RFC 3339 with zone.", format="date-time"),
            "ce_dataschema": text("The schema's address; refused if it names another type."),
            "ce_partitionkey": text("The record's key; derived from the data when absent."),
            "ce_correlationid": text("case_ref, or the id the whole thread belongs to."),
            "ce_causationid": text("The id of the event that caused this one."),
            "ce_mjmode": text("live, backfill, synthetic or replay; live when absent."),
            "ce_supersedes": text("<source>#<id> of the event that this one corrects."),
            "ce_traceparent": text("W3C trace context."),
            "ce_tracestate": text("W3C trace state."),
            "content-type": text("application/json", const="application/json"),
            "traceparent": text("W3C trace context, as Kafka clients know it."),
        },
    }
