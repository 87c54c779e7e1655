"""Versions of a unit's catalogue: what may be done next with one, and which one holds when. Pure.

起草、上级指导、审批、公布: a version is drafted, the legal department of the unit above guides it,
the head approves it, it is published, and holds from a later day on until the next one does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_review.rules.catalogue import Catalogue, first_catalogue
from mingjing_shared.directory.tree import tree_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from mingjing_review.rules.item import Item
    from mingjing_shared.directory.tree import UnitTree

STATE_NAMES = {
    "drafted": "起草中",
    "asked": "待指导",
    "guided": "待审批",
    "approved": "待公布",
    "announced": "待施行",
    "in_force": "施行中",
    "replaced": "已替代",
}
"""Every state in the one word that screens have for it; the last three are all ``published``."""

STEP_NAMES = {
    "drafted": "起草",
    "changed": "修改条目",
    "asked": "报请上级指导",
    "guided": "指导：无意见",
    "objected": "指导：提出修改意见",
    "outside": "记录上级机关指导情况",
    "sent_back": "退回修改",
    "approved": "审批",
    "published": "公布",
}
"""Every step in words."""

MAY_FOLLOW = {
    "changed": frozenset({"drafted", "guided"}),
    "asked": frozenset({"drafted"}),
    "outside": frozenset({"drafted"}),
    "guided": frozenset({"asked"}),
    "objected": frozenset({"asked"}),
    "sent_back": frozenset({"guided"}),
    "approved": frozenset({"guided"}),
    "published": frozenset({"approved"}),
}
"""In which states a step may be taken."""

AFTER = {
    "drafted": "drafted",
    "changed": "drafted",  # a changed text is guided anew
    "asked": "asked",
    "guided": "guided",
    "objected": "drafted",
    "outside": "guided",
    "sent_back": "drafted",
    "approved": "approved",
    "published": "published",
}
"""The state to which a step leads."""


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a unit's catalogue that was published."""

    version_id: str
    unit: str
    number: int
    valid_from: date
    items: tuple[Item, ...]

    @property
    def catalogue(self) -> Catalogue:
        """Its items, and what their rules are called."""
        return Catalogue(self.items, f"catalogue.{self.unit}.{self.number}")


def in_force_on(versions: Sequence[Published], day: date) -> Published | None:
    """The version of one unit that holds on a day: the newest that has begun by then."""
    begun = [one for one in versions if one.valid_from <= day]
    return max(begun, key=lambda one: (one.valid_from, one.number), default=None)


def shown_state(
    state: str, valid_from: date | None, replaced_from: date | None, today: date
) -> str:
    """Where a version stands on a day; ``replaced_from`` is when the next one begins to hold."""
    if state != "published" or valid_from is None:
        return state
    if replaced_from is not None and replaced_from <= today:
        return "replaced"
    return "in_force" if valid_from <= today else "announced"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogues:
    """Every catalogue that was published, and the units as they stood on each day."""

    published: Mapping[str, Sequence[Published]] = field(default_factory=dict)
    units: Sequence[tuple[str, Sequence[Mapping[str, Any]]]] = ()
    _trees: dict[date, UnitTree] = field(default_factory=dict, init=False)

    def tree(self, day: date) -> UnitTree:
        """The units as they stood on a day."""
        tree = self._trees.get(day)
        if tree is None:
            tree = self._trees[day] = tree_on(day, self.units)
        return tree

    def version_for(self, unit: str | None, day: date) -> Published | None:
        """What the unit, else the nearest above it, published for a day; none: the first holds."""
        if unit is None or not self.published:
            return None
        for code in self.tree(day).above(unit):
            found = in_force_on(self.published.get(code, ()), day)
            if found is not None:
                return found
        return None

    def held_for(self, unit: str | None, day: date) -> Catalogue | None:
        """The catalogue that a unit goes by on a day; none where nobody published one."""
        version = self.version_for(unit, day)
        return None if version is None else version.catalogue

    def level_of(self, unit: str | None, day: date) -> str | None:
        """The level of a unit on a day; asked only where a published catalogue may ask for it."""
        if unit is None or not self.published:
            return None
        found = self.tree(day).units.get(unit)
        return None if found is None else found.level


FIRST_ONLY = Catalogues()


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one item from one version to the next."""

    what: str
    code: str
    before: Item | None
    after: Item | None


def differences(before: Sequence[Item], after: Sequence[Item]) -> list[Difference]:
    """Item by item: added, changed, struck, kept; in the order of the newer, struck ones last."""
    old = {item.code: item for item in before}
    new = {item.code: item for item in after}
    found = [
        Difference(
            "added" if code not in old else "kept" if old[code] == item else "changed",
            code,
            old.get(code),
            item,
        )
        for code, item in new.items()
    ]
    gone = [Difference("struck", code, old[code], None) for code in old if code not in new]
    return [*found, *gone]


def national_missing(items: Sequence[Item], on: date) -> list[str]:
    """The titles of what a national document names for everybody and these items do not have."""
    held = {item.code: item for item in items}
    return [
        item.title
        for item in first_catalogue(on).items
        if item.national and held.get(item.code) != item
    ]


def places_of(
    units: Sequence[tuple[str, Sequence[Mapping[str, Any]]]],
) -> dict[str, list[tuple[str, str, str]]]:
    """Where each unit stood from when on: its level, and the unit above it."""
    return {
        code: sorted(
            (str(one["valid_from"]), one["level"], one.get("parent") or "") for one in versions
        )
        for code, versions in units
    }


def ever_below(
    units: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], tops: Sequence[str]
) -> set[str]:
    """These units, and whatever was below them on any day."""
    children: dict[str, set[str]] = {}
    for code, versions in units:
        for one in versions:
            children.setdefault(one.get("parent") or "", set()).add(code)
    found, open_ = set(tops), list(tops)
    while open_:
        fresh = children.get(open_.pop(), set()) - found
        found |= fresh
        open_.extend(fresh)
    return found
