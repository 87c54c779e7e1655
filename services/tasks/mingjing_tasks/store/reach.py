"""The part of a list that an officer may see, as a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingjing_tasks.rules.reach import Reach


def within(reach: Reach, *, unit: str, case_key: str) -> tuple[str, dict[str, Any]]:
    """A condition on the columns of a unit and of a case, with its values."""
    if reach.everything:
        return "true", {}
    parts: list[str] = []
    values: dict[str, Any] = {}
    if reach.units:
        parts.append(f"{unit} = ANY(CAST(:reach_units AS text[]))")
        values["reach_units"] = list(reach.units)
    if reach.case_keys:
        parts.append(f"{case_key} = ANY(CAST(:reach_cases AS text[]))")
        values["reach_cases"] = list(reach.case_keys)
    return f"({' OR '.join(parts)})" if parts else "false", values
