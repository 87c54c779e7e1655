"""What a sealed month says of itself: its objects, their hashes, and a digest over all events."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

OBJECT_EVENTS_MAX = 50_000


class SealedObject(msgspec.Struct, frozen=True, kw_only=True):
    """One object: gzip of one JSON line an event."""

    key: str
    events: int
    sha256: str
    bytes: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One sealed month. ``digest`` is over (source, event_id, digest) of all events, sorted."""

    service: str
    month: str
    first_recorded_at: str
    last_recorded_at: str
    events: int
    digest: str
    objects: list[SealedObject]

    @property
    def encoded(self) -> bytes:
        """Its one form of bytes."""
        return msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is sealed, with the parts that it is found by."""

    source: str
    event_id: str
    recorded_at: str
    digest: str
    case_key: str | None
    text: bytes = b""

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it stands in the order of a sealed month."""
        return self.source, self.event_id, self.recorded_at

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.source}#{self.event_id}"


class Sum:
    """The digest over events that come in their order."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.events = 0

    def add(self, line: Line) -> None:
        """Take in the next event."""
        self._hash.update(orjson.dumps([line.source, line.event_id, line.digest]) + b"\n")
        self.events += 1

    @property
    def digest(self) -> str:
        """Over all that were taken in."""
        return self._hash.hexdigest()


def sealed_line(row: Mapping[str, Any]) -> Line:
    """An archived event with every column; what is sealed stays sealed."""
    values: dict[str, Any] = {name: _written(value) for name, value in row.items()}
    return Line(
        source=values["source"],
        event_id=values["event_id"],
        recorded_at=values["recorded_at"],
        digest=values["digest"],
        case_key=values["case_key"],
        text=orjson.dumps(values, option=orjson.OPT_SORT_KEYS),
    )


def read_line(text: bytes) -> Line:
    """A line of an object.

    Raises:
        msgspec.DecodeError: it is none.
    """
    return msgspec.structs.replace(_LINES.decode(text), text=text)


def read_manifest(text: bytes) -> Manifest:
    """A manifest.

    Raises:
        msgspec.DecodeError: it is none.
    """
    return msgspec.json.decode(text, type=Manifest)


_LINES = msgspec.json.Decoder(Line)


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value
