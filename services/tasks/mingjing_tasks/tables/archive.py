"""The long memory and the timeline."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_tasks.tables.base import INSTANT, TASKS, identity

EVENT_ARCHIVE = Table(
    "event_archive",
    TASKS,
    *identity(),
    Column("recorded_at", INSTANT, primary_key=True, comment="When it was taken in here"),
    Column("type", Text, nullable=False, comment="Full type"),
    Column("time", INSTANT, nullable=False, comment="When it happened, by the envelope"),
    Column("case_key", Text, comment="Case number as key; none where the event names no case"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("topic", Text, comment="Topic it was read from, without prefix; none: mended here"),
    Column("partition", Integer, comment="Partition it was read from"),
    Column("record_offset", BigInteger, comment="Offset it was read at"),
    Column("attributes", JSONB, nullable=False, comment="The rest of the known envelope"),
    Column("data", JSONB, nullable=False, comment="Data without personal and unknown fields"),
    Column("personal", LargeBinary, comment="Those fields and unknown attributes, sealed"),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of the event's content"),
    comment="record: the long memory; every event taken here, never changed; a range a month",
)

TIMELINE = Table(
    "timeline",
    TASKS,
    *identity(),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("happened_at", INSTANT, nullable=False, comment="When it happened"),
    Column("type", Text, nullable=False, comment="Full type"),
    Column("causation_id", Text, comment="Id of the event that caused it"),
    Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("codes", JSONB, nullable=False, comment="Ids, kinds, dates, states; nothing else"),
    comment="projection: what happened in each case, in the order of the world",
)

SEALED_MONTHS = Table(
    "sealed_months",
    TASKS,
    Column("month", Text, primary_key=True, comment="YYYY-MM of recorded_at, Asia/Shanghai"),
    Column(
        "manifest_sha256",
        Text,
        nullable=False,
        comment="SHA-256 of its manifest, which names its objects",
    ),
    Column("events", BigInteger, nullable=False, comment="How many events were sealed"),
    Column("sealed_at", INSTANT, nullable=False, comment="When, by the machine's clock"),
    comment="record: months of event_archive in the object store, read back",
)
