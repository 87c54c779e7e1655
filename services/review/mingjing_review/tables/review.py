"""Where each decision stands with its review, what officers did, what was cleared."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW

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
        " opinion_given, resubmitted, coordinating, discussion, cleared, transferred, not_required,"
        " bypassed or no_rule",
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
    Column("waits_for", Text, comment="On whom it waits: unit, reviewer or leader; none: nobody"),
    Column("due_on", Date, comment="Last day for the opinion as it now runs; none: no term runs"),
    Column("due_provisional", Boolean, comment="That day reaches into an unpublished year"),
    Column("due_says", Text, comment="How the day was found or why there is none, in Chinese"),
    Column("clock", Text, comment="The clock that runs for it; none: none runs"),
    Column("changed", Boolean, comment="The text under review is not the one now proposed"),
    Column("reviewer", Text, comment="Police number of who last acted for the legal department"),
    Column("handlers", JSONB, comment="Police numbers of whose own case it is"),
    Column("asked", Text, comment="What a leader is asked for besides: extension; none: nothing"),
    Column("assignee", Text, comment="Police number of whose desk it lies on; none: anybody's"),
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
        comment="submitted, accepted, incomplete, returned, supplemented, opinion, resubmitted,"
        " extension_asked, extended, extension_refused, disagreed, re_reviewed, coordinated or"
        " discussed",
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
    Column("outcome", Text, comment="What a step about a disagreement led to"),
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
