"""Which decisions need legal review before they are made.

行政处罚法 §58, 国办发〔2018〕118号 四（十二）: without review, or when it was not passed, no
decision may be made. Which decisions these are stands in the law itself (`law/grounds.toml`) and
in a catalogue (目录清单) that each body keeps: the one that holds for the deciding unit on the
day, the first of all is `law/catalogue.toml`. The fines at which hearings begin are those of
`law/hearing.toml`. All are judged by the day of the proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_review.rules.grounds import GROUNDS, grounds_met
from mingjing_review.rules.item import PARTY_KINDS, Facts, Item, is_met
from mingjing_shared.law.errors import NoRuleInForce
from mingjing_shared.law.rules import Version, load_dated, load_thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from mingjing_review.rules.grounds import Ground
    from mingjing_shared.events.casework import DecisionProposed
    from mingjing_shared.events.values import Outcome
    from mingjing_shared.law.rules import Dated, Threshold


class CatalogueItem(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One item of the first catalogue: exactly one condition is set."""

    flag: str | None = None
    penalty_kind: str | None = None
    fine_at_least: str | None = None
    national: bool = False

    def __post_init__(self) -> None:
        """Refuse an item that names no condition, or several."""
        if [self.flag, self.penalty_kind, self.fine_at_least].count(None) != 2:
            raise ValueError("one of flag, penalty_kind, fine_at_least must be set")


CATALOGUE = load_dated("mingjing_review", "catalogue", CatalogueItem)
THRESHOLDS = load_thresholds("mingjing_review", "hearing")
ROLES_AGAINST = frozenset({"suspect", "penalised", None})  # unknown role: taken as concerned
BUILT_IN = "catalogue"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text needs review: the item, its name, the rule and where that stands.

    ``catalogue_item`` is the code of an item of the first catalogue, else the name itself: who
    reads it need not hold the catalogue of every unit.
    """

    catalogue_item: str
    title: str
    rule: str
    source: str

    @property
    def is_ground(self) -> bool:
        """Whether the law itself demands the review."""
        return self.rule.startswith("ground.")


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """The dated rules that texts are judged by; another one for asking what would be."""

    catalogue: Mapping[str, Dated[CatalogueItem]]
    thresholds: Mapping[str, Dated[Threshold]]
    grounds: Mapping[str, Dated[Ground]]


HELD = Law(CATALOGUE, THRESHOLDS, GROUNDS)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The items that hold for a unit on a day, and what their rules are called."""

    items: tuple[Item, ...]
    prefix: str = BUILT_IN


def kinds_against(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The kinds of the parties whom a decision is against; victims, witnesses … are not."""
    return frozenset(party["kind"] for party in parties if party["role"] in ROLES_AGAINST)


@lru_cache(maxsize=1024)
def first_catalogue(on: date, law: Law = HELD) -> Catalogue:
    """The first catalogue as it stands on a day.

    Raises:
        NoRuleInForce: the day lies before it.
    """
    versions = {
        key: dated.in_force_on(on)
        for key, dated in law.catalogue.items()
        if dated.is_in_force_on(on)
    }
    if not versions:
        raise NoRuleInForce(f"{on} 没有有效的重大执法决定法制审核目录，无法判断是否应当审核")
    return Catalogue(tuple(_item(key, version) for key, version in versions.items()))


def _item(key: str, version: CatalogueItem) -> Item:
    return Item(
        code=key,
        title=version.title,
        source=version.source,
        national=version.national,
        flags=(version.flag,) if version.flag else (),
        penalty_kinds=(version.penalty_kind,) if version.penalty_kind else (),
        fine_at_hearing=version.fine_at_least is not None,
    )


def judge(
    *,
    case_kind: str | None,
    party_kinds: Iterable[str],
    outcome: Outcome,
    flags: Iterable[str],
    on: date,
    kind: str | None = None,
    level: str | None = None,
    catalogue: Catalogue | None = None,
    law: Law = HELD,
) -> tuple[Reason, ...]:
    """Why a text needs review: the law's own grounds, then items; empty when it needs none.

    ``party_kinds`` are the kinds of those whom the decision is against. With several kinds, and
    when none is known, the lowest threshold holds. ``catalogue`` is what the deciding unit goes
    by on the day; the first one, where nobody published another.

    Raises:
        NoRuleInForce: the day lies before the first catalogue or threshold we hold.
    """
    held = first_catalogue(on, law) if catalogue is None else catalogue
    concerned = frozenset(party_kinds)
    facts = Facts(
        kind=kind,
        case_kind=case_kind,
        level=level,
        party_kinds=concerned,
        outcome=outcome,
        flags=frozenset(flags),
        threshold=lambda: _threshold(case_kind, concerned, on, law),
    )
    grounds = [
        Reason(ground.title, ground.title, ground.id, ground.source)
        for ground in grounds_met(facts, on, law.grounds)
    ]
    items = [_reason(item, held, facts) for item in held.items if is_met(item, facts)]
    return (*grounds, *items)


def _reason(item: Item, held: Catalogue, facts: Facts) -> Reason:
    name = item.code if held.prefix == BUILT_IN else item.title
    threshold = facts.hearing_reached() if item.fine_at_hearing else None
    if threshold is not None:
        return Reason(name, item.title, threshold.id, f"{threshold.source}；{item.source}")
    return Reason(name, item.title, f"{held.prefix}.{item.code}", item.source)


def flags_of(event: DecisionProposed) -> frozenset[str]:
    """What a proposal says of itself that grounds and catalogues ask for."""
    said = {
        "public_interest": event.public_interest,
        "social_risk": event.social_risk,
        "major_rights": event.major_rights,
        "several_relations": event.several_relations,
        "review_by_law": event.review_by_law,
        "crime_suspected": event.crime_suspected,
        "hearing_held": event.hearing is not None and event.hearing.held,
    }
    return frozenset(flag for flag, holds in said.items() if holds)


def threshold_of(
    case_kind: str | None, party_kinds: Iterable[str], on: date, law: Law = HELD
) -> Threshold | None:
    """The lowest hearing threshold of those concerned on a day; nothing before our law begins."""
    held = law.thresholds
    named = (
        held.get(f"{case_kind}.{party}", held[f"other.{party}"])
        for party in sorted(set(party_kinds) or PARTY_KINDS)
    )
    in_force = [dated.in_force_on(on) for dated in named if dated.is_in_force_on(on)]
    return min(in_force, key=lambda threshold: threshold.at_least, default=None)


def _threshold(
    case_kind: str | None, party_kinds: Sequence[str] | frozenset[str], on: date, law: Law
) -> Threshold:
    lowest = threshold_of(case_kind, party_kinds, on, law)
    if lowest is None:
        raise NoRuleInForce(f"{on} 没有有效的听证数额，无法判断是否应当审核")
    return lowest
