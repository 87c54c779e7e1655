"""Who may do what, about whom: one table *role × act × scope*, in ``permissions/*.toml``.

One file a department; a row is an act with its name on screen and, by role, how far the role
reaches: ``own_case`` (the officer handles the case), ``own_unit``, ``unit_and_below`` (by the
tree of units on the day), ``city``. What the table does not allow is refused.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from mingjing_shared.errors import NotAllowed
from mingjing_shared.web.officer import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import HeldRole, Officer

SCOPES = {
    "own_case": "本人承办的案件",
    "own_unit": "本单位",
    "unit_and_below": "本单位及下级单位",
    "city": "全市",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the table."""

    code: str
    name: str
    reach: Mapping[str, str]

    @property
    def who(self) -> str:
        """Who may, in words: the way out of a refusal."""
        return "、".join(f"{ROLES[role]}（{SCOPES[scope]}）" for role, scope in self.reach.items())


@dataclass(frozen=True, slots=True)
class About:
    """What an act is about, as far as rights go: whose unit, whose case."""

    unit: str | None = None
    handlers: frozenset[str] = field(default_factory=frozenset)


@cache
def acts() -> Mapping[str, Act]:
    """The whole table, by the act's code.

    Raises:
        ValueError: a row names a role or a scope that does not exist.
    """
    found: dict[str, Act] = {}
    for file in sorted(files(__package__).joinpath("permissions").iterdir(), key=lambda f: f.name):
        for code, row in _rows(tomllib.loads(file.read_text(encoding="utf-8"))):
            reach = {key: value for key, value in row.items() if key != "name"}
            wrong = [k for k, v in reach.items() if k not in ROLES or v not in SCOPES]
            if wrong or code in found or "name" not in row:
                raise ValueError(f"{file.name}, {code}: {wrong or 'twice or without a name'}")
            found[code] = Act(code, row["name"], MappingProxyType(reach))
    return MappingProxyType(found)


def _rows(
    tables: Mapping[str, Mapping[str, Mapping[str, str]]],
) -> list[tuple[str, Mapping[str, str]]]:
    return [
        (f"{department}.{act}", row)
        for department, rows in tables.items()
        for act, row in rows.items()
    ]


def allowing_role(
    officer: Officer, act: str, about: About, tree: UnitTree | None = None
) -> HeldRole | None:
    """The role by which an officer may do this; own ones before those held for another."""
    return next(allowing_roles(officer, act, about, tree), None)


def allowing_roles(
    officer: Officer, act: str, about: About, tree: UnitTree | None = None
) -> Iterator[HeldRole]:
    """Every role by which an officer may do this; own ones before those held for another."""
    reach = acts()[act].reach
    for role in sorted(officer.roles, key=lambda role: role.instead_of is not None):
        scope = reach.get(role.code)
        if scope is not None and _reaches(officer, role, scope, about, tree):
            yield role


def _reaches(
    officer: Officer, role: HeldRole, scope: str, about: About, tree: UnitTree | None
) -> bool:
    if scope == "city":
        return True
    if scope == "own_case":
        return (role.instead_of or officer.number) in about.handlers
    if about.unit is None:
        return False
    if scope == "own_unit":
        return about.unit == role.unit
    return about.unit == role.unit or (tree is not None and tree.is_within(about.unit, role.unit))


def permit(officer: Officer, act: str, about: About, tree: UnitTree | None = None) -> HeldRole:
    """The role by which an officer may do this.

    Raises:
        NotAllowed: none of the officer's roles reaches that far; says who may.
    """
    role = allowing_role(officer, act, about, tree)
    if role is None:
        raise not_allowed(officer, act)
    return role


def not_allowed(officer: Officer, act: str) -> NotAllowed:
    """The refusal of an act: what the officer holds, and who may."""
    row = acts()[act]
    return NotAllowed(
        f"“{row.name}”不在您的权限之内（您现有：{officer.titles or '无角色'}）。",
        f"可由{row.who}办理；确需本人办理的，请联系系统管理员按双人程序授予角色。",
        act=act,
    )
