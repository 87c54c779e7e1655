"""Which roles are held: by the changes two people made, and by delegations in force. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.web.officer import HeldRole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

DELEGABLE = frozenset({"unit_head", "bureau_leader", "legal_reviewer", "case_manager"})
DELEGATION_DAYS_MAX = 90


@dataclass(frozen=True, slots=True)
class Change:
    """An approved change of a role."""

    police_number: str
    role: str
    unit: str
    what: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Delegation:
    """A role handed over from one day to another, both included."""

    giver: str
    taker: str
    role: str
    unit: str
    from_on: date
    until_on: date


def held_by(changes: Iterable[Change], police_number: str) -> list[HeldRole]:
    """The roles an officer holds: for each role and unit the newest approved change decides."""
    newest: dict[tuple[str, str], Change] = {}
    for change in sorted(changes, key=lambda one: one.decided_at):
        if change.police_number == police_number:
            newest[change.role, change.unit] = change
    return [
        HeldRole(role, unit)
        for (role, unit), change in sorted(newest.items())
        if change.what == "grant"
    ]


def handed_over(
    delegations: Iterable[Delegation], changes: Iterable[Change], taker: str, day: date
) -> list[HeldRole]:
    """The roles an officer stands in for on a day; only what the giver holds can be held."""
    changes = list(changes)
    return [
        HeldRole(one.role, one.unit, instead_of=one.giver)
        for one in delegations
        if one.taker == taker
        and one.from_on <= day <= one.until_on
        and HeldRole(one.role, one.unit) in held_by(changes, one.giver)
    ]
