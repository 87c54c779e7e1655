"""What the gateway keeps besides the messaging core's tables."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

GATEWAY = MetaData()

_INSTANT = DateTime(timezone=True)

PUBLISHERS_REGISTER = Table(
    "publishers_register",
    GATEWAY,
    Column("name", Text, primary_key=True, comment="Publisher"),
    Column("topic", Text, nullable=False, unique=True, comment="Its own inbound topic"),
    Column("source", Text, nullable=False, unique=True, comment="The only source it may name"),
    Column("types", JSONB, nullable=False, comment="Types its registration allows"),
    Column("way", Text, nullable=False, comment="How it comes in: kafka or door, never both"),
    Column("modes", JSONB, nullable=False, comment="Modes it may set besides live"),
    Column("key_hash", LargeBinary, nullable=False, unique=True, comment="SHA-256 of its key"),
    Column("key_prefix", Text, nullable=False, comment="Start of its key, to tell keys apart"),
    Column("added_at", _INSTANT, nullable=False, comment="When it was registered"),
    Column("added_by", Text, nullable=False, comment="Who registered it"),
    Column("rotated_at", _INSTANT, comment="When its key was last replaced"),
    Column("rotated_by", Text, comment="Who replaced it"),
    comment="record: who may say what, and how it comes in; the directory tells the services",
)

RECEIVED = Table(
    "received",
    GATEWAY,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the event's content"),
    Column("state", Text, nullable=False, comment="pending, or acked by the broker"),
    Column("event_type", Text, nullable=False, comment="Its type"),
    Column(
        "received_at",
        _INSTANT,
        server_default=text("now()"),
        nullable=False,
        comment="When the door first saw it",
    ),
    Column("acked_at", _INSTANT, comment="When the broker's acknowledgement was noted"),
    comment="record: what the door took; 202 is answered from acked only",
)
