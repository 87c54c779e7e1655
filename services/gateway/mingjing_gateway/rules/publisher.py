"""Publishers: their names, topics, sources and keys."""

from __future__ import annotations

import hashlib

KEY_PREFIX = "mj_"
SHOWN_CHARS = 9  # of a key, enough to tell two apart and far too few to guess the rest
RESERVED = frozenset(
    {
        "admin", "broker", "auditor", "gateway", "disclosure", "portal", "recording", "review",
        "tasks",
    }
)  # fmt: skip


def topic_of(name: str) -> str:
    """The topic that only this publisher's events are written to."""
    return f"inbound.{name}"


def key_hash(key: str) -> bytes:
    """What is kept of a key. A key holds 256 random bits, so that one round is enough."""
    return hashlib.sha256(key.encode()).digest()


def key_prefix(key: str) -> str:
    """The start of a key, shown in lists."""
    return key[:SHOWN_CHARS]
