"""How far an officer's roles reach in a list, as a condition of a query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.errors import NotAllowed
from mingjing_shared.web.permissions import acts

if TYPE_CHECKING:
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose reviews: all of the city, those of units, those that some officers handle."""

    city: bool
    units: tuple[str, ...]
    handlers: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be seen at all."""
        return not (self.city or self.units or self.handlers)

    def condition(self) -> tuple[str, dict[str, Any]]:
        """The condition on ``reviews`` with its values."""
        if self.city:
            return "true", {}
        parts: list[str] = []
        values: dict[str, Any] = {}
        if self.units:
            parts.append("unit = ANY(CAST(:scope_units AS text[]))")
            values["scope_units"] = list(self.units)
        for place, number in enumerate(self.handlers):
            parts.append(f"handlers @> CAST(:scope_handler_{place} AS jsonb)")
            values[f"scope_handler_{place}"] = orjson.dumps([number]).decode()
        return f"({' OR '.join(parts)})" if parts else "false", values


def scope_of(officer: Officer, act: str, tree: UnitTree) -> Scope:
    """How far the officer's roles reach for an act of the table of permissions."""
    reach = acts()[act].reach
    city = False
    units: set[str] = set()
    handlers: set[str] = set()
    for role in officer.roles:
        match reach.get(role.code):
            case "city":
                city = True
            case "unit_and_below":
                units.update(tree.within(role.unit))
            case "own_unit":
                units.add(role.unit)
            case "own_case":
                handlers.add(role.instead_of or officer.number)
            case _:
                pass
    return Scope(city, tuple(sorted(units)), tuple(sorted(handlers)))


def refuse_without_scope(officer: Officer, act: str, scope: Scope) -> None:
    """Go on only when the officer's roles reach anything at all.

    Raises:
        NotAllowed: they do not; says who may.
    """
    if scope.is_empty:
        row = acts()[act]
        raise NotAllowed(
            f"“{row.name}”不在您的权限之内（您现有：{officer.titles or '无角色'}）。",
            f"可由{row.who}办理；确需本人办理的，请联系系统管理员按双人程序授予角色。",
            act=act,
        )
