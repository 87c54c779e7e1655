"""Cases as pages find and show them."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_tasks.tables.base import INSTANT, TASKS

CASES_HERE = Table(
    "cases",
    TASKS,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    Column("case_ref", Text, nullable=False, comment="Its reference, which addresses carry"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent, or the key"),
    Column("unit", Text, comment="12-digit code of the unit; none: acceptance not told yet"),
    Column("kind", Text, comment="Kind of case"),
    Column("procedure", Text, comment="simple, fast_track or ordinary"),
    Column("cause", Text, comment="Name of the cause in the catalogue of causes"),
    Column("accepted_at", INSTANT, comment="When accepted"),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of who handles it"),
    comment="projection: every case with an event, as the facts that hold describe it",
)

DOCUMENT_REFS = Table(
    "document_refs",
    TASKS,
    Column("number_key", Text, primary_key=True, comment="Document number, brackets regular"),
    Column("case_key", Text, primary_key=True, comment="A case that it was told of in"),
    comment="projection: in which case a document number was told, for search",
)
