"""What a row is about, as far as rights go; and what of a table is within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.web.reach import Reach


def about(row: Row[Any]) -> About:
    """What a row is about, as far as rights go."""
    return About(unit=row.unit, handlers=frozenset(row.people or ()))


def rows_within(reach: Reach, table: str) -> tuple[str, dict[str, Any]]:
    """The rows of a table with ``unit`` and ``people`` that are within reach, with the values.

    The values are the same whatever the table.
    """
    return reach.condition(f"{table}.unit", officers=f"{table}.people")
