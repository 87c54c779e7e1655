"""One case judged from its events alone: no database, no directory but what they tell. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.catalogue import flags_of, judge, kinds_against
from mingjing_review.rules.contradiction.record import Record, day_of
from mingjing_shared.events.casework import DecisionProposed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_review.rules.catalogue import Reason
    from mingjing_review.rules.contradiction.record import Fact


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether one proposed decision needs review: all reasons, or none."""

    decision_id: str
    reasons: tuple[Reason, ...]


def judged(told: Iterable[Fact[Any]]) -> tuple[Judged, ...]:
    """The newest proposal of each decision, in the order in which they were told.

    Raises:
        NoRuleInForce: a proposal lies before the first catalogue that is held.
    """
    record = Record(told)
    newest = {fact.event.decision_id: fact for fact in record.of(DecisionProposed)}
    found = []
    for decision_id, fact in newest.items():
        event, case = fact.event, record.cases.get(fact.case)
        parties = event.parties or (case.event.parties if case else ())
        reasons = judge(
            case_kind=record.kind_of(fact.case),
            party_kinds=kinds_against({"kind": one.kind, "role": one.role} for one in parties),
            outcome=event.outcome,
            flags=flags_of(event),
            on=day_of(event.proposed_at),
            kind=event.kind,
        )
        found.append(Judged(decision_id, reasons))
    return tuple(found)
