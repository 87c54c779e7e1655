"""When the law itself demands a review: 行政处罚法 §58, 治安管理处罚法 §114 (without a fourth).

These grounds stand beside every catalogue: no unit adds to them or takes away from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from mingjing_review.rules.item import Facts
    from mingjing_shared.law.rules import Dated


class Ground(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One ground: all that it names must hold; what is not known counts as holding."""

    decision_kinds: frozenset[str] = frozenset()
    case_kinds: frozenset[str] = frozenset()
    except_case_kinds: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    major_rights: frozenset[str] = frozenset()


GROUNDS = load_dated("mingjing_review", "grounds", Ground)


def grounds_met(
    facts: Facts, on: date, grounds: Mapping[str, Dated[Ground]] = GROUNDS
) -> Iterator[Ground]:
    """The grounds of a day that a text meets."""
    for dated in grounds.values():
        for ground in dated.versions:
            if ground.covers(on) and _is_met(ground, facts):
                yield ground


def _is_met(ground: Ground, facts: Facts) -> bool:
    case_kind = facts.case_kind
    return (
        (facts.kind is None or not ground.decision_kinds or facts.kind in ground.decision_kinds)
        # Of a case whose kind is not known, the general law is asked.
        and (not ground.case_kinds or case_kind in ground.case_kinds)
        and (case_kind is None or case_kind not in ground.except_case_kinds)
        and facts.flags >= ground.flags
        and (not ground.major_rights or _concerns_major_rights(ground, facts))
    )


def _concerns_major_rights(ground: Ground, facts: Facts) -> bool:
    return (
        "major_rights" in facts.flags
        or not ground.major_rights.isdisjoint(facts.outcome.kinds)
        or facts.hearing_reached() is not None
    )
