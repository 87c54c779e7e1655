"""An event as a handler gets it: decoded, with where it came from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from mingjing_shared.database import Transaction
from mingjing_shared.events import Event
from mingjing_shared.messaging.envelope import Envelope

E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Position:
    """A record's place in Kafka. ``timestamp_ms`` is the broker's: lag counts from it."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What an outgoing event keeps of the event that caused it."""

    source: str
    id: str
    mode: str = "live"
    traceparent: str | None = None
    tracestate: str | None = None


@dataclass(frozen=True, slots=True)
class Received(Generic[E_co]):
    """One event that was read, checked and not applied before.

    Attributes:
        event: the decoded data.
        envelope: everything else that the sender said.
        key: what the event belongs to (case number as key, unit, …); events of one key are
            applied in the order of the record.
        content: the data as it was sent, unknown fields included.
        digest: SHA-256 of the content, by which two of one identity are compared.
        position: where it was read; none when it comes from the archive or a mended letter.
        trace: ``traceparent`` and ``tracestate`` of its settling, while that is traced.
    """

    event: E_co
    envelope: Envelope
    key: str
    content: Mapping[str, Any]
    digest: bytes
    position: Position | None = None
    trace: Mapping[str, str] | None = None

    @property
    def cause(self) -> Cause:
        """This event as the cause of others."""
        e, own = self.envelope, self.trace
        if own is not None:
            return Cause(e.source, e.id, e.mode, own.get("traceparent"), own.get("tracestate"))
        return Cause(e.source, e.id, e.mode, e.traceparent, e.tracestate)


Handler: TypeAlias = Callable[[Sequence[Any], Transaction], Awaitable[None]]
Handlers: TypeAlias = Mapping[type[Event], Handler]
