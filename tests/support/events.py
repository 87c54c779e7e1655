"""Events as the inbox gives them, and as publishers send them, for tests."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from mingjing_shared.events import Event, example, key_of, subject_of
from mingjing_shared.messaging.envelope import Envelope, to_headers
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.received import Received
from mingjing_shared.messaging.strict_json import canonical

_numbers = itertools.count(1)
A_TIME = datetime(2026, 9, 18, 1, 0, tzinfo=UTC)


def envelope(event_class: type[Event], **changes: Any) -> Envelope:
    number = next(_numbers)
    given = {
        "id": f"e{number}",
        "source": "/huainan/casework",
        "type": event_class.type,
        "time": A_TIME + timedelta(seconds=number),
    }
    return Envelope(**{**given, **changes})


def received(
    event_class: type[Event],
    *,
    about: dict[str, Any] | None = None,
    **changes: Any,
) -> Received[Any]:
    """An event as a handler gets it: the class's example with changes; ``about`` changes the
    envelope."""
    data = example(event_class, **changes)
    found = to_received(
        event_class, envelope(event_class, **(about or {})), data, canonical(data), None
    )
    assert isinstance(found, Received), found
    return found


def record_of(item: Received[Any]) -> tuple[bytes, bytes, list[tuple[str, bytes]]]:
    """Key, value and headers of the Kafka record that says this (binary mode)."""
    e = item.envelope
    attributes = {
        "specversion": "1.0",
        "id": e.id,
        "source": e.source,
        "type": e.type,
        "time": e.time.isoformat(),
        "subject": subject_of(item.event),
        "partitionkey": key_of(item.event),
    }
    if e.supersedes:
        attributes["supersedes"] = e.supersedes
    if e.traceparent:
        attributes["traceparent"] = e.traceparent
    if e.mode != "live":
        attributes["mjmode"] = e.mode
    return item.key.encode(), orjson.dumps(item.content), to_headers(attributes)
