"""The columns that every table of facts has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

CASES = MetaData()


def fact_columns() -> tuple[Column[Any], ...]:
    """Who said it, when it happened, which earlier one it corrects, and about which case."""
    return (
        Column("source", Text, primary_key=True, comment="Who said it"),
        Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
        Column(
            "happened_at",
            DateTime(timezone=True),
            nullable=False,
            comment="When it happened, by the envelope; only orders",
        ),
        Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
        Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
        Column("traceparent", Text, comment="Trace of the act that caused it"),
        Column("case_key", Text, nullable=False, comment="Case number as key"),
        Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    )


CASE_FACTS = Table(
    "case_facts",
    CASES,
    *fact_columns(),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit"),
    Column("accepted_at", DateTime(timezone=True), nullable=False, comment="When accepted"),
    Column("kind", Text, comment="Kind of case; none when classified"),
    Column("procedure", Text, comment="simple, fast_track or ordinary; none when classified"),
    Column("classified", Boolean, nullable=False, comment="Only number, unit and dates are kept"),
    Column("parties", JSONB, nullable=False, comment="What this service needs of the parties"),
    comment="projection: every version of the acceptance of a case",
)

CLASSIFIED_COUNTS = Table(
    "classified_counts",
    CASES,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("events", Integer, nullable=False, comment="Events counted instead of stored"),
    comment="record: events of classified cases, which are counted and not stored",
)
