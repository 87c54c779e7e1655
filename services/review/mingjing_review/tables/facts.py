"""What casework told of cases and decisions, in every version."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW
from mingjing_shared.facts.tables import fact_columns


def _text_columns() -> tuple[Column[Any], ...]:
    """What a proposal and a decision say alike: the digest of the text is made of it."""
    return (
        Column("decision_id", Text, nullable=False, comment="The decision"),
        Column("kind", Text, nullable=False, comment="penalty, permit, coercion …"),
        Column("unit", Text, nullable=False, comment="12-digit code of the unit"),
        Column("basis", JSONB, nullable=False, comment="Laws and articles it rests on"),
        Column("outcome", JSONB, nullable=False, comment="Kinds of penalty, sums, days"),
        Column("parties", JSONB, comment="Its own: reference, kind, role; none: the case's"),
    )


PROPOSAL_FACTS = Table(
    "proposal_facts",
    REVIEW,
    *fact_columns(),
    *_text_columns(),
    Column("proposed_at", DateTime(timezone=True), nullable=False, comment="When proposed"),
    Column("flags", JSONB, nullable=False, comment="What it says of itself: social_risk …"),
    Column("proposed_by", Text, comment="Police number of who proposed it"),
    Column("hearing", JSONB, comment="Whether a hearing was requested and held"),
    Column("crime_suspected", Boolean, comment="Whether a crime is suspected, as far as it says"),
    Column("offence_from", Date, comment="First day of the offence"),
    comment="projection: every version of a decision that was proposed",
)

PROPOSAL_WORDS = Table(
    "proposal_words",
    REVIEW,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The proposal's event within its source"),
    Column("field", Text, primary_key=True, comment="facts, draft_text, materials or parties"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("personal", LargeBinary, nullable=False, comment="The field as JSON, sealed"),
    comment="projection: the words of every proposed text, sealed field by field",
)

CASE_DETAILS = Table(
    "case_details",
    REVIEW,
    *fact_columns(),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of who handles the case"),
    Column("cause", Text, comment="What the case is about (案由), by its name"),
    comment="projection: who handles each case, in every version; nothing of classified ones",
)

DECISION_FACTS = Table(
    "decision_facts",
    REVIEW,
    *fact_columns(),
    *_text_columns(),
    Column("document_number", Text, nullable=False, comment="Document number as it was sent"),
    Column("made_on", Date, nullable=False, comment="Date on the document (作出之日)"),
    comment="projection: every version of a decision that was made",
)

ENDED_FACTS = Table(
    "ended_facts",
    REVIEW,
    *fact_columns(),
    Column("ended_on", Date, nullable=False, comment="Day on which enforcement ended"),
    Column("reason", Text, nullable=False, comment="Why it ended"),
    comment="projection: every version of the end of a case's enforcement",
)
