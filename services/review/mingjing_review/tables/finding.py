"""What contradicts itself in each case, what people said of it, and gaps in recordings."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW
from mingjing_shared.facts.tables import fact_columns

CASE_FINDINGS = Table(
    "case_findings",
    REVIEW,
    Column("finding_id", Text, primary_key=True, comment="Made of kind, facts and case"),
    Column("kind", Text, nullable=False, comment="Kind of contradiction, by its key in law"),
    Column("level", Text, nullable=False, comment="impossible, unlawful or doubtful"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("case_ref", Text, nullable=False, comment="Reference of the case, for addresses"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit that handles it"),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of whose own case it is"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When the last of its facts was"),
    Column("says", Text, nullable=False, comment="What contradicts what: codes and dates"),
    Column("source", Text, nullable=False, comment="Where it stands that this must not be"),
    Column("facts", JSONB, nullable=False, comment="Its one to three events: id, and what each is"),
    Column("state", Text, nullable=False, comment="open, holds or explained, as people last said"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    comment="projection: what contradicts itself in each case, as the facts now stand",
)

FINDING_JUDGEMENTS = Table(
    "finding_judgements",
    REVIEW,
    Column("judgement_id", Text, primary_key=True, comment="Our id"),
    Column("finding_id", Text, nullable=False, comment="The finding"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("place", Integer, nullable=False, comment="1 for the first about this finding"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("officer", Text, nullable=False, comment="Police number of who judged"),
    Column("role", Text, nullable=False, comment="Role by which it was judged"),
    Column("unit", Text, nullable=False, comment="Unit for which the role is held"),
    Column("verdict", Text, nullable=False, comment="holds or explained"),
    Column("words", LargeBinary, nullable=False, comment="Why, as it was written, sealed"),
    comment="record: what people said of a contradiction, one after the other",
)

GAP_FACTS = Table(
    "gap_facts",
    REVIEW,
    *fact_columns(),
    Column("action_id", Text, nullable=False, comment="The act whose record has the gap"),
    Column("what", Text, nullable=False, comment="found, explained or closed"),
    Column("kind", Text, comment="missing, partial, late, unmarked or interrupted"),
    Column("effect", Text, comment="blocking or finding"),
    Column("minutes", Integer, comment="How long the gap is"),
    comment="projection: what recording said of gaps, every version",
)
