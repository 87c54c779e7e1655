"""The papers that review issued, and the numbers it gave them."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Integer, LargeBinary, Table, Text

from mingjing_review.tables.base import REVIEW

PAPERS = Table(
    "papers",
    REVIEW,
    Column("paper_id", Text, primary_key=True, comment="Our id of the paper"),
    Column("kind", Text, nullable=False, comment="opinion, coordination …"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("decision_id", Text, nullable=False, comment="The decision it is about"),
    Column("step_id", Text, comment="The step of a review that it documents"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit that issued it"),
    Column("number", Text, nullable=False, comment="Its document number, as printed"),
    Column("dated", Date, nullable=False, comment="The date on it"),
    Column("made_at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("made_by", Text, nullable=False, comment="Police number of who issued it"),
    Column("pdf_sha256", Text, nullable=False, comment="Digest of the file"),
    Column("pdf", LargeBinary, nullable=False, comment="The file (PDF/A-2b), sealed"),
    comment="record: every paper as it was issued",
)

PAPER_NUMBERS = Table(
    "paper_numbers",
    REVIEW,
    Column("unit", Text, primary_key=True, comment="12-digit code of the unit"),
    Column("kind", Text, primary_key=True, comment="Kind of paper"),
    Column("year", Integer, primary_key=True, comment="Calendar year"),
    Column("last", Integer, nullable=False, comment="The last number that was given"),
    comment="record: the last number of each unit, kind of paper and year",
)
