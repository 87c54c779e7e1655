"""What the messaging core keeps in each service's database."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

MESSAGING = MetaData()

_INSTANT = DateTime(timezone=True)
_NOW = text("now()")

OUTBOX = Table(
    "outbox",
    MESSAGING,
    Column("id", Uuid, nullable=False, unique=True, comment="The event's id"),
    Column("position", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("topic", Text, nullable=False, comment="Topic, without the installation's prefix"),
    Column("key", Text, nullable=False, comment="Record key: the event's partitionkey"),
    Column("attributes", JSONB, nullable=False, comment="The finished envelope"),
    Column("value", LargeBinary, nullable=False, comment="The data, canonical JSON"),
    Column("created_at", _INSTANT, server_default=_NOW, nullable=False, comment="When written"),
    Column("log_index", BigInteger, comment="Place in the service's log; none until sequenced"),
    Column("published_at", _INSTANT, comment="When the broker acknowledged it"),
    Column("log_salt", LargeBinary, comment="Salt of its digest; erased, the log tells nothing"),
    Column("log_digest", LargeBinary, comment="SHA-256 of salt and canonical event, as logged"),
    comment="record: every event this service emits, written with the change that caused it",
)

LOG_HEAD = Table(
    "log_head",
    MESSAGING,
    Column("always", Boolean, primary_key=True, comment="Always true: there is one row"),
    Column("size", BigInteger, nullable=False, comment="Places given so far; the next place"),
    Column("stopped", Text, comment="Why no more are given: it was found rolled back or forked"),
    comment="record: the head of the service's log; moved only by compare and set",
)

LOG_NOTES = Table(
    "log_notes",
    MESSAGING,
    Column("position", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("id", Uuid, nullable=False, unique=True, comment="Id of the row that it stands for"),
    Column("type", Text, nullable=False, comment="What it is: audit, and its outcome"),
    Column("time", _INSTANT, nullable=False, comment="When it happened, by the machine's clock"),
    Column("log_salt", LargeBinary, comment="Salt of its digest; erased, the log tells nothing"),
    Column("log_digest", LargeBinary, nullable=False, comment="SHA-256 of salt and canonical row"),
    Column("log_index", BigInteger, comment="Place in the service's log; none until sequenced"),
    comment="record: what is logged besides events: rows of the audit",
)

INBOX = Table(
    "inbox",
    MESSAGING,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the event's content"),
    Column("applied_at", _INSTANT, server_default=_NOW, nullable=False, comment="When applied"),
    comment="record: every event applied here; what is in it is never applied again",
)

DEAD_LETTERS = Table(
    "dead_letters",
    MESSAGING,
    Column("id", Uuid, primary_key=True, comment="Our name for the dead letter"),
    Column("topic", Text, nullable=False, comment="Topic it was read from, without prefix"),
    Column("partition", Integer, nullable=False, comment="Partition it was read from"),
    Column("record_offset", BigInteger, nullable=False, comment="Offset it was read at"),
    Column("reason", Text, nullable=False, comment="Why: a code of the closed list"),
    Column("explanation", Text, nullable=False, comment="Why, in Chinese, without content"),
    Column("source", Text, comment="The event's source, where it could be read"),
    Column("event_id", Text, comment="The event's id, where it could be read"),
    Column("event_type", Text, comment="The event's type, where it could be read"),
    Column("stack_digest", Text, comment="Which failure of a handler: hash of its stack"),
    Column("attempts", Integer, nullable=False, comment="How often it was tried"),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the record as it came"),
    Column("body", LargeBinary, nullable=False, comment="The record, sealed with the key ring"),
    Column("failed_at", _INSTANT, server_default=_NOW, nullable=False, comment="When given up"),
    Column("state", Text, nullable=False, comment="open, replayed or discarded"),
    Column("mended_digest", LargeBinary, comment="SHA-256 of the body that was applied instead"),
    Column("settled_at", _INSTANT, comment="When a person settled it"),
    Column("settled_by", Text, comment="Who settled it"),
    Column("settled_why", Text, comment="Why so"),
    comment="record: what could not be taken; nothing is lost, a person settles each",
)

LETTER_VIEWS = Table(
    "letter_views",
    MESSAGING,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("letter_id", Uuid, nullable=False, comment="The dead letter that was opened"),
    Column("opened_at", _INSTANT, nullable=False, comment="When"),
    Column("opened_by", Text, nullable=False, comment="Who read it, personal data and all"),
    Column("opened_why", Text, nullable=False, comment="Why"),
    comment="record: who looked into dead letters, and why",
)

CLOCKS = Table(
    "clocks",
    MESSAGING,
    Column("kind", Text, primary_key=True, comment="Which clock: a name of the service's list"),
    Column("subject", Text, primary_key=True, comment="What it runs for"),
    Column("due_at", _INSTANT, nullable=False, comment="Legal instant at which it fires"),
    Column("rule", Text, nullable=False, comment="Rule id and version that set it"),
    Column("fired_at", _INSTANT, comment="Legal instant at which it fired; fires once"),
    comment="projection: durable clocks; fire exactly once, also after the worker was down",
)

PUBLISHERS = Table(
    "publishers",
    MESSAGING,
    Column("name", Text, primary_key=True, comment="Publisher"),
    Column("topic", Text, nullable=False, comment="Its own inbound topic"),
    Column("source", Text, nullable=False, comment="The only source it may name"),
    Column("types", JSONB, nullable=False, comment="Types its registration allows"),
    Column("modes", JSONB, nullable=False, comment="Modes it may set besides live"),
    Column("quiet_minutes_max", Integer, comment="The longest it is quiet, if that is agreed"),
    Column("registered_at", _INSTANT, nullable=False, comment="Time of the registration held"),
    Column("registered_by", Text, nullable=False, comment="Id of the event that said so"),
    comment="projection: who may say what on which topic, from the directory",
)

WINDOW_HEADS = Table(
    "window_heads",
    MESSAGING,
    Column("stream", Text, primary_key=True, comment="outbox, or door"),
    Column("number", BigInteger, nullable=False, comment="Number of the last window closed"),
    Column("place", JSONB, comment="How far the closed windows reach"),
    Column("closed_at", _INSTANT, nullable=False, comment="When the last one was closed"),
    comment="record: how far this service has told what it published",
)

WINDOWS = Table(
    "windows",
    MESSAGING,
    Column("service", Text, primary_key=True, comment="Who published"),
    Column("stream", Text, primary_key=True, comment="outbox, or door"),
    Column("number", BigInteger, primary_key=True, comment="Counts up by one"),
    Column("closed_at", _INSTANT, nullable=False, comment="When it was closed there"),
    Column("received_at", _INSTANT, nullable=False, comment="When it came here"),
    Column("told", JSONB, comment="Its events, until all of them were found here"),
    Column("state", Text, nullable=False, comment="open, missing or whole"),
    Column("missing", Integer, nullable=False, comment="Events of it not settled here"),
    comment="record: what others published, compared with what was settled here",
)

PROBES = Table(
    "probes",
    MESSAGING,
    Column("always", Boolean, primary_key=True, comment="Always true: there is one row"),
    Column("probe_id", Text, nullable=False, comment="The last probe settled here"),
    Column("probed_at", _INSTANT, nullable=False, comment="When the gateway sent it"),
    Column("settled_at", _INSTANT, nullable=False, comment="When it was settled here"),
    comment="record: the last probe that went round and was settled by this service",
)

KEY_CHECKS = Table(
    "key_checks",
    MESSAGING,
    Column("name", Text, primary_key=True, comment="Which key"),
    Column("proof", LargeBinary, nullable=False, comment="What only that key makes or opens"),
    comment="record: tells a wrong key from the right one before anything is written with it",
)
