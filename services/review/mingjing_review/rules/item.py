"""One item of a catalogue: under which conditions a proposed text needs review by it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import msgspec

from mingjing_shared.events.values import yuan

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingjing_shared.events.values import Outcome
    from mingjing_shared.law.rules import Threshold

FLAGS = {
    "public_interest": "涉及重大公共利益",
    "social_risk": "可能造成重大社会影响或者引发社会风险",
    "major_rights": "直接关系当事人或者第三人重大权益",
    "hearing_held": "经过听证程序",
    "several_relations": "疑难复杂、涉及多个法律关系",
    "review_by_law": "法律、法规规定应当审核",
    "crime_suspected": "涉嫌犯罪",
}
"""What a proposal says of itself, in words."""

PARTY_KINDS = frozenset({"person", "organisation"})
_Code = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$(?!\n)")]
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
_Amount = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,10}(\.[0-9]{1,2})?$(?!\n)")]
_Days = Annotated[int, msgspec.Meta(ge=1, le=100)]


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True,
           forbid_unknown_fields=True):  # fmt: skip
    """An item: all that it names must hold; of a list, one of it, but all of its flags.

    What is not known of a text (level, kind) counts as holding: rather one review too many.

    Attributes:
        code: what the item is called in rules and differences; one a catalogue.
        national: a national document names it for everybody.
        fine_at_hearing: the fine reaches the hearing threshold of the day.
        fine_person: the fine is at least so much, when it is against a person.
        confiscated: the confiscation is at least so much.
    """

    code: _Code
    title: _Text
    source: _Text
    national: bool = False
    decision_kinds: tuple[str, ...] = ()
    case_kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    penalty_kinds: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    fine_at_hearing: bool = False
    fine_person: _Amount | None = None
    fine_organisation: _Amount | None = None
    confiscated: _Amount | None = None
    detention_days: _Days | None = None

    def __post_init__(self) -> None:
        """Refuse an item that holds for everything, or names two thresholds of one fine."""
        if not self.conditions:
            raise ValueError("条目没有任何条件")
        if self.fine_at_hearing and (self.fine_person or self.fine_organisation):
            raise ValueError("罚款条件应为听证数额或者固定数额之一")

    @property
    def conditions(self) -> tuple[str, ...]:
        """The names of the conditions that are set."""
        named = CONDITIONS
        return tuple(name for name in named if getattr(self, name))


CONDITIONS = (
    "decision_kinds", "case_kinds", "levels", "penalty_kinds", "flags", "fine_at_hearing",
    "fine_person", "fine_organisation", "confiscated", "detention_days",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked about a proposed text. ``threshold``: the lowest hearing threshold that
    concerns it, found only when it is asked for.
    """

    kind: str | None
    case_kind: str | None
    level: str | None
    party_kinds: frozenset[str]
    outcome: Outcome
    flags: frozenset[str]
    threshold: Callable[[], Threshold]

    def hearing_reached(self) -> Threshold | None:
        """The hearing threshold that the fine reaches."""
        if self.outcome.fine is None:
            return None
        lowest = self.threshold()
        return lowest if lowest.is_reached_by(yuan(self.outcome.fine)) else None


def is_met(item: Item, facts: Facts) -> bool:
    """Whether a text meets an item."""
    outcome = facts.outcome
    return (
        _one_of(facts.kind, item.decision_kinds)
        and _one_of(facts.case_kind, item.case_kinds)
        and _one_of(facts.level, item.levels)
        and (not item.penalty_kinds or not set(item.penalty_kinds).isdisjoint(outcome.kinds))
        and facts.flags.issuperset(item.flags)
        and (not item.fine_at_hearing or facts.hearing_reached() is not None)
        and _fine_reached(item, facts)
        and _at_least(outcome.confiscated, item.confiscated)
        and (item.detention_days is None or (outcome.detention_days or 0) >= item.detention_days)
    )


def _one_of(known: str | None, wanted: tuple[str, ...]) -> bool:
    return not wanted or known is None or known in wanted


def _fine_reached(item: Item, facts: Facts) -> bool:
    """The amounts for those concerned; for everybody's when it is not known who they are."""
    if item.fine_person is None and item.fine_organisation is None:
        return True
    amounts = {"person": item.fine_person, "organisation": item.fine_organisation}
    concerned = [amounts[kind] for kind in facts.party_kinds or PARTY_KINDS]
    least = [Decimal(amount) for amount in concerned if amount is not None]
    fine = facts.outcome.fine
    return bool(least) and fine is not None and yuan(fine) >= min(least)


def _at_least(sum_: str | None, wanted: str | None) -> bool:
    return wanted is None or (sum_ is not None and Decimal(sum_) >= Decimal(wanted))
