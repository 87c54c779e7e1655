"""Who reviews: assignments, absences, earlier reviewers; exams, advisers, staffing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Date, DateTime, Integer, LargeBinary, Numeric, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW


def _told() -> tuple[Column[Any], ...]:
    """Who said it, when it happened, which earlier one it corrects."""
    return (
        Column("source", Text, primary_key=True, comment="Who said it"),
        Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
        Column(
            "happened_at",
            DateTime(timezone=True),
            nullable=False,
            comment="When it happened, by the envelope; only orders",
        ),
        Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
        Column("mode", Text, nullable=False, comment="live, backfill, synthetic or replay"),
    )


ASSIGNMENTS = Table(
    "assignments",
    REVIEW,
    Column("assignment_id", Text, primary_key=True, comment="Our id of the assignment"),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("place", Integer, nullable=False, comment="1 for the first assignment of the decision"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("round", Integer, nullable=False, comment="Round of the review, from 1 on"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("assignee", Text, comment="Police number of who is to review; none: nobody could"),
    Column("how", Text, nullable=False, comment="proposed, absence or reassigned"),
    Column("by", Text, comment="Police number of who decided it; none: the rule alone"),
    Column("rule", Text, nullable=False, comment="Rule by which loads were weighed"),
    Column(
        "considered",
        JSONB,
        nullable=False,
        comment="Each reviewer considered: load, distance, or why left out; codes and numbers only",
    ),
    Column("words", LargeBinary, comment="Reason as it was written, sealed"),
    Column("words_sha256", Text, comment="Digest of what was written, with its salt"),
    comment="record: to whom each submission was assigned, by the rule or by a person, and why",
)

ABSENCES = Table(
    "absences",
    REVIEW,
    Column("absence_id", Text, primary_key=True, comment="Our id of the absence"),
    Column("officer", Text, nullable=False, comment="Police number of who is absent"),
    Column("since", Date, nullable=False, comment="First day"),
    Column("until", Date, comment="Last day; none: not known yet"),
    Column("noted_at", DateTime(timezone=True), nullable=False, comment="When it was noted"),
    Column("noted_by", Text, nullable=False, comment="Police number of who noted it"),
    Column("words", LargeBinary, nullable=False, comment="Reason as it was written, sealed"),
    Column("ended_on", Date, comment="First day of being back before its time; none: not so"),
    Column("ended_by", Text, comment="Police number of who noted the return"),
    comment="record: when reviewers are absent",
)

EARLIER_REVIEWERS = Table(
    "earlier_reviewers",
    REVIEW,
    Column("officer", Text, primary_key=True, comment="Police number of who reviewed before"),
    Column("noted_at", DateTime(timezone=True), nullable=False, comment="When it was noted"),
    Column("noted_by", Text, nullable=False, comment="Police number of who noted it"),
    Column("words", LargeBinary, nullable=False, comment="Reason as it was written, sealed"),
    Column("words_sha256", Text, nullable=False, comment="Digest of it, with its salt"),
    comment="record: who reviewed before the platform knows, and need not qualify anew",
)

EXAM_FACTS = Table(
    "exam_facts",
    REVIEW,
    *_told(),
    Column("officer", Text, nullable=False, comment="Police number"),
    Column("level", Text, comment="basic, intermediate or advanced; none: not told"),
    Column("passed_on", Date, comment="Day of the exam"),
    Column("valid_until", Date, comment="Last day on which it counts"),
    comment="projection: every version of an exam that was passed",
)

ADVISER_FACTS = Table(
    "adviser_facts",
    REVIEW,
    *_told(),
    Column("adviser_ref", Text, nullable=False, comment="Reference of the adviser, by unit, name"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit that engaged them"),
    Column("kind", Text, comment="legal_adviser or government_lawyer; none: not told"),
    Column("officer", Text, comment="Police number, of a government lawyer who is an officer"),
    Column("engaged_on", Date, comment="First day of the contract"),
    Column("until", Date, comment="Last day of the contract; none: no end told"),
    Column("personal", LargeBinary, nullable=False, comment="The name, sealed"),
    comment="projection: every version of the engagement of an adviser or government lawyer",
)

ENGAGEMENTS = Table(
    "engagements",
    REVIEW,
    Column("engagement_id", Text, primary_key=True, comment="Our id of the engagement"),
    Column("decision_id", Text, nullable=False, comment="The decision under review"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("round", Integer, nullable=False, comment="Round of the review, from 1 on"),
    Column("adviser_ref", Text, nullable=False, comment="Reference of the adviser"),
    Column("asked_at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("asked_by", Text, nullable=False, comment="Police number of who asked"),
    Column("question", LargeBinary, nullable=False, comment="What was asked, sealed"),
    Column("question_sha256", Text, nullable=False, comment="Digest of it, with its salt"),
    Column("answered_at", DateTime(timezone=True), comment="When the answer was recorded"),
    Column("answered_by", Text, comment="Police number of who recorded it"),
    Column("advice", Text, comment="supports, doubts or other"),
    Column("answer", LargeBinary, comment="The answer, sealed"),
    Column("answer_sha256", Text, comment="Digest of it, with its salt"),
    comment="record: which adviser was asked on a review, and what the answer was",
)

STAFFING = Table(
    "staffing_measurements",
    REVIEW,
    Column("unit", Text, primary_key=True, comment="12-digit code of the unit"),
    Column("measured_on", Date, primary_key=True, comment="Day of the directory it is of"),
    Column("measured_at", DateTime(timezone=True), nullable=False, comment="When it was measured"),
    Column("officers", Integer, nullable=False, comment="Enforcement officers, unit and below"),
    Column("reviewers", Integer, nullable=False, comment="Reviewers among them"),
    Column("levelled", Integer, nullable=False, comment="Of them with a level that is in force"),
    Column("legal", Integer, nullable=False, comment="Of them with the legal qualification"),
    Column("percent_asked", Numeric, comment="Share asked for; none: no rule in force"),
    Column("rule", Text, comment="Rule that asks for it"),
    Column(
        "counted",
        JSONB,
        nullable=False,
        comment="Police numbers of the unit's own: officers and reviewers",
    ),
    comment="record: the share of reviewers, unit by unit, month by month",
)
