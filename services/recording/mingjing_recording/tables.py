"""What recording keeps."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns

RECORDING = MetaData()

_INSTANT = DateTime(timezone=True)

ACTION_FACTS = Table(
    "action_facts",
    RECORDING,
    *fact_columns(),
    Column("action_id", Text, nullable=False, comment="The act"),
    Column("kind", Text, nullable=False, comment="seizure, questioning … (an open list)"),
    Column("place_kind", Text, nullable=False, comment="on_site, case_area, window or remote"),
    Column("started_at", _INSTANT, nullable=False, comment="When the act began"),
    Column("ended_at", _INSTANT, nullable=False, comment="When the act ended"),
    Column("officers", JSONB, nullable=False, comment="Police numbers of those who acted"),
    Column("told", JSONB, comment="Certificate shown; reason, basis, rights told"),
    Column("uniform", Boolean, comment="Whether uniforms were worn"),
    comment="projection: every version of an act that was performed",
)

DECISION_FACTS = Table(
    "decision_facts",
    RECORDING,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("kind", Text, nullable=False, comment="penalty, permit, coercion …"),
    Column("made_on", Date, nullable=False, comment="Date on the document (作出之日)"),
    comment="projection: that a decision exists, which its case file must hold",
)

ENDED_FACTS = Table(
    "ended_facts",
    RECORDING,
    *fact_columns(),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    comment="projection: every version of the end of a case's enforcement",
)

ACTIONS = Table(
    "actions",
    RECORDING,
    Column("action_id", Text, primary_key=True, comment="The act"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("kind", Text, nullable=False, comment="seizure, questioning … (an open list)"),
    Column("place_kind", Text, nullable=False, comment="on_site, case_area, window or remote"),
    Column("started_at", _INSTANT, nullable=False, comment="When the act began"),
    Column("ended_at", _INSTANT, nullable=False, comment="When the act ended"),
    Column("level", Text, comment="full or as_needed; none: nothing is required"),
    Column("rule", Text, comment="Row of the matrix that set the level"),
    Column("basis", JSONB, nullable=False, comment="Law and article of every row that applies"),
    Column("says", Text, nullable=False, comment="Why so, one Chinese sentence"),
    Column("upload_due_at", _INSTANT, comment="By when the footage must be in"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    Column("footage_due_passed_at", _INSTANT, comment="When the upload term ran out"),
    comment="projection: acts, what must be recorded of them, and by when it must be in",
)

CASEFILES = Table(
    "casefiles",
    RECORDING,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    Column("state", Text, nullable=False, comment="open, warned, overdue or no_clock"),
    Column("warn_on", Date, comment="Day after which it is warned of"),
    Column("breach_on", Date, comment="Last day in time"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("says", Text, nullable=False, comment="Why so, in Chinese"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    Column("warned_at", _INSTANT, comment="When the day of warning had passed"),
    Column("overdue_at", _INSTANT, comment="When the last day had passed"),
    comment="projection: case files that must be made, and how far their terms have run",
)
