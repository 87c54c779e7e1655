"""How far an officer reaches with an act: all, units, own cases; and the same as a condition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.web.permissions import About, acts

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer


@dataclass(frozen=True, slots=True)
class Reach:
    """What an officer's roles reach with one act."""

    everything: bool
    units: tuple[str, ...]
    numbers: tuple[str, ...]

    def condition(self, table: str) -> tuple[str, dict[str, Any]]:
        """The rows of a table with ``unit`` and ``people`` that are within reach."""
        if self.everything:
            return "true", {}
        values: dict[str, Any] = {"reach_units": list(self.units)}
        parts = [f"{table}.unit = ANY(CAST(:reach_units AS text[]))"] if self.units else []
        for place, number in enumerate(self.numbers):
            parts.append(f"{table}.people @> CAST(:reach_{place} AS jsonb)")
            values[f"reach_{place}"] = orjson.dumps([number]).decode()
        if not self.units:
            del values["reach_units"]
        return (f"({' OR '.join(parts)})", values) if parts else ("false", {})


def reach_of(officer: Officer, act: str, tree: UnitTree) -> Reach:
    """How far an officer's roles reach with an act, by today's tree of units."""
    everything = False
    units: set[str] = set()
    numbers: set[str] = set()
    for role in officer.roles:
        scope = acts()[act].reach.get(role.code)
        if scope == "city":
            everything = True
        elif scope == "unit_and_below":
            units.update(tree.within(role.unit))
        elif scope == "own_unit":
            units.add(role.unit)
        elif scope == "own_case":
            numbers.add(role.instead_of or officer.number)
    return Reach(everything, tuple(sorted(units)), tuple(sorted(numbers)))


def about(row: Row[Any]) -> About:
    """What a row is about, as far as rights go."""
    return About(unit=row.unit, handlers=frozenset(row.people or ()))
