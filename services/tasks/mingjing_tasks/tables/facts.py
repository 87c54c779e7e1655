"""What was told of decisions, duties and acts: every version, of which some hold."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from mingjing_shared.facts.tables import fact_columns
from mingjing_tasks.tables.base import TASKS

DECISION_FACTS = Table(
    "decision_facts",
    TASKS,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("unit", Text, nullable=False, comment="12-digit code of the deciding unit"),
    Column("kind", Text, comment="penalty, permit, coercion …; none: taken before it was kept"),
    Column("made_on", Date, comment="Day on the document; none: taken before it was kept"),
    Column("document_number", Text, comment="As on the document, brackets made regular"),
    Column("outcome", JSONB, comment="What was decided: kinds, sums, days"),
    comment="projection: who made each decision, every version",
)

REVIEW_FACTS = Table(
    "review_facts",
    TASKS,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("what", Text, nullable=False, comment="bypassed, cleared, opinion, overdue …"),
    Column("day", Date, comment="Day that it names: the opinion is due, or was given"),
    Column("revision", Integer, comment="Round of the submission that it is about"),
    Column("provisional", Boolean, comment="Whether the day may still move"),
    comment="projection: what review said of each decision, every version",
)

PUBLICATION_FACTS = Table(
    "publication_facts",
    TASKS,
    *fact_columns(),
    Column("item_id", Text, nullable=False, comment="The item of publication"),
    Column("decision_id", Text, comment="The decision it publishes, where it is named"),
    Column("what", Text, nullable=False, comment="due, published, withheld, overdue …"),
    Column("day", Date, comment="Day that it names: due, seen public"),
    Column("rule", Text, comment="Rule by which the day was computed, or the reason of law"),
    Column("revision", Integer, comment="Which computing of the day; the higher counts"),
    Column("provisional", Boolean, comment="Whether the day may still move"),
    Column("on_time", Boolean, comment="Whether it was public in time"),
    comment="projection: what disclosure said of each item, every version",
)

CASEFILE_FACTS = Table(
    "casefile_facts",
    TASKS,
    *fact_columns(),
    Column("what", Text, nullable=False, comment="ended, due, archived or overdue"),
    Column("day", Date, comment="Day that it names: enforcement ended, late from, archived"),
    Column("warn_on", Date, comment="Day from which it is warned of"),
    Column("provisional", Boolean, comment="Whether the days may still move"),
    comment="projection: what was told of each case file, every version",
)

GAP_FACTS = Table(
    "gap_facts",
    TASKS,
    *fact_columns(),
    Column("action_id", Text, nullable=False, comment="The act whose record has the gap"),
    Column("what", Text, nullable=False, comment="found, explained or closed"),
    Column("effect", Text, comment="blocking or finding"),
    Column("minutes", Integer, comment="How long the gap is"),
    comment="projection: what recording said of gaps, every version",
)

ANNULMENT_FACTS = Table(
    "annulment_facts",
    TASKS,
    *fact_columns(),
    Column("decision_id", Text, nullable=False, comment="The decision"),
    Column("what", Text, nullable=False, comment="annulled, withdrawn or overdue"),
    Column("day", Date, comment="Day on which it fell, or until which it must be withdrawn"),
    comment="projection: decisions that fell, and the withdrawal of what was public of them",
)

HANDLING_FACTS = Table(
    "handling_facts",
    TASKS,
    *fact_columns(),
    Column("handlers", JSONB, nullable=False, comment="Police numbers of who handles the case"),
    Column("cause", Text, comment="Name of the cause in the catalogue of causes"),
    comment="projection: who handles each case and what it is about, every version",
)
