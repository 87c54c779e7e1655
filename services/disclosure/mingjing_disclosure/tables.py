"""What disclosure keeps."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns

DISCLOSURE = MetaData()

DECISION_FACTS = Table(
    "decision_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("kind", Text, nullable=False, comment="penalty, permit, coercion …"),
    Column("document_number", Text, nullable=False, comment="Document number as it was sent"),
    Column("made_on", Date, nullable=False, comment="Date on the document (作出之日)"),
    Column("offence_from", Date, comment="First day of the offence"),
    Column("unit", Text, nullable=False, comment="12-digit code of the deciding unit"),
    Column("parties", JSONB, comment="Its own parties, sealed; none: those of the case"),
    comment="projection: every version of a decision that was made",
)

ENDED_FACTS = Table(
    "ended_facts",
    DISCLOSURE,
    *fact_columns(),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    comment="projection: every version of the end of a case's enforcement",
)

ITEMS = Table(
    "items",
    DISCLOSURE,
    Column("decision_id", Text, primary_key=True, comment="The decision"),
    Column("item_id", Text, nullable=False, comment="Our id of the publication"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("state", Text, nullable=False, comment="waiting_case, due, withheld or no_clock"),
    Column("kind", Text, nullable=False, comment="Kind of decision"),
    Column("made_on", Date, nullable=False, comment="Date on the document"),
    Column("document_number", Text, nullable=False, comment="Document number, year in 〔〕"),
    Column("unit", Text, nullable=False, comment="12-digit code of the deciding unit"),
    Column("due_on", Date, comment="Last day in time"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("rule", Text, comment="Rule that set the day, or that withholds it"),
    Column("says", Text, nullable=False, comment="Why so, one Chinese sentence"),
    Column("reason_code", Text, comment="Why it is withheld"),
    Column("basis", JSONB, comment="Law and article that withhold it"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="Grows whenever day or reason changes"),
    Column("overdue_at", DateTime(timezone=True), comment="When its clock ran out unpublished"),
    comment="projection: what must be public, by when, or why not",
)
