"""Where a case stands: six stages, each a function of its events and duties.

A fact may be missing or late, and a later stage may be over while an earlier one never was told:
each stage is judged by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mingjing_shared.clock import local_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

Standing = Literal["done", "now", "late", "void", "todo"]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a case that holds: what, when, and its codes."""

    what: str
    at: datetime
    codes: Mapping[str, Any]

    @property
    def day(self) -> date:
        """The local date on which it happened."""
        return local_date(self.at)


@dataclass(frozen=True, slots=True)
class CaseDuty:
    """A duty of a case as stages and clocks see it."""

    kind: str
    state: str
    due_on: date | None = None
    warn_on: date | None = None
    provisional: bool = False
    done_on: date | None = None
    met: bool | None = None
    rule: str | None = None
    subject: str = ""
    due_by: str | None = None

    def is_late(self, today: date) -> bool:
        """Whether its day has passed beyond doubt and it is not done."""
        return (
            self.state == "open"
            and self.due_on is not None
            and not self.provisional
            and self.due_on < today
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: how it stands, since when, and what is said of it."""

    code: str
    standing: Standing
    on: date | None = None
    said: Mapping[str, Any] = field(default_factory=dict)


def stages_of(
    happenings: Sequence[Happening], duties: Sequence[CaseDuty], today: date
) -> tuple[Stage, ...]:
    """The six stages of a case from its events in the order of the world."""
    by_kind = {kind: [d for d in duties if d.kind == kind] for kind in _DUTY_KINDS}
    firsts = {happening.what: happening for happening in reversed(happenings)}
    lasts = {happening.what: happening for happening in happenings}
    return (
        _accepted(firsts),
        _investigation(happenings, firsts),
        _review(happenings, by_kind["review"], lasts, today),
        _decision(happenings, firsts, by_kind["review"]),
        _publication(by_kind["publication"], lasts, today),
        _casefile(by_kind["casefile"], lasts, today),
    )


_DUTY_KINDS = ("review", "publication", "casefile")
_OUTCOMES = ("decision.proposed", "decision.made", "enforcement.ended")


def _accepted(firsts: Mapping[str, Happening]) -> Stage:
    found = firsts.get("case.accepted")
    return Stage("accepted", "done" if found else "todo", found.day if found else None)


def _investigation(happenings: Sequence[Happening], firsts: Mapping[str, Happening]) -> Stage:
    acts = {h.codes.get("action_id") for h in happenings if h.what == "action.performed"}
    over = [firsts[what] for what in _OUTCOMES if what in firsts]
    begun = bool(acts) or "case.accepted" in firsts
    standing: Standing = "done" if over else ("now" if begun else "todo")
    return Stage("investigation", standing, None, {"acts": len(acts)})


def _review(
    happenings: Sequence[Happening],
    duties: Sequence[CaseDuty],
    lasts: Mapping[str, Happening],
    today: date,
) -> Stage:
    opinions = [h for h in happenings if h.what == "review.opinion_issued"]
    rounds = max((int(h.codes.get("round") or 0) for h in opinions), default=0)
    said = {"rounds": rounds, "opinion": opinions[-1].codes.get("opinion") if opinions else None}
    open_ones = [duty for duty in duties if duty.state == "open"]
    due = min((duty.due_on for duty in open_ones if duty.due_on), default=None)
    returned, handed = lasts.get("review.returned"), _newest(lasts, _HANDED_IN)
    said |= {
        "submitted": handed is not None,
        "returned": returned is not None and (handed is None or returned.at > handed.at),
    }
    if any(duty.state == "missed" for duty in duties):
        return Stage("review", "late", None, {**said, "bypassed": True})
    if open_ones:
        late = any(duty.is_late(today) for duty in open_ones)
        return Stage("review", "late" if late else "now", due, said)
    if any(duty.state == "done" for duty in duties):
        return Stage(
            "review", "done", max((d.done_on for d in duties if d.done_on), default=None), said
        )
    if duties or "decision.made" in lasts:
        return Stage("review", "void", None, said)
    return Stage("review", "todo", None, said)


_HANDED_IN = ("review.submitted", "review.resubmitted")


def _decision(
    happenings: Sequence[Happening], firsts: Mapping[str, Happening], reviews: Sequence[CaseDuty]
) -> Stage:
    made = [h for h in happenings if h.what == "decision.made"]
    said = {"decisions": len({h.codes.get("decision_id") for h in made})}
    fallen = {h.codes.get("decision_id") for h in happenings if h.what in _FALLEN}
    if made:
        return Stage("decision", "done", made[-1].day, {**said, "fallen": len(fallen)})
    waits = "decision.proposed" in firsts and all(duty.state != "open" for duty in reviews)
    return Stage("decision", "now" if waits else "todo", None, said)


_FALLEN = ("decision.revoked", "decision.found_illegal", "decision.redo_ordered")


def _publication(duties: Sequence[CaseDuty], lasts: Mapping[str, Happening], today: date) -> Stage:
    open_ones = [duty for duty in duties if duty.state == "open"]
    if open_ones:
        late = any(duty.is_late(today) for duty in open_ones)
        due = min((duty.due_on for duty in open_ones if duty.due_on), default=None)
        provisional = all(duty.provisional for duty in open_ones)
        return Stage("publication", "late" if late else "now", due, {"provisional": provisional})
    withdrawn = lasts.get("disclosure.withdrawn")
    published = lasts.get("disclosure.published")
    if withdrawn and (published is None or published.at < withdrawn.at):
        return Stage("publication", "void", withdrawn.day, {"withdrawn": True})
    done = [duty.done_on for duty in duties if duty.state == "done" and duty.done_on]
    if done:
        return Stage("publication", "done", max(done))
    return Stage("publication", "void" if duties else "todo")


def _casefile(duties: Sequence[CaseDuty], lasts: Mapping[str, Happening], today: date) -> Stage:
    duty = duties[0] if duties else None
    said = {"ended": "enforcement.ended" in lasts}
    if duty is None:
        return Stage("casefile", "todo", None, said)
    if duty.state == "done":
        return Stage("casefile", "done", duty.done_on, said)
    return Stage("casefile", "late" if duty.is_late(today) else "now", duty.due_on, said)


def _newest(lasts: Mapping[str, Happening], words: Sequence[str]) -> Happening | None:
    found = [lasts[word] for word in words if word in lasts]
    return max(found, key=lambda happening: happening.at) if found else None
