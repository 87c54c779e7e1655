"""What a service keeps of its own log, and of those that it witnesses."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)

TRUST = MetaData()
WITNESS = MetaData()

_INSTANT = DateTime(timezone=True)

LOG_TREES = Table(
    "log_trees",
    TRUST,
    Column("log", Text, primary_key=True, comment="Which log: inner, or public"),
    Column("size", BigInteger, nullable=False, comment="Entries in tiles"),
    comment="record: how far each log's tiles reach",
)

LOG_TILES = Table(
    "log_tiles",
    TRUST,
    Column("log", Text, primary_key=True, comment="Which log"),
    Column("level", SmallInteger, primary_key=True, comment="Level of the tile; -1: a bundle"),
    Column("number", BigInteger, primary_key=True, comment="Which one of its level"),
    Column("width", SmallInteger, nullable=False, comment="Hashes or entries in it, up to 256"),
    Column("bytes", LargeBinary, nullable=False, comment="The tile as it is served"),
    comment="record: tiles and bundles of entries; each only grows until it is full",
)

LOG_CHECKPOINTS = Table(
    "log_checkpoints",
    TRUST,
    Column("log", Text, primary_key=True, comment="Which log"),
    Column("size", BigInteger, primary_key=True, comment="Size of the tree"),
    Column("root", LargeBinary, nullable=False, comment="Its root"),
    Column("note", LargeBinary, nullable=False, comment="The checkpoint with its signatures"),
    Column(
        "witnesses",
        SmallInteger,
        nullable=False,
        server_default=text("0"),
        comment="How many witnesses co-signed it",
    ),
    Column("signed_at", _INSTANT, nullable=False, comment="When the log signed it"),
    Column("covered_at", _INSTANT, comment="When enough witnesses had co-signed it"),
    comment="record: what was signed of each log: the newest, and the newest covered one",
)

WITNESSED = Table(
    "witnessed",
    WITNESS,
    Column("origin", Text, primary_key=True, comment="Name of the log"),
    Column("size", BigInteger, nullable=False, comment="Size that was co-signed last"),
    Column("root", LargeBinary, nullable=False, comment="Root that was co-signed last"),
    Column("seen_at", _INSTANT, nullable=False, comment="When that was"),
    Column("refused", Text, comment="Why the log is not trusted now; none: it is"),
    Column("refused_at", _INSTANT, comment="When it was refused first"),
    comment="record: the largest head of each other log that this service co-signed",
)
