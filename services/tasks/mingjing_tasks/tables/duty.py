"""What the law asks by a day, how far it is done, and the counts of it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Table, Text

from mingjing_tasks.tables.base import TASKS

DUTIES = Table(
    "duties",
    TASKS,
    Column("kind", Text, primary_key=True, comment="publication, casefile or review"),
    Column("subject", Text, primary_key=True, comment="The item, the case or the decision"),
    Column("case_key", Text, nullable=False, comment="Case number as key"),
    Column("case_number", Text, nullable=False, comment="Case number as it was sent"),
    Column("decision_id", Text, comment="The decision, if it is about one"),
    Column("unit", Text, comment="Whose duty it is: the deciding unit, else the case's"),
    Column("state", Text, nullable=False, comment="open, done, missed or void"),
    Column("due_on", Date, comment="Last day in time; none: no clock"),
    Column("warn_on", Date, comment="Day from which it is warned of"),
    Column("provisional", Boolean, nullable=False, comment="Whether the day may still move"),
    Column("rule", Text, comment="Rule by which the day was computed, as it was told"),
    Column("done_on", Date, comment="Day on which it was done, or need not be done any more"),
    Column("met", Boolean, comment="Whether it was done as asked; none: not known yet"),
    Column("counted_on", Date, comment="Day by which figures count it; none: not counted"),
    Column("due_by", Text, comment="Event that set it: source#id"),
    Column("done_by", Text, comment="Event that ended it: source#id"),
    Column("mode", Text, nullable=False, comment="Mode of the event that set it"),
    comment="projection: legal duties of cases and how they stand, as the facts that hold say it",
)

DUTY_COUNTS = Table(
    "duty_counts",
    TASKS,
    Column("kind", Text, primary_key=True, comment="publication, casefile or review"),
    Column("unit", Text, primary_key=True, comment="Whose duty; empty: not known yet"),
    Column("counted_on", Date, primary_key=True, comment="Day by which it is counted"),
    Column("result", Text, primary_key=True, comment="met, missed or open"),
    Column("duties", Integer, nullable=False, comment="How many duties of mode live"),
    comment="projection: how many duties stand how, by unit and day, so that figures cost little",
)
