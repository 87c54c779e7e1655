"""Catalogues of units in versions, what was done with each, and changes of law that touch them."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_review.tables.base import REVIEW

CATALOGUE_VERSIONS = Table(
    "catalogue_versions",
    REVIEW,
    Column("version_id", Text, primary_key=True, comment="Our id of the version"),
    Column("unit", Text, nullable=False, comment="12-digit code of the unit whose catalogue it is"),
    Column("number", Integer, nullable=False, comment="1 for the first version of the unit"),
    Column("based_on", Text, comment="The version it was drafted from; none: the first of all"),
    Column("items", JSONB, nullable=False, comment="Its items: law, nothing personal"),
    Column("items_sha256", Text, nullable=False, comment="Digest of the canonical items"),
    Column("state", Text, nullable=False, comment="drafted, asked, guided, approved or published"),
    Column("steps", Integer, nullable=False, comment="How many steps were taken; forms carry it"),
    Column("drafted_at", DateTime(timezone=True), nullable=False, comment="When it was begun"),
    Column("drafted_by", Text, nullable=False, comment="Police number of who began it"),
    Column("published_on", Date, comment="Day of publication; none: not published yet"),
    Column("valid_from", Date, comment="First day on which it holds, after its publication"),
    comment="record: versions of the catalogues of decisions that need review",
)

CATALOGUE_STEPS = Table(
    "catalogue_steps",
    REVIEW,
    Column("step_id", Text, primary_key=True, comment="Our id of the step"),
    Column("version_id", Text, nullable=False, comment="The version"),
    Column("place", Integer, nullable=False, comment="1 for the first step of the version"),
    Column(
        "kind",
        Text,
        nullable=False,
        comment="drafted, changed, asked, guided, objected, outside, sent_back, approved,"
        " published",
    ),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("officer", Text, nullable=False, comment="Police number of who took it"),
    Column("role", Text, nullable=False, comment="Role by which it was taken"),
    Column("unit", Text, nullable=False, comment="Unit for which the role is held"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for (代行)"),
    Column("items_sha256", Text, nullable=False, comment="Digest of the items it was taken on"),
    Column("codes", JSONB, nullable=False, comment="Changed items, digest of what was shown"),
    Column("words", LargeBinary, comment="Reasons and comments as they were written, sealed"),
    comment="record: what officers did with a version of a catalogue, step by step",
)

LAW_CHANGES = Table(
    "law_changes",
    REVIEW,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    Column("happened_at", DateTime(timezone=True), nullable=False, comment="When it was said"),
    Column("corrects", Text, comment="Id of the event of the same source that it corrects"),
    Column("what", Text, nullable=False, comment="Which law, as a short code"),
    Column("holds_from", Date, nullable=False, comment="The day from which the change holds"),
    Column("law_source", Text, nullable=False, comment="Document and article"),
    Column("affected", JSONB, nullable=False, comment="Items that it touches, as it was said"),
    comment="projection: changes of law that open a term for every catalogue",
)

CATALOGUE_CHECKS = Table(
    "catalogue_checks",
    REVIEW,
    Column("check_id", Text, primary_key=True, comment="Our id of the check"),
    Column("unit", Text, nullable=False, comment="Unit whose catalogue was checked"),
    Column("source", Text, nullable=False, comment="Who said that the law changed"),
    Column("event_id", Text, nullable=False, comment="The change of law, within its source"),
    Column("at", DateTime(timezone=True), nullable=False, comment="When, by the legal clock"),
    Column("officer", Text, nullable=False, comment="Police number of who checked"),
    Column("words", LargeBinary, nullable=False, comment="Why nothing is to change, sealed"),
    comment="record: that after a change of law a catalogue was checked and stays as it is",
)
