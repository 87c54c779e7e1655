"""How far an officer reaches with an act in lists: the table of permissions as a condition.

The table says who may do what about one thing (``permissions.permit``); a list asks the same of
all things at once: everything, what is of some units, what some officers handle. Both must say
the same of each thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.permissions import acts, not_allowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer


@dataclass(frozen=True, slots=True)
class Reach:
    """What the roles of an officer reach with one act, all of them together.

    Attributes:
        everything: all there is.
        units: what is of these units.
        officers: what these officers handle: the officer, and whom the officer stands in for.
        cases: the keys of their cases, for tables that know the case and not who handles it.
    """

    everything: bool = False
    units: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether it reaches nothing at all."""
        return not (self.everything or self.units or self.officers)

    def condition(
        self,
        unit: str,
        *,
        officers: str | None = None,
        case: str | None = None,
        name: str = "reach",
    ) -> tuple[str, dict[str, Any]]:
        """What is within reach as a condition of a query, with the values that it needs.

        Args:
            unit: the column with the unit's code.
            officers: the column with a JSON list of police numbers, where the table has one.
            case: the column with the case's key, where it has not.
            name: begins the names of the values: two in one query need two names.
        """
        if self.everything:
            return "true", {}
        parts: list[str] = []
        values: dict[str, Any] = {}
        if self.units:
            parts.append(f"{unit} = ANY(CAST(:{name}_units AS text[]))")
            values[f"{name}_units"] = list(self.units)
        for place, number in enumerate(self.officers if officers else ()):
            parts.append(f"{officers} @> CAST(:{name}_officer_{place} AS jsonb)")
            values[f"{name}_officer_{place}"] = orjson.dumps([number]).decode()
        if case and self.cases:
            parts.append(f"{case} = ANY(CAST(:{name}_cases AS text[]))")
            values[f"{name}_cases"] = list(self.cases)
        return f"({' OR '.join(parts)})" if parts else "false", values


def reach_of(officer: Officer, act: str, tree: UnitTree | None) -> Reach:
    """How far an officer's roles reach with an act, by a tree of units.

    Without a tree, who reaches *units and below* reaches the very unit only: see ``needs_tree``.
    """
    scopes = acts()[act].reach
    units: set[str] = set()
    officers: set[str] = set()
    for role in officer.roles:
        match scopes.get(role.code):
            case "city":
                return Reach(everything=True)
            case "own_unit":
                units.add(role.unit)
            case "unit_and_below":
                units.update([role.unit] if tree is None else tree.within(role.unit))
            case "own_case":
                officers.add(role.instead_of or officer.number)
    return Reach(units=tuple(sorted(units)), officers=tuple(sorted(officers)))


def needs_tree(officer: Officer, act: str) -> bool:
    """Whether it takes the tree of units to say how far an officer's roles reach with an act."""
    scopes = acts()[act].reach
    held = {scopes.get(role.code) for role in officer.roles}
    return "unit_and_below" in held and "city" not in held


async def reaches(
    source: Database | Transaction, officer: Officer, wanted: Iterable[str]
) -> dict[str, Reach]:
    """How far an officer's roles reach today with each of these acts.

    The tree of units is read only when it matters.
    """
    asked = list(wanted)
    tree = None
    if any(needs_tree(officer, act) for act in asked):
        tree = await unit_tree(source, legal_today())
    return {act: reach_of(officer, act, tree) for act in asked}


def refuse_nothing(officer: Officer, act: str, reach: Reach) -> None:
    """Go on only when an officer's roles reach anything with an act.

    Raises:
        NotAllowed: they do not; says who may.
    """
    if reach.is_nothing:
        raise not_allowed(officer, act)
