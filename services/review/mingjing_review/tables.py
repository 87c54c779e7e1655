"""What review keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
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
        comment="waiting_case, review_required, submitted, incomplete, in_review, returned,"
        " opinion_given, resubmitted, cleared, transferred, not_required, bypassed or no_rule",
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
    Column("case_ref", Text, comment="Reference of the case, for addresses"),
    Column("round", Integer, comment="Round of the review; none: nothing was handed in"),
    Column("steps", Integer, comment="How many steps were taken; forms carry it"),
    Column("waits_for", Text, comment="On whom it waits: unit or reviewer; none: nobody"),
    Column("due_on", Date, comment="Last day for the opinion as it now runs; none: no term runs"),
    Column("due_provisional", Boolean, comment="That day reaches into an unpublished year"),
    Column("due_says", Text, comment="How the day was found or why there is none, in Chinese"),
    Column("clock", Text, comment="The clock that runs for it; none: none runs"),
    Column("changed", Boolean, comment="The text under review is not the one now proposed"),
    Column("reviewer", Text, comment="Police number of who last acted for the legal department"),
    Column("handlers", JSONB, comment="Police numbers of whose own case it is"),
    Column("found_by", Text, comment="What it is found by: numbers, one a line, as keys"),
    comment="projection: where each decision stands with its legal review",
)

REVIEW_STEPS = Table(
    "review_steps",
    REVIEW,
    Column("step_id", Text, primary_key=True, comment="Our id of the step"),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("place", Integer, nullable=False, comment="1 for the first step of the decision"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("round", Integer, nullable=False, comment="Round of the review, from 1 on"),
    Column(
        "kind",
        Text,
        nullable=False,
        comment="submitted, accepted, incomplete, returned, supplemented, opinion, resubmitted",
    ),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("officer", Text, nullable=False, comment="Police number of who took it"),
    Column("role", Text, nullable=False, comment="Role by which it was taken"),
    Column("unit", Text, nullable=False, comment="Unit for which the role is held"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for (代行)"),
    Column("text_source", Text, nullable=False, comment="Who proposed the text of the round"),
    Column("text_event_id", Text, nullable=False, comment="The proposal of the text of the round"),
    Column("draft_sha256", Text, nullable=False, comment="Digest of the text of the round"),
    Column("opinion", Text, comment="agree, correct or transfer, of an opinion"),
    Column("codes", JSONB, nullable=False, comment="Checks, what is missing: codes only"),
    Column("words", LargeBinary, comment="Reasons and lists as they were written, sealed"),
    Column("words_sha256", Text, comment="Digest of what was written, with its salt"),
    comment="record: what officers did in a review, step by step",
)

GATE_ANSWERS = Table(
    "gate_answers",
    REVIEW,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the machine's clock"),
    Column("asked_by", Text, nullable=False, comment="Publisher's name, or police number"),
    Column("decision_id", Text, nullable=False, comment="The decision that was asked about"),
    Column("draft_sha256", Text, comment="Digest of the text; none: its case is not known"),
    Column("clearance_id", Text, comment="The clearance that was handed out; none: refused"),
    Column("reason", Text, comment="Why it was refused, as a code"),
    Column("request_id", Text, comment="The request, as the answer's X-Request-Id"),
    comment="record: who asked the gate for a text, and what it answered",
)

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
