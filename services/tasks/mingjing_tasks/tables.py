"""What tasks keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns

TASKS = MetaData()

_INSTANT = DateTime(timezone=True)


def _identity() -> tuple[Column[Any], ...]:
    return (
        Column("source", Text, primary_key=True, comment="Who said it"),
        Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    )


EVENT_ARCHIVE = Table(
    "event_archive",
    TASKS,
    *_identity(),
    Column("recorded_at", _INSTANT, primary_key=True, comment="When it was taken in here"),
    Column("type", Text, nullable=False, comment="Full type"),
    Column("time", _INSTANT, nullable=False, comment="When it happened, by the envelope"),
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
    *_identity(),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("happened_at", _INSTANT, nullable=False, comment="When it happened"),
    Column("type", Text, nullable=False, comment="Full type"),
    Column("causation_id", Text, comment="Id of the event that caused it"),
    Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("codes", JSONB, nullable=False, comment="Ids, kinds, dates, states; nothing else"),
    comment="projection: what happened in each case, in the order of the world",
)

DECISION_FACTS = Table(
    "decision_facts",
    TASKS,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("unit", Text, nullable=False, comment="12-digit code of the deciding unit"),
    comment="projection: who made each decision, every version",
)

REVIEW_FACTS = Table(
    "review_facts",
    TASKS,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("what", Text, nullable=False, comment="bypassed, not_required or cleared"),
    comment="projection: what review said of each decision, every version",
)

WARNINGS = Table(
    "warnings",
    TASKS,
    Column("warning_id", Text, primary_key=True, comment="Our id of the warning"),
    Column("kind", Text, nullable=False, comment="decision_without_review"),
    Column("severity", Text, nullable=False, comment="How bad it is"),
    Column("state", Text, nullable=False, comment="raised or cleared"),
    Column("decision_id", Text, nullable=False, comment="The decision it is about"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("owner_unit", Text, comment="Who must act: the deciding unit, else the case's"),
    Column("since", _INSTANT, nullable=False, comment="When the bypass was found"),
    Column("caused_by", Text, nullable=False, comment="Event that raised it: source#id"),
    Column("cleared_by", Text, comment="Event that refutes it: source#id"),
    Column("mode", Text, nullable=False, comment="Mode of the event that raised it"),
    Column("told", Text, comment="What was announced last: raised or cleared; none: nothing"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    comment="projection: what is wrong and whose it is, as the facts that hold say it",
)

WARNING_HISTORY = Table(
    "warning_history",
    TASKS,
    Column("warning_id", Text, primary_key=True, comment="The warning"),
    Column("revision", Integer, primary_key=True, comment="Which announcement of it"),
    Column("state", Text, nullable=False, comment="raised or cleared"),
    Column("owner_unit", Text, nullable=False, comment="Whom it was announced to"),
    Column("caused_by", Text, nullable=False, comment="Event that moved it: source#id"),
    Column("announced_at", _INSTANT, nullable=False, comment="When, by the legal clock"),
    comment="record: every announcement of a warning; depends on the order of arrival",
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
    Column("sealed_at", _INSTANT, nullable=False, comment="When, by the machine's clock"),
    comment="record: months of event_archive in the object store, read back",
)
