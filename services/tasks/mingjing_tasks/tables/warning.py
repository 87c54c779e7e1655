"""Warnings, and what people did about them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Identity, Integer, Table, Text

from mingjing_tasks.tables.base import INSTANT, TASKS

WARNINGS = Table(
    "warnings",
    TASKS,
    Column("warning_id", Text, primary_key=True, comment="Our id of the warning"),
    Column("kind", Text, nullable=False, comment="What is wrong: a code of the closed list"),
    Column("severity", Text, nullable=False, comment="How bad it is"),
    Column("state", Text, nullable=False, comment="raised, closed or cleared"),
    Column("subject", Text, nullable=False, comment="What it is about: decision, item, act …"),
    Column("decision_id", Text, comment="The decision it is about, if it is about one"),
    Column("case_key", Text, comment="Case number as key; none where no case is concerned"),
    Column("case_number", Text, comment="Case number as it was sent"),
    Column("owner_unit", Text, comment="Who must act: the deciding unit, else the case's"),
    Column("owner_role", Text, nullable=False, comment="In which role"),
    Column("due_on", Date, comment="The day that was missed, where there was one"),
    Column("since", INSTANT, nullable=False, comment="When it was found"),
    Column("caused_by", Text, nullable=False, comment="Event that raised it: source#id"),
    Column("cleared_by", Text, comment="Event that refutes it: source#id"),
    Column("mode", Text, nullable=False, comment="Mode of the event that raised it"),
    Column("told", Text, comment="What was announced last: raised or cleared; none: nothing"),
    Column("revision", Integer, nullable=False, comment="How often it was announced"),
    comment="projection: what is wrong and whose it is, as the facts that hold say it",
)

WARNING_HISTORY = Table(
    "warning_history",
    TASKS,
    Column("warning_id", Text, primary_key=True, comment="The warning"),
    Column("revision", Integer, primary_key=True, comment="Which announcement of it"),
    Column("state", Text, nullable=False, comment="raised, closed or cleared"),
    Column("owner_unit", Text, nullable=False, comment="Whom it was announced to"),
    Column("caused_by", Text, nullable=False, comment="Event that moved it: source#id"),
    Column("announced_at", INSTANT, nullable=False, comment="When, by the legal clock"),
    comment="record: every announcement of a warning; depends on the order of arrival",
)

WARNING_ACTS = Table(
    "warning_acts",
    TASKS,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("warning_id", Text, nullable=False, comment="The warning"),
    Column("what", Text, nullable=False, comment="taken, explained or closed"),
    Column("about", Text, nullable=False, comment="Event that had raised it then: source#id"),
    Column("officer", Text, nullable=False, comment="Police number of who did it"),
    Column("unit", Text, nullable=False, comment="Unit for which the officer acted"),
    Column("reason_code", Text, comment="Why it came to this: a code of the closed list"),
    Column("words", Text, comment="The explanation; stays here"),
    Column("at", INSTANT, nullable=False, comment="When, by the legal clock"),
    Column("instead_of", Text, comment="Police number of whom the officer stood in for (代行)"),
    comment="record: who took, explained or closed a warning; only ever added to",
)

LOG_FACTS = Table(
    "log_facts",
    TASKS,
    Column("source", Text, primary_key=True, comment="Who said it"),
    Column("event_id", Text, primary_key=True, comment="The event that said it"),
    Column("log", Text, nullable=False, comment="Name of the log"),
    Column("witness", Text, nullable=False, comment="Service that refused or accepted it"),
    Column("what", Text, nullable=False, comment="refused or accepted"),
    Column("reason_code", Text, comment="How it is not what it was"),
    Column("happened_at", INSTANT, nullable=False, comment="When"),
    comment="projection: what witnesses told of the services' transparency logs",
)
