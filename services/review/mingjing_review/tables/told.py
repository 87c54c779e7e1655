"""What was told of cases and of who acted when: contradictions are sought in it."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW

TOLD_EVENTS = Table(
    "told_events",
    REVIEW,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("type", Text, nullable=False, comment="Type of the event"),
    Column(
        "happened_at",
        DateTime(timezone=True),
        nullable=False,
        comment="When it happened, by the envelope; only orders",
    ),
    Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
    Column("case_key", Text, comment="Case number as key; none: it names no case"),
    Column("data", JSONB, nullable=False, comment="Its data, without what may be personal"),
    Column("personal", LargeBinary, comment="What may be personal, without prose; sealed"),
    comment="projection: what was told of cases, as far as contradictions are looked for in it",
)

TOLD_OFFICERS = Table(
    "told_officers",
    REVIEW,
    Column("officer", Text, primary_key=True, comment="Police number"),
    Column(
        "begins",
        DateTime(timezone=True),
        primary_key=True,
        comment="Since when the officer was at it",
    ),
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The act or recording, within its source"),
    Column("ends", DateTime(timezone=True), nullable=False, comment="Until when"),
    comment="projection: who took part when in which act, or recorded",
)
