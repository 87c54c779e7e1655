"""What the portal keeps: the public copy, and nothing else."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

PORTAL = MetaData()

PUBLIC_ITEMS = Table(
    "public_items",
    PORTAL,
    Column("item_id", Text, primary_key=True, comment="Id of the publication"),
    Column("kind", Text, nullable=False, comment="Kind of decision"),
    Column("title", Text, nullable=False, comment="Public title, masked inside"),
    Column("document_number", Text, nullable=False, comment="Public document number"),
    Column("unit_name", Text, nullable=False, comment="The deciding body, in words"),
    Column("made_on", Date, nullable=False, comment="Date on the document"),
    Column("published_at", DateTime(timezone=True), nullable=False, comment="When it came here"),
    Column("withdrawn_at", DateTime(timezone=True), comment="When it was taken back; a tombstone"),
    Column("version", Integer, comment="Version that is shown"),
    Column("text", Text, comment="The public text; none of a tombstone"),
    Column("text_sha256", Text, comment="SHA-256 of the text"),
    Column("masked", JSONB, comment="Line, from and to of what stands for something hidden"),
    Column("meaning", Text, comment="What the decision means, one plain sentence"),
    Column("remedy", Text, comment="What can be done against it"),
    Column("outcome", JSONB, comment="What was decided, in words"),
    Column("parties", JSONB, comment="Organisations it concerns; persons are never listed"),
    Column("due_on", Date, comment="Last day on which publishing was in time"),
    Column("published_on", Date, comment="Day on which the first version was published"),
    Column("history", JSONB, comment="Every version: number, day, SHA-256, why it came"),
    Column("withdrawn_on", Date, comment="Day on which it was taken back"),
    Column("reason", Text, comment="Why it was taken back, as the public reads it"),
    Column("basis", Text, comment="By which law it was taken back"),
    Column("generic", Boolean, comment="The tombstone says nothing of what was there"),
    Column("searched", Text, comment="What a search looks in: the public words, squeezed"),
    Column("grams", ARRAY(Text), comment="Every two neighbouring signs of it, for the index"),
    Index("public_items_newest", "published_at", "item_id"),
    comment="projection: what is public, from signed bundles; nothing here is not public",
)

PUBLIC_COUNTS = Table(
    "public_counts",
    PORTAL,
    Column("kind", Text, primary_key=True, comment="Kind of decision"),
    Column("published", Integer, nullable=False, comment="Items that were ever published"),
    Column("on_time", Integer, nullable=False, comment="Of these, in time"),
    Column("corrected", Integer, nullable=False, comment="Corrections that were published"),
    Column("withdrawn", Integer, nullable=False, comment="Items that were taken back"),
    comment="projection: the figures of the front page, counted as bundles come",
)

BUNDLE_HEAD = Table(
    "bundle_head",
    PORTAL,
    Column("always", Boolean, primary_key=True, comment="Always true: there is one row"),
    Column("number", BigInteger, nullable=False, comment="Newest bundle that was taken"),
    Column("digest", Text, nullable=False, comment="Its digest; the next one must name it"),
    Column("taken_at", DateTime(timezone=True), nullable=False, comment="When it was taken"),
    comment="projection: how far the bundles were taken; moved with what they bring",
)

PUBLIC_LOG_ENTRIES = Table(
    "public_log_entries",
    PORTAL,
    Column("number", BigInteger, primary_key=True, comment="Place in the public log"),
    Column("item_id", Text, nullable=False, comment="Id of the publication"),
    Column("version", Integer, nullable=False, comment="Version of it"),
    Column("salt", LargeBinary, nullable=False, comment="Salt of its digest"),
    Column("content", LargeBinary, nullable=False, comment="What is said, canonical"),
    comment="projection: what the public log says of items, for receipts",
)
