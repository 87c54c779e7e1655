"""What review keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns

REVIEW = MetaData()


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
    comment="projection: every version of a decision that was proposed",
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

CLEARANCES = Table(
    "clearances",
    REVIEW,
    Column("clearance_id", Text, primary_key=True, comment="Our id of the clearance"),
    Column("decision_id", Text, nullable=False, comment="The decision it is for"),
    Column("draft_sha256", Text, nullable=False, comment="Digest of the one text it is for"),
    Column("given_at", DateTime(timezone=True), nullable=False, comment="From when on it holds"),
    Column("valid_until", Date, comment="Last day on which the text may be decided; none: no end"),
    Column("kind", Text, nullable=False, comment="not_required (derived) or cleared (reviewed)"),
    comment="record: which text may be decided; not_required follows from facts, cleared is given",
)

REVIEWS = Table(
    "reviews",
    REVIEW,
    Column("decision_id", Text, primary_key=True, comment="The decision"),
    Column("review_id", Text, nullable=False, comment="Our id of its review"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit"),
    Column("kind", Text, nullable=False, comment="Kind of decision"),
    Column(
        "state",
        Text,
        nullable=False,
        comment="waiting_case, review_required, not_required, cleared, bypassed or no_rule",
    ),
    Column("says", Text, nullable=False, comment="Why so, in Chinese"),
    Column("proposed_at", DateTime(timezone=True), comment="When the newest text was proposed"),
    Column("proposed_sha256", Text, comment="Digest of the newest proposed text"),
    Column("reasons", JSONB, nullable=False, comment="Why it needs review; empty: it does not"),
    Column("decide_by", Date, comment="Last day for the opinion on that text"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("rule", Text, comment="Rule that set the day"),
    Column("document_number", Text, comment="Document number of the decision made"),
    Column("made_on", Date, comment="Date on the document; none: not made yet"),
    Column("decided_sha256", Text, comment="Digest of the text that was decided"),
    Column("decided_reasons", JSONB, nullable=False, comment="Why it should have been reviewed"),
    Column("how", Text, comment="How review was bypassed: none, against or other_text"),
    Column("clearance_id", Text, comment="Clearance that fits; bypassed: that of the other text"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column("revision", Integer, nullable=False, comment="Grows whenever anything above changes"),
    comment="projection: where each decision stands with its legal review",
)
