"""How far an officer sees: the rows of the table of permissions as a condition on items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.web.permissions import acts

if TYPE_CHECKING:
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer


@dataclass(frozen=True, slots=True)
class Reach:
    """Which items: all, those of some units, those of cases that some officers handle."""

    everything: bool = False
    units: frozenset[str] = frozenset()
    handlers: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether it reaches no item at all."""
        return not (self.everything or self.units or self.handlers)

    def condition(self, values: dict[str, Any]) -> str:
        """The condition in SQL; what it needs is put into ``values``."""
        if self.everything:
            return "true"
        parts = ["false"]
        if self.units:
            values["reach_units"] = sorted(self.units)
            parts.append("unit = ANY(CAST(:reach_units AS text[]))")
        for place, number in enumerate(sorted(self.handlers)):
            values[f"reach_handler_{place}"] = orjson.dumps([number]).decode()
            parts.append(f"handlers @> CAST(:reach_handler_{place} AS jsonb)")
        return f"({' OR '.join(parts)})"


def reach_of(officer: Officer, act: str, tree: UnitTree) -> Reach:
    """How far the officer's roles reach with an act, all of them together."""
    scopes = acts()[act].reach
    units: set[str] = set()
    handlers: set[str] = set()
    for role in officer.roles:
        match scopes.get(role.code):
            case "city":
                return Reach(everything=True)
            case "own_unit":
                units.add(role.unit)
            case "unit_and_below":
                units.update(tree.within(role.unit))
            case "own_case":
                handlers.add(role.instead_of or officer.number)
    return Reach(units=frozenset(units), handlers=frozenset(handlers))
