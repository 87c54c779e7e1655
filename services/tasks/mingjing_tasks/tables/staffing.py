"""What review measured of its people, unit by unit and month by month."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Double, Integer, Table, Text

from mingjing_tasks.tables.base import TASKS

STAFFING_FACTS = Table(
    "staffing_facts",
    TASKS,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column(
        "happened_at",
        DateTime(timezone=True),
        nullable=False,
        comment="When it happened, by the envelope; only orders",
    ),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit"),
    Column("measured_on", Date, nullable=False, comment="Day that it is of"),
    Column("officers", Integer, nullable=False, comment="Enforcement officers, unit and below"),
    Column("reviewers", Integer, nullable=False, comment="Reviewers among them"),
    Column("percent_asked", Double, comment="Share of reviewers asked for; none: no rule"),
    Column("levelled", Integer, comment="Officers with a level in force; none: not told"),
    Column("legal", Integer, comment="Officers with the legal qualification; none: not told"),
    comment="projection: what review measured of each unit's people",
)
