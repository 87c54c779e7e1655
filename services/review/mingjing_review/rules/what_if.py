"""What if: which past proposals another law, or another catalogue, would have judged otherwise.

Pure: nothing here asks a database. Each past proposal is judged twice, by what held on its day and
by what is asked about; only what differs is told, in one order for one question.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.catalogue import HELD, Law, judge, threshold_of
from mingjing_review.rules.opinion import RULES
from mingjing_review.rules.versions import FIRST_ONLY, Catalogues, Published
from mingjing_shared.events.values import yuan
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingjing_review.rules.catalogue import Reason
    from mingjing_review.rules.item import Item
    from mingjing_shared.events.values import Outcome
    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.rules import Rule

KINDS = {
    "newly": "将须审核",
    "no_longer": "不再须审核",
    "other_reasons": "仍须审核，理由不同",
    "other_day": "出具意见期限不同",
    "other_threshold": "听证数额不同",
    "no_rule": "无适用规则",
}
"""What may differ, in words."""


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as it was last proposed. ``counted_from``: the day its term runs from."""

    decision_id: str
    case_number: str
    unit: str
    on: date
    kind: str
    case_kind: str | None
    party_kinds: frozenset[str]
    outcome: Outcome
    flags: frozenset[str]
    counted_from: date


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What proposals are judged by: the dated rules and every catalogue."""

    law: Law = HELD
    catalogues: Catalogues = FIRST_ONLY
    periods: Mapping[str, Rule] = field(default_factory=lambda: RULES)

    def with_catalogue(self, unit: str, items: Sequence[Item], since: date) -> World:
        """The same, had these items held for a unit from a day on."""
        draft = Published("draft", unit, 0, since, tuple(items))
        held = {**self.catalogues.published, unit: (draft,)}
        return replace(self, catalogues=replace(self.catalogues, published=held))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one world says of a proposal; ``fault``: no rule of that day is held."""

    reasons: tuple[Reason, ...] = ()
    due_on: date | None = None
    threshold: str | None = None
    hearing: bool = False
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """A proposal of which two worlds say two things; ``kinds`` tells what differs."""

    past: Past
    kinds: tuple[str, ...]
    before: Verdict
    after: Verdict

    def line(self) -> str:
        """Everything that differs in one line, for the digest."""
        sides = (_line(self.before), _line(self.after))
        return "\t".join((self.past.decision_id, *self.kinds, *sides)) + "\n"

    def as_json(self) -> dict[str, Any]:
        """As a list has it."""
        return {
            "decision_id": self.past.decision_id,
            "case_number": self.past.case_number,
            "unit": self.past.unit,
            "on": self.past.on.isoformat(),
            "differs": list(self.kinds),
            "before": _told(self.before),
            "after": _told(self.after),
        }


def _line(verdict: Verdict) -> str:
    rules = ",".join(reason.rule for reason in verdict.reasons)
    return f"{rules}|{verdict.due_on}|{verdict.threshold}|{verdict.hearing}|{verdict.fault}"


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "required": bool(verdict.reasons),
        "reasons": [reason.rule for reason in verdict.reasons],
        "due_on": verdict.due_on.isoformat() if verdict.due_on else None,
        "threshold": verdict.threshold,
        "hearing": verdict.hearing,
        "fault": verdict.fault,
    }


@dataclass(slots=True)
class Summary:
    """How much differs: decisions looked at, by what differs, by item."""

    looked_at: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)
    then: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        """As the command and the digest have it."""
        return {
            "looked_at": self.looked_at,
            "by_kind": {kind: self.by_kind[kind] for kind in KINDS},
            "by_item": {
                title: [self.now[title], self.then[title]]
                for title in sorted({*self.now, *self.then})
            },
        }


def compare(
    pasts: Iterable[Past],
    now: World,
    then: World,
    calendar: WorkingCalendar,
    summary: Summary,
) -> list[Effect]:
    """What differs, in the order of the proposals; the summary is added to."""
    found = []
    for past in pasts:
        before, after = verdict(past, now, calendar), verdict(past, then, calendar)
        summary.looked_at += 1
        summary.now.update({reason.title for reason in before.reasons})
        summary.then.update({reason.title for reason in after.reasons})
        kinds = _differing(before, after)
        summary.by_kind.update(kinds)
        if kinds:
            found.append(Effect(past, kinds, before, after))
    return found


def verdict(past: Past, world: World, calendar: WorkingCalendar) -> Verdict:
    """What a world says of a proposal."""
    held = world.catalogues
    try:
        reasons = judge(
            case_kind=past.case_kind,
            party_kinds=past.party_kinds,
            outcome=past.outcome,
            flags=past.flags,
            on=past.on,
            kind=past.kind,
            level=held.level_of(past.unit, past.on),
            catalogue=held.held_for(past.unit, past.on),
            law=world.law,
        )
        due_on = None
        if reasons:
            due_on = deadline(world.periods["review.opinion"], past.counted_from, calendar).due_on
    except LawError as error:
        return Verdict(fault=error.message)
    threshold, hearing = _hearing(past, world)
    return Verdict(reasons, due_on, threshold, hearing)


def _hearing(past: Past, world: World) -> tuple[str | None, bool]:
    fine = past.outcome.fine
    if fine is None:
        return None, False
    lowest = threshold_of(past.case_kind, past.party_kinds, past.on, world.law)
    if lowest is None:
        return None, False
    return str(lowest.at_least), lowest.is_reached_by(yuan(fine))


def _differing(before: Verdict, after: Verdict) -> tuple[str, ...]:
    if before.fault != after.fault:
        return ("no_rule",)
    kinds = []
    if bool(before.reasons) != bool(after.reasons):
        kinds.append("newly" if after.reasons else "no_longer")
    elif _titles(before) != _titles(after):
        kinds.append("other_reasons")
    if before.due_on and after.due_on and before.due_on != after.due_on:
        kinds.append("other_day")
    if before.threshold != after.threshold:
        kinds.append("other_threshold")
    return tuple(kinds)


def _titles(verdict: Verdict) -> set[tuple[str, bool]]:
    """By name: the rule of an item is called otherwise in every version."""
    return {(reason.title, reason.is_ground) for reason in verdict.reasons}
