"""Outgoing events: written in the transaction of the change that caused them.

Nothing reaches Kafka any other way. What is in the table is finished: encoded, small enough,
with its trace context and its commitment for the log; the relay only sequences and sends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import uuid_utils

from mingjing_shared.clock import legal_now
from mingjing_shared.events import dataschema_of, key_of, subject_of
from mingjing_shared.messaging.commitment import canonical_event, commitment, new_salt
from mingjing_shared.messaging.envelope import RECORD_BYTES_MAX
from mingjing_shared.messaging.tables import OUTBOX
from mingjing_shared.telemetry.tracing import name_case, trace_headers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mingjing_shared.database import Transaction
    from mingjing_shared.events import Event
    from mingjing_shared.messaging.received import Cause

_DERIVED_IDS = uuid_utils.UUID("5f2c6f0e-6f0b-5d0c-9a63-2f6d2c1f0b77")
_HEADERS_BYTES = 4096  # room kept for the envelope beside the data


class TooLargeToPublish(Exception):
    """An outgoing event would not fit in a record; the act that made it must be undone."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event to be emitted.

    Attributes:
        event: what happened.
        cause: the event that made us say so; none on the first of a chain.
        name: tells two events of one type with one cause apart.
        at: when it happened by the legal clock; now, unless given.
    """

    event: Event
    cause: Cause | None = None
    name: str = ""
    at: datetime | None = None

    def id(self) -> str:
        """The id: derived from the cause, so that the same cause says the same thing once."""
        if self.cause is None:
            return str(uuid_utils.uuid7())
        whole = f"{self.cause.source}#{self.cause.id}|{self.event.type}|{self.name}"
        return str(uuid_utils.uuid5(_DERIVED_IDS, whole))


def add(tx: Transaction, outgoing: Iterable[Outgoing]) -> None:
    """Have these events emitted when the transaction commits, in this order.

    Raises:
        TooLargeToPublish: one of them would not fit in a record.
    """
    now = legal_now()
    for item in outgoing:
        _add(tx, item, item.event.home, now)


def add_own(tx: Transaction, item: Outgoing) -> str:
    """Have an event emitted on the second topic of its type: the service's own; gives its id.

    For what publishers tell and officers may enter as well.

    Raises:
        TooLargeToPublish: it would not fit in a record.
    """
    home = item.event.also_home
    if home != tx.installation.service:
        raise AssertionError(f"{item.event.type} is not entered in {tx.installation.service}")
    return _add(tx, item, home, legal_now())


def _add(tx: Transaction, item: Outgoing, topic: str, now: datetime) -> str:
    value = msgspec.json.encode(item.event, order="sorted")
    if len(value) > RECORD_BYTES_MAX - _HEADERS_BYTES:
        raise TooLargeToPublish(f"{item.event.type}: {len(value)} bytes")
    attributes = _attributes(tx, item, now)
    add_record(
        tx,
        event_id=attributes["id"],
        topic=topic,
        key=attributes["partitionkey"],
        attributes=attributes,
        value=value,
    )
    return attributes["id"]


def add_record(
    tx: Transaction,
    *,
    event_id: str,
    topic: str,
    key: str,
    attributes: dict[str, Any],
    value: bytes,
) -> None:
    """Have one finished record sent when the transaction commits."""
    salt = new_salt()
    tx.outgoing.append(
        {
            "id": event_id,
            "topic": topic,
            "key": key,
            "attributes": attributes,
            "value": value,
            "log_salt": salt,
            "log_digest": commitment(salt, canonical_event(attributes, value)),
        }
    )


async def flush(tx: Transaction) -> None:
    """Write what was added and wake the relay; called once, just before the commit."""
    if tx.outgoing:
        await tx.insert(OUTBOX, tx.outgoing)
        tx.outgoing = []
        await tx.execute("SELECT pg_notify('outbox', '')")


def _attributes(tx: Transaction, item: Outgoing, now: datetime) -> dict[str, str]:
    event, cause = item.event, item.cause
    attributes = {
        "specversion": "1.0",
        "id": item.id(),
        "source": tx.installation.source,
        "type": event.type,
        "subject": subject_of(event),
        "time": (item.at or now).isoformat(),
        "dataschema": dataschema_of(type(event)),
        "partitionkey": key_of(event),
    }
    case_number = getattr(event, "case_number", None)
    if case_number:
        attributes["correlationid"] = tx.installation.references.case(case_number)
        if not tx.traces_at_hand:
            name_case(attributes["correlationid"])
    if cause is not None:
        attributes["causationid"] = cause.id
        if cause.mode != "live":
            attributes["mjmode"] = cause.mode
    attributes.update(_trace(tx, cause))
    return attributes


def _trace(tx: Transaction, cause: Cause | None) -> Mapping[str, str]:
    """The context a receiver goes on in: that of the cause while it is being settled here, else
    of what is going on now; a cause of long ago is no trace to be continued.
    """
    told = {}
    if cause is not None and cause.traceparent:
        told["traceparent"] = cause.traceparent
        if cause.tracestate:
            told["tracestate"] = cause.tracestate
        if cause.traceparent in tx.traces_at_hand:
            return told
    return trace_headers() or told
