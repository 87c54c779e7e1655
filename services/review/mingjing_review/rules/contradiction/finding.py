"""What a rule of contradiction finds: the kind, the fewest facts that show it, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from mingjing_review.rules.contradiction.record import Fact

Level = Literal["impossible", "unlawful", "doubtful"]
FACTS_MAX = 3


class Kind(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A kind of contradiction.

    Attributes:
        check: which of the eight checks it is about.
        hours, days, age: the number that it turns on.
    """

    check: str
    level: Level
    hours: int | None = None
    days: int | None = None
    age: int | None = None


KINDS = load_dated("mingjing_review", "contradictions", Kind)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something impossible, unlawful or doubtful.

    Attributes:
        kind: a key of ``KINDS``.
        facts: ids of the one to three events that show it, sorted.
        cases: keys of the cases that they are about, sorted.
        says: what contradicts what, in Chinese; codes, dates and numbers, no names.
        source: where it stands that this must not be.
    """

    kind: str
    facts: tuple[str, ...]
    cases: tuple[str, ...]
    level: Level
    title: str
    says: str
    source: str


def found(kind: Kind, says: str, *facts: Fact[Any]) -> Finding:
    """A finding by the version of its kind that was in force."""
    cases = {fact.case for fact in facts if hasattr(fact.event, "case_number")}
    return Finding(
        kind=kind.id.rpartition(".")[2],
        facts=tuple(sorted(fact.id for fact in facts)),
        cases=tuple(sorted(cases)),
        level=kind.level,
        title=kind.title,
        says=says,
        source=kind.source,
    )
