"""Which decisions need legal review before they are made.

行政处罚法 §58, 国办发〔2018〕118号 四（十二）: without review, or when it was not passed, no
decision may be made. Which decisions these are stands in a catalogue (目录清单) that each body
keeps; ours is `law/catalogue.toml`, the fines at which it begins are the hearing thresholds of
`law/hearing.toml`, both judged by the day of the proposal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.events.values import yuan
from mingjing_shared.law.errors import NoRuleInForce
from mingjing_shared.law.rules import Version, load_dated, load_thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from mingjing_shared.events.casework import DecisionProposed
    from mingjing_shared.events.values import Outcome
    from mingjing_shared.law.rules import Threshold


class CatalogueItem(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """One item of the catalogue: exactly one condition is set."""

    flag: str | None = None
    penalty_kind: str | None = None
    fine_at_least: str | None = None

    def __post_init__(self) -> None:
        """Refuse an item that names no condition, or several."""
        if [self.flag, self.penalty_kind, self.fine_at_least].count(None) != 2:
            raise ValueError("one of flag, penalty_kind, fine_at_least must be set")


CATALOGUE = load_dated("mingjing_review", "catalogue", CatalogueItem)
THRESHOLDS = load_thresholds("mingjing_review", "hearing")
PARTY_KINDS = frozenset({"person", "organisation"})
ROLES_AGAINST = frozenset({"suspect", "penalised", None})  # unknown role: taken as concerned


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text needs review: the item, its name, the rule and where that stands."""

    catalogue_item: str
    title: str
    rule: str
    source: str


def kinds_against(parties: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The kinds of the parties whom a decision is against; victims, witnesses … are not."""
    return frozenset(party["kind"] for party in parties if party["role"] in ROLES_AGAINST)


def judge(
    *,
    case_kind: str | None,
    party_kinds: Iterable[str],
    outcome: Outcome,
    flags: Iterable[str],
    on: date,
) -> tuple[Reason, ...]:
    """Why a text needs review by the catalogue in force on a day; empty when it needs none.

    ``party_kinds`` are the kinds of those whom the decision is against. With several kinds, and
    when none is known, the lowest threshold holds.

    Raises:
        NoRuleInForce: the day lies before the first catalogue we hold.
    """
    in_force = [
        (key, item.in_force_on(on)) for key, item in CATALOGUE.items() if item.is_in_force_on(on)
    ]
    if not in_force:
        raise NoRuleInForce(f"{on} 没有有效的重大执法决定法制审核目录，无法判断是否应当审核")
    raised = frozenset(flags)
    reasons = []
    for key, item in in_force:
        if item.fine_at_least is not None:
            threshold = _threshold_reached(case_kind, party_kinds, outcome, on)
            if threshold is not None:
                source = f"{threshold.source}；{item.source}"
                reasons.append(Reason(key, item.title, threshold.id, source))
        elif item.flag in raised or item.penalty_kind in outcome.kinds:
            reasons.append(Reason(key, item.title, item.id, item.source))
    return tuple(reasons)


def flags_of(event: DecisionProposed) -> frozenset[str]:
    """What a proposal says of itself that the catalogue asks for."""
    said = {
        "public_interest": event.public_interest,
        "social_risk": event.social_risk,
        "crime_suspected": event.crime_suspected,
        "hearing_held": event.hearing is not None and event.hearing.held,
    }
    return frozenset(flag for flag, holds in said.items() if holds)


def threshold_of(case_kind: str | None, party_kinds: Iterable[str], on: date) -> Threshold | None:
    """The lowest hearing threshold of those concerned on a day; nothing before our law begins."""
    named = (
        THRESHOLDS.get(f"{case_kind}.{party}", THRESHOLDS[f"other.{party}"])
        for party in sorted(set(party_kinds) or PARTY_KINDS)
    )
    in_force = [dated.in_force_on(on) for dated in named if dated.is_in_force_on(on)]
    return min(in_force, key=lambda threshold: threshold.at_least, default=None)


def _threshold_reached(
    case_kind: str | None, party_kinds: Iterable[str], outcome: Outcome, on: date
) -> Threshold | None:
    if outcome.fine is None:
        return None
    lowest = threshold_of(case_kind, party_kinds, on)
    if lowest is None:
        raise NoRuleInForce(f"{on} 没有有效的听证数额，无法判断是否应当审核")
    return lowest if lowest.is_reached_by(yuan(outcome.fine)) else None
