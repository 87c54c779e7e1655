"""Notices, tasks, what units report of them, what was measured."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Identity, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_tasks.tables.base import INSTANT, TASKS

NOTICES = Table(
    "notices",
    TASKS,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("sha256", Text, nullable=False, comment="SHA-256 of the text as it was imported"),
    Column("title", Text, nullable=False, comment="Title of the notice"),
    Column("document_number", Text, nullable=False, comment="Its document number"),
    Column("issuer", Text, nullable=False, comment="Who issued it"),
    Column("issued_on", Date, nullable=False, comment="Day of issue"),
    Column("tasks", Integer, nullable=False, comment="How many tasks it gives"),
    Column("imported_at", INSTANT, nullable=False, comment="When, by the machine's clock"),
    Column("imported_by", Text, nullable=False, comment="Police number, or the command's user"),
    comment="record: notices that were imported; the one imported last is in force",
)

NOTICE_TASKS = Table(
    "notice_tasks",
    TASKS,
    Column("sha256", Text, primary_key=True, comment="The notice"),
    Column("task", Integer, primary_key=True, comment="Number of the task in it"),
    Column("part", Text, nullable=False, comment="Heading of the part"),
    Column("project", Text, nullable=False, comment="Heading of the project"),
    Column("text", Text, nullable=False, comment="The official wording, word for word"),
    Column("lead_text", Text, nullable=False, comment="Lead units as written"),
    Column("responsible_text", Text, nullable=False, comment="Responsible units as written"),
    Column("due_text", Text, nullable=False, comment="By when, as written; may be empty"),
    Column("line", Integer, nullable=False, comment="Line of the text where the task stands"),
    comment="record: the official wording of tasks, as imported",
)

TASK_ACTS = Table(
    "task_acts",
    TASKS,
    Column("number", BigInteger, Identity(always=True), primary_key=True, comment="Order"),
    Column("task", Integer, nullable=False, comment="Number of the task"),
    Column("what", Text, nullable=False, comment="accepted, reported, verified or rejected"),
    Column("unit", Text, nullable=False, comment="Unit that reports, or for which it is checked"),
    Column("officer", Text, nullable=False, comment="Police number of who did it"),
    Column("share", Integer, comment="How much is done, in percent, by the unit's own word"),
    Column("done", Boolean, nullable=False, comment="Whether the unit says that it is done"),
    Column("words", Text, comment="What was done, or why it is not accepted; stays here"),
    Column("evidence", JSONB, nullable=False, comment="What shows it: hashes of blobs, addresses"),
    Column("at", INSTANT, nullable=False, comment="When, by the legal clock"),
    comment="record: what units report of tasks and what checks found; only ever added to",
)

MEASUREMENTS = Table(
    "measurements",
    TASKS,
    Column("indicator", Text, primary_key=True, comment="Which indicator"),
    Column("unit", Text, primary_key=True, comment="Unit measured, with those below it"),
    Column("period", Text, primary_key=True, comment="YYYY-MM"),
    Column("counted", Integer, nullable=False, comment="How many count"),
    Column("met", Integer, nullable=False, comment="How many of them met what is asked"),
    Column("query", Text, nullable=False, comment="The query that gave the figures"),
    Column("measured_at", INSTANT, nullable=False, comment="When, by the legal clock"),
    comment="record: indicators as they were measured and told at the end of each month",
)
