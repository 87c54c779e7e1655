"""The share of reviewers among enforcement officers, unit by unit; exam levels beside it.

国办发〔2018〕118号 四（十一）: of each organ (行政执法机关) in principle not less than 5 % of its
enforcement officers; of what is inside an organ nothing is asked. Counted of each unit with all
below it, by the directory of one day. Told unit by unit in the order of the tree: nothing is
ranked. The share stands in `law/reviewer_share.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mingjing_review.rules.reviewer import is_named_reviewer
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from mingjing_review.rules.reviewer import Person
    from mingjing_shared.directory.tree import UnitTree


class Share(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """The least share of reviewers, in per cent, and of units of which levels it is asked."""

    percent_at_least: Decimal
    levels: tuple[str, ...]


SHARES = load_dated("mingjing_review", "reviewer_share", Share)
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Staff:
    """A unit with all below it on one day.

    Attributes:
        own_officers, own_reviewers: police numbers of the unit's own people.
        levelled: officers whose level of qualification is in force.
        legal: officers with the legal qualification.
        next_end: the next end of a qualification among them that is still to come.
    """

    unit: str
    officers: int
    reviewers: int
    levelled: int
    legal: int
    own_officers: tuple[str, ...]
    own_reviewers: tuple[str, ...]
    next_end: date | None

    @property
    def percent(self) -> Decimal | None:
        """The share of reviewers; none without officers."""
        return percent_of(self.reviewers, self.officers)


def percent_of(part: int, whole: int) -> Decimal | None:
    """A share in per cent; none of nothing."""
    return None if not whole else Decimal(part) * _WHOLE / Decimal(whole)


def share_rule(day: date) -> Share | None:
    """The rule of the share on a day; none before there was one."""
    rule = SHARES["reviewers"]
    return rule.in_force_on(day) if rule.is_in_force_on(day) else None


def share_asked(unit: str, tree: UnitTree, day: date) -> Decimal | None:
    """The share that is asked of a unit on a day; none where it is no organ of its own."""
    rule, held = share_rule(day), tree.units.get(unit)
    if rule is None or held is None or held.level not in rule.levels:
        return None
    return rule.percent_at_least


def is_enforcing(person: Person) -> bool:
    """Whether somebody counts as an enforcement officer: in service, certified or levelled."""
    return person.active and (person.certified or person.level is not None)


def staff_of(people: Iterable[Person], tree: UnitTree, day: date) -> dict[str, Staff]:
    """The staff of each unit that has any officers, itself or below, on a day."""
    gathered: dict[str, list[Person]] = {}
    for person in people:
        if is_enforcing(person):
            for unit in tree.above(person.unit):
                gathered.setdefault(unit, []).append(person)
    return {unit: _staff(unit, held, day) for unit, held in gathered.items()}


def _staff(unit: str, people: Iterable[Person], day: date) -> Staff:
    held = sorted(people, key=lambda person: person.number)
    named = {person.number for person in held if is_named_reviewer(person.posts, day)}
    own = [person.number for person in held if person.unit == unit]
    ends = [p.valid_until for p in held if p.valid_until is not None and p.valid_until >= day]
    return Staff(
        unit=unit,
        officers=len(held),
        reviewers=len(named),
        levelled=sum(p.level is not None and p.is_qualified_on(day) for p in held),
        legal=sum(p.legal for p in held),
        own_officers=tuple(own),
        own_reviewers=tuple(number for number in own if number in named),
        next_end=min(ends, default=None),
    )


def in_order_of_tree(units: Mapping[str, object], tree: UnitTree) -> list[tuple[str, int]]:
    """The units with their depth, each above those that belong to it; siblings by their code."""
    below: dict[str | None, list[str]] = {}
    for code in sorted(units):
        chain = tree.above(code)
        parent = next((one for one in chain[1:] if one in units), None)
        below.setdefault(parent, []).append(code)
    return list(_walk(below, None, 0, set()))


def _walk(
    below: Mapping[str | None, list[str]], top: str | None, depth: int, seen: set[str]
) -> Iterator[tuple[str, int]]:
    for code in below.get(top, ()):
        if code not in seen:
            seen.add(code)
            yield code, depth
            yield from _walk(below, code, depth + 1, seen)
