"""Terms: every clock that runs, the limits of cases, transfers of crimes, and who was reminded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW
from mingjing_shared.facts.tables import fact_columns


def _of_a_case() -> tuple[Column[Any], ...]:
    """Which case it is about, and whose that is."""
    return (
        Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
        Column("case_ref", Text, nullable=False, comment="Reference of the case, for addresses"),
        Column("unit", Text, nullable=False, comment="12-digit code of the handling unit"),
        Column("handlers", JSONB, nullable=False, comment="Police numbers of whose own case it is"),
        Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    )


TERMS = Table(
    "terms",
    REVIEW,
    Column(
        "term_id",
        Text,
        primary_key=True,
        comment="review/, hearing/, transfer/ with the decision, limit/ with the case",
    ),
    Column("kind", Text, nullable=False, comment="opinion, supplement, hearing, limit, transfer"),
    Column("task", Text, nullable=False, comment="What is to be done, as a code"),
    Column("decision_id", Text, comment="The decision; none: it is the whole case's"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    *_of_a_case(),
    Column("waits_for", Text, nullable=False, comment="unit, reviewer, head or party"),
    Column("officer", Text, comment="Police number of who took it on; none: nobody did"),
    Column("wait_unit", Text, comment="Unit on which it waits; none: the legal one above"),
    Column("started_on", Date, comment="Day from which it is counted"),
    Column("due_on", Date, comment="Last day in time; none: it has none now"),
    Column("due_at", DateTime(timezone=True), comment="Instant with which it is over"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("binding", Boolean, nullable=False, comment="Missing it means something"),
    Column("rule", Text, comment="Rule that set the day"),
    Column("source", Text, nullable=False, comment="Document and article"),
    Column("says", Text, nullable=False, comment="How the day was found, in Chinese"),
    Column("clock", Text, comment="The clocks that run for it; none: none run"),
    Column("sorts_at", DateTime(timezone=True), nullable=False, comment="Place by urgency"),
    comment="projection: every term that runs in review, for the board",
)

CASE_LIMITS = Table(
    "case_limits",
    REVIEW,
    Column("case_key", Text, primary_key=True, comment="Case number as key"),
    *_of_a_case(),
    Column("kind", Text, nullable=False, comment="Kind of case"),
    Column("accepted_on", Date, nullable=False, comment="Day of the acceptance"),
    Column("state", Text, nullable=False, comment="running, standing, ended or no_rule"),
    Column("ended_on", Date, comment="Day of the decision, of the end or of the transfer"),
    Column("extensions", Integer, nullable=False, comment="How often it was extended"),
    Column("asked", Boolean, nullable=False, comment="An extension is asked for, not decided"),
    Column("due_on", Date, comment="Last day for the decision; none: it stands still"),
    Column("provisional", Boolean, nullable=False, comment="Reaches into an unpublished year"),
    Column("says", Text, nullable=False, comment="How the day was found, in Chinese"),
    Column("steps", Integer, nullable=False, comment="How many steps were taken about it"),
    comment="projection: by when each accepted case must be decided",
)

TRANSFERS = Table(
    "transfers",
    REVIEW,
    Column("decision_id", Text, primary_key=True, comment="The proposed decision"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    *_of_a_case(),
    Column(
        "state",
        Text,
        nullable=False,
        comment="to_approve, to_hand_over, transferred, declined or dropped",
    ),
    Column("since", DateTime(timezone=True), nullable=False, comment="When a crime was named"),
    Column("approved_at", DateTime(timezone=True), comment="When the head approved"),
    Column("transferred_on", Date, comment="Day on which casework told the transfer"),
    Column("says", Text, nullable=False, comment="How the day was found, in Chinese"),
    Column("steps", Integer, nullable=False, comment="How many steps were taken about it"),
    comment="projection: where the transfer of what may be a crime stands",
)

TRANSFERRED_FACTS = Table(
    "transferred_facts",
    REVIEW,
    *fact_columns(),
    Column("transferred_on", Date, nullable=False, comment="Day on which the case went away"),
    comment="projection: every version of the transfer of a case to another authority",
)

CASE_STEPS = Table(
    "case_steps",
    REVIEW,
    Column("step_id", Text, primary_key=True, comment="Our id of the step"),
    Column("subject", Text, nullable=False, comment="The term it is about: limit/ or transfer/"),
    Column("place", Integer, nullable=False, comment="1 for the first step of the subject"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column(
        "kind",
        Text,
        nullable=False,
        comment="asked, extended, not_extended; acknowledged, approved, declined",
    ),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("officer", Text, nullable=False, comment="Police number of who took it"),
    Column("role", Text, nullable=False, comment="Role by which it was taken"),
    Column("unit", Text, nullable=False, comment="Unit for which the role is held"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for (代行)"),
    Column("words", LargeBinary, comment="Reasons as they were written, sealed"),
    Column("words_sha256", Text, comment="Digest of what was written, with its salt"),
    comment="record: extensions asked for and decided, transfers of crimes decided",
)

REMINDERS = Table(
    "reminders",
    REVIEW,
    Column("reminder_id", Text, primary_key=True, comment="Our id of the reminder"),
    Column("kind", Text, nullable=False, comment="lead: before the last day; passed: to the head"),
    Column("term_id", Text, nullable=False, comment="The term it is about"),
    Column(
        "clock", Text, nullable=False, comment="The clock by which it came: one day of the term"
    ),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("to_unit", Text, nullable=False, comment="Unit whose people are reminded"),
    Column("role", Text, nullable=False, comment="Role that is reminded where nobody is named"),
    Column("officers", JSONB, nullable=False, comment="Police numbers of who is reminded"),
    Column("seen_by", JSONB, nullable=False, comment="Police numbers of who looked at it"),
    Column("raised_at", DateTime(timezone=True), nullable=False, comment="When it came"),
    comment="record: who was reminded of which term, once, and who has looked",
)
