"""Hearings: where each stands, and what officers did in it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW

HEARINGS = Table(
    "hearings",
    REVIEW,
    Column("decision_id", Text, primary_key=True, comment="The proposed decision"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("case_ref", Text, nullable=False, comment="Reference of the case, for addresses"),
    Column("unit", Text, nullable=False, comment="12-digit code of the handling unit"),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of whose own case it is"),
    Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    Column(
        "state",
        Text,
        nullable=False,
        comment="to_tell, told, requested, accepted, noticed, held, reported, refused, waived,"
        " lapsed, withdrawn or no_show",
    ),
    Column("grounds", JSONB, nullable=False, comment="Why there is a right: title, rule, source"),
    Column("claims", Text, comment="What the proposal says: requested or held; none: nothing"),
    Column("told_on", Date, comment="Day on which the party was told of its right"),
    Column("requested_on", Date, comment="Day on which the request came in"),
    Column("begun_on", Date, comment="Day of the acceptance, also by silence"),
    Column("noticed_on", Date, comment="Day on which the notice was served"),
    Column("planned_on", Date, comment="Day for which the hearing is called"),
    Column("held_on", Date, comment="Day on which it was held"),
    Column("ended_on", Date, comment="Day on which it was held, or ended without"),
    Column("chair", Text, comment="Police number of who holds it"),
    Column("recorder", Text, comment="Police number of who writes the record"),
    Column("closed", Text, comment="Why it is not public, as a code; none: public"),
    Column("legal_unit", Text, comment="Unit for which the legal department last acted"),
    Column("steps", Integer, nullable=False, comment="How many steps officers took"),
    Column("task", Text, comment="What is to be done next, as a code"),
    Column("waits_for", Text, comment="On whom it waits: party, unit or reviewer; none: nobody"),
    Column("due_on", Date, comment="Last day for it; none: no day runs"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("says", Text, nullable=False, comment="How the day was found, in Chinese"),
    Column("made_on", Date, comment="Day of the decision; none: not made yet"),
    Column("listed_at", DateTime(timezone=True), nullable=False, comment="Place in the list"),
    comment="projection: where the hearing of each proposed decision stands",
)

HEARING_STEPS = Table(
    "hearing_steps",
    REVIEW,
    Column("step_id", Text, primary_key=True, comment="Our id of the step"),
    Column("decision_id", Text, nullable=False, comment="The proposed decision"),
    Column("place", Integer, comment="1 for the first step of officers; none: the clock's step"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column(
        "kind",
        Text,
        nullable=False,
        comment="told, requested, waived, withdrawn, lapsed, accepted, deemed, refused, noticed,"
        " held, no_show or reported",
    ),
    Column("day", Date, nullable=False, comment="Day on which it happened"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When noted, by the legal clock"),
    Column("officer", Text, comment="Police number of who noted it; none: the clock"),
    Column("role", Text, comment="Role by which it was noted"),
    Column("unit", Text, comment="Unit for which the role is held"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for (代行)"),
    Column("planned_on", Date, comment="Day for which a notice calls the hearing"),
    Column("chair", Text, comment="Police number of the chair, of a notice"),
    Column("recorder", Text, comment="Police number of the recorder, of a notice"),
    Column("postponed", Boolean, nullable=False, comment="Held later than the days, with a reason"),
    Column("closed", Text, comment="Why it is not public, as a code"),
    Column("words", LargeBinary, comment="Place, reasons, record, findings as written, sealed"),
    Column("words_sha256", Text, comment="Digest of what was written, with its salt"),
    comment="record: what officers did in a hearing, and what the clock did, step by step",
)
