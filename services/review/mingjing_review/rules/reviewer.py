"""Who may review, and until when: qualification, legal qualification, posts.

行政处罚法（2021年修订）§58 (before: 2017年修正 §38): whoever reviews penalties for the first time
must hold the national legal qualification; who reviewed before need not. Who is a reviewer at all
the directory says by its posts. Words, days and dates stand in `law/reviewer_*.toml`,
`law/expiry_warnings.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_shared.law.rules import Version, load_dated, load_provisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.directory.tree import UnitTree


class Words(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """Words by which something is told from its name."""

    words: tuple[str, ...]


class Warnings(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """How many days before its end a term is warned about."""

    days: tuple[int, ...]


ENTRY = load_provisions("mingjing_review", "reviewer_entry")
NAMED = load_dated("mingjing_review", "reviewer_posts", Words)
EXPIRY = load_dated("mingjing_review", "expiry_warnings", Warnings)
LEVELS = ("basic", "intermediate", "advanced")


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as the directory and the exams say on a day.

    Attributes:
        qualified: with a certificate or a level that counts on that day, and in service.
        legal_since: the first day from which the directory says so; none: it does not.
    """

    number: str
    name: str
    unit: str
    posts: tuple[str, ...]
    active: bool
    certified: bool
    level: str | None
    valid_until: date | None
    legal: bool
    legal_since: date | None
    exam_on: date | None = None

    def is_qualified_on(self, day: date) -> bool:
        """Whether the officer may enforce and review on a day."""
        lasts = self.valid_until is None or self.valid_until >= day
        return self.active and (self.certified or self.level is not None) and lasts


@dataclass(frozen=True, slots=True)
class Expiry:
    """How near the end of a term is.

    Attributes:
        state: open (no end), valid, near, close or over.
        left: days until the last one; none where there is no end.
    """

    state: str
    left: int | None


def expiry_of(fact: str, until: date | None, day: date) -> Expiry:
    """How near an end is on a day, by the warnings in force for that kind of term.

    Raises:
        NoRuleInForce: no warnings are held for that day.
    """
    if until is None:
        return Expiry("open", None)
    left = (until - day).days
    first, *closer = sorted(EXPIRY[fact].in_force_on(day).days, reverse=True)
    if left < 0:
        return Expiry("over", left)
    if any(left <= days for days in closer):
        return Expiry("close", left)
    return Expiry("near" if left <= first else "valid", left)


def person_of(
    number: str,
    versions: Sequence[Mapping[str, Any]],
    day: date,
    exams: Iterable[tuple[str | None, date | None, date | None]] = (),
) -> Person | None:
    """An officer on a day; nothing before the directory's first version.

    An exam passed counts beside what the directory says, whichever lasts longer; ``exams`` are
    level, day and last day of each.
    """
    begun = [one for one in versions if _from(one) <= day]
    if not begun:
        return None
    held = max(begun, key=_from)
    until, level = _day(held.get("qualification_valid_until")), held.get("qualification_level")
    passed = [one for one in exams if one[1] is None or one[1] <= day]
    for graded, _on, lasts in passed:
        if graded and LEVELS.index(graded) >= (LEVELS.index(level) if level else 0):
            level = graded
            until = max(until, lasts) if until and lasts else None
    legal = [one for one in begun if one.get("legal_qualification")]
    return Person(
        number=number,
        name=held["name"],
        unit=held["unit"],
        posts=tuple(held.get("posts") or ()),
        active=held.get("active") is not False,
        certified=bool(held.get("enforcement_certificate")),
        level=level,
        valid_until=until,
        legal=bool(held.get("legal_qualification")),
        legal_since=min(map(_from, legal), default=None),
        exam_on=max((on for _level, on, _until in passed if on), default=None),
    )


def _from(version: Mapping[str, Any]) -> date:
    return date.fromisoformat(str(version["valid_from"]))


def _day(text: object) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def is_named_reviewer(posts: Iterable[str], day: date) -> bool:
    """Whether one of the posts names legal review."""
    words = NAMED["post"].in_force_on(day).words
    return any(word in post for post in posts for word in words)


def is_legal_department(name: str | None, day: date) -> bool:
    """Whether a unit is a legal department, by its name."""
    return name is not None and any(w in name for w in NAMED["department"].in_force_on(day).words)


def heads_legal_department(number: str, tree: UnitTree, day: date) -> bool:
    """Whether an officer is the head of a legal department."""
    return any(
        unit.head == number and is_legal_department(unit.name, day) for unit in tree.units.values()
    )


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of an officer's reviewing until now.

    Attributes:
        first_opinion_on: day of the first opinion of that kind, where it was before the rule.
        registered: noted as having reviewed before.
    """

    first_opinion_on: date | None = None
    registered: bool = False


def refused_entry(kind: str, person: Person | None, before: Before, day: date) -> str | None:
    """Why an officer may not begin to review decisions of a kind; nothing where it is allowed.

    Only the kinds that the law names ask for it. Who gave an opinion before the rule began, or is
    registered as having reviewed before, does not begin.
    """
    rule = ENTRY.get(kind)
    if rule is None or not rule.is_in_force_on(day):
        return None
    begun_on = rule.versions[0].valid_from
    gave_before = before.first_opinion_on is not None and before.first_opinion_on < begun_on
    if before.registered or gave_before or (person is not None and person.legal):
        return None
    return f"{rule.in_force_on(day).title}；人员名录没有载明法律职业资格"
