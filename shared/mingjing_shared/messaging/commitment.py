"""What a service's log says of an event: a salted digest of the whole of it, and nothing else.

The digest is SHA-256 over a salt and the canonical event (RFC 8785: its attributes without the
trace context, and ``data``). Who has event and salt can prove what was logged; once the salt is
erased, nobody can confirm even a text he has in full.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

SALT_BYTES = 32
_FRACTION = re.compile(rb"[0-9](?:\.[0-9]|[eE][+-]?[0-9])")
_TELEMETRY = frozenset({"traceparent", "tracestate"})


def new_salt() -> bytes:
    """A salt that nobody can guess."""
    return secrets.token_bytes(SALT_BYTES)


def canonical_event(attributes: Mapping[str, str], data: bytes) -> bytes:
    """The canonical form of an event.

    ``data`` is sorted and without blanks, as the outbox has it; only fractions may be written in
    another way than RFC 8785 does, so that data that may hold one are written anew.
    """
    parts = {
        name: orjson.dumps(value) for name, value in attributes.items() if name not in _TELEMETRY
    }
    parts["data"] = canonical(orjson.loads(data)) if _FRACTION.search(data) else data
    return b"{%b}" % b",".join(b'"%b":%b' % (name.encode(), parts[name]) for name in sorted(parts))


def canonical_note(said: Mapping[str, Any]) -> bytes:
    """The canonical form of what is logged besides events; no fractions are in it."""
    return canonical(dict(said), plain_numbers=True)


def commitment(salt: bytes, content: bytes) -> bytes:
    """The digest that stands in the log."""
    return hashlib.sha256(salt + content).digest()
