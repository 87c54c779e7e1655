"""The tree of units as it stood on a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEPTH_MAX = 12


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stood on a day."""

    code: str
    name: str
    level: str
    parent: str | None
    head: str | None


@dataclass(frozen=True, slots=True)
class UnitTree:
    """The units of one day."""

    units: Mapping[str, Unit]

    def name_of(self, code: str | None) -> str:
        """The unit's name; its code where the directory does not know it."""
        if code is None:
            return "—"
        unit = self.units.get(code)
        return code if unit is None else unit.name

    def above(self, code: str) -> list[str]:
        """The unit and those above it, nearest first. A circle in the directory ends the list."""
        found: list[str] = []
        here: str | None = code
        while here is not None and here not in found and len(found) < DEPTH_MAX:
            found.append(here)
            unit = self.units.get(here)
            here = None if unit is None else unit.parent
        return found

    def is_within(self, code: str, top: str) -> bool:
        """Whether a unit is ``top`` itself or below it; an unknown unit is only within itself."""
        return top in self.above(code)

    def within(self, top: str) -> list[str]:
        """The codes of ``top`` and all units below it."""
        return sorted({top, *(code for code in self.units if self.is_within(code, top))})


def version_on(versions: Sequence[Mapping[str, Any]], day: date) -> Mapping[str, Any] | None:
    """The version of a unit or officer that holds on a day; none before the first."""
    begun = [one for one in versions if date.fromisoformat(str(one["valid_from"])) <= day]
    return max(begun, key=lambda one: str(one["valid_from"])) if begun else None


def tree_on(day: date, rows: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> UnitTree:
    """The tree of a day from each unit's code and versions.

    A unit that came later than the day is taken as it first stood: an act of that day may name
    it, and nobody is served by an unknown one.
    """
    units = {}
    for code, versions in rows:
        if not versions:
            continue
        held = version_on(versions, day) or min(versions, key=lambda one: str(one["valid_from"]))
        units[code] = Unit(code, held["name"], held["level"], held.get("parent"), held.get("head"))
    return UnitTree(units)
