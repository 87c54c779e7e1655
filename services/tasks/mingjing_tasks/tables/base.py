"""What the tables of tasks are made of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, DateTime, MetaData, Text

TASKS = MetaData()
INSTANT = DateTime(timezone=True)


def identity() -> tuple[Column[Any], ...]:
    """The columns by which an event is known."""
    return (
        Column("source", Text, primary_key=True, comment="Who said it"),
        Column("event_id", Text, primary_key=True, comment="The event's id within its source"),
    )
