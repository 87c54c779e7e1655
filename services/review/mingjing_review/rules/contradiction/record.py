"""What was told of one case and of those beside it, as the rules of contradiction read it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from mingjing_shared.clock import local_date
from mingjing_shared.events.casework import (
    ActionPerformed,
    CaseAccepted,
    DecisionMade,
    DecisionServed,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.finance import FinePaid
from mingjing_shared.events.personnel import OfficerChanged, UnitChanged
from mingjing_shared.events.property import (
    PropertyDisposed,
    PropertyRegistered,
    PropertyReturned,
)
from mingjing_shared.events.recorders import CaseAreaEntered, CaseAreaLeft, FootageCaptured
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

E = TypeVar("E")

NOTICE_WORD = "告知"
HEARING_NOTICE_WORD = "听证通知"
LIST_WORD = "清单"


@dataclass(frozen=True, slots=True)
class Fact(Generic[E]):
    """One event that was told: the id by which it is named, and what it says."""

    id: str
    event: E

    @property
    def case(self) -> str:
        """The case that it is about, as key."""
        return case_key(self.event.case_number)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody was in a room of the case area: from coming in to going out, if he went."""

    entered: Fact[CaseAreaEntered]
    left: Fact[CaseAreaLeft] | None

    @property
    def begin(self) -> datetime:
        """When he came in."""
        return self.entered.event.at

    @property
    def end(self) -> datetime | None:
        """When he went out; none: he has not."""
        return self.left.event.at if self.left else None


class Record:
    """Everything that was told, by what it is; of what was told twice of one thing, the last.

    Args:
        told: events in the order in which they hold: a later one replaces an earlier one of the
            same act, decision or case.
    """

    def __init__(self, told: Iterable[Fact[Any]]) -> None:
        self._told = tuple(told)

    def fact(self, name: str) -> Fact[Any]:
        """The event of this id.

        Raises:
            KeyError: it was not told.
        """
        return self._by_id[name]

    @cached_property
    def _by_id(self) -> Mapping[str, Fact[Any]]:
        return {fact.id: fact for fact in self._told}

    def of(self, kind: type[E]) -> Sequence[Fact[E]]:
        """The events of one type."""
        return [fact for fact in self._told if type(fact.event) is kind]

    @cached_property
    def cases(self) -> Mapping[str, Fact[CaseAccepted]]:
        """The acceptance of every case, by its key."""
        return {fact.case: fact for fact in self.of(CaseAccepted)}

    @cached_property
    def acts(self) -> Sequence[Fact[ActionPerformed]]:
        """Every act, by when it began."""
        last = {fact.event.action_id: fact for fact in self.of(ActionPerformed)}
        return sorted(last.values(), key=lambda fact: (fact.event.started_at, fact.id))

    @cached_property
    def documents(self) -> Sequence[Fact[DocumentMade]]:
        """Every document, by when it was made."""
        return sorted(self.of(DocumentMade), key=lambda fact: (fact.event.made_at, fact.id))

    @cached_property
    def decisions(self) -> Mapping[str, Fact[DecisionMade]]:
        """Every decision that was made, by its id."""
        return {fact.event.decision_id: fact for fact in self.of(DecisionMade)}

    @cached_property
    def services(self) -> Sequence[Fact[DecisionServed]]:
        """Every service of a decision."""
        return self.of(DecisionServed)

    @cached_property
    def payments(self) -> Sequence[Fact[FinePaid]]:
        """Every payment, by its day."""
        return sorted(self.of(FinePaid), key=lambda fact: (fact.event.paid_on, fact.id))

    @cached_property
    def ends(self) -> Mapping[str, Fact[EnforcementEnded]]:
        """The end of enforcement of every case that ended, by its key."""
        return {fact.case: fact for fact in self.of(EnforcementEnded)}

    @cached_property
    def footage(self) -> Sequence[Fact[FootageCaptured]]:
        """Every recording."""
        return self.of(FootageCaptured)

    @cached_property
    def registered(self) -> Sequence[Fact[PropertyRegistered]]:
        """Every thing that was taken in."""
        return self.of(PropertyRegistered)

    @cached_property
    def given_out(self) -> Sequence[Fact[PropertyReturned] | Fact[PropertyDisposed]]:
        """Every thing that was given back or disposed of."""
        return [*self.of(PropertyReturned), *self.of(PropertyDisposed)]

    @cached_property
    def stays(self) -> Sequence[Stay]:
        """Who was when in which room: each coming in with the next going out of that room."""
        left = sorted(self.of(CaseAreaLeft), key=lambda fact: fact.event.at)
        free = set(range(len(left)))
        found = []
        for entered in sorted(self.of(CaseAreaEntered), key=lambda fact: fact.event.at):
            who, room = entered.event.person_ref, entered.event.room
            out = next(
                (
                    number
                    for number in sorted(free)
                    if (left[number].event.person_ref, left[number].event.room) == (who, room)
                    and left[number].event.at >= entered.event.at
                ),
                None,
            )
            free.discard(-1 if out is None else out)
            found.append(Stay(entered, None if out is None else left[out]))
        return found

    def officer_on(self, number: str, day: date) -> Fact[OfficerChanged] | None:
        """What held of an officer on a day."""
        known = [
            fact
            for fact in self.of(OfficerChanged)
            if fact.event.police_number == number and fact.event.valid_from <= day
        ]
        return max(known, key=lambda fact: fact.event.valid_from, default=None)

    def level_of(self, unit: str) -> str | None:
        """The level of a unit as it was told last."""
        known = [fact.event.level for fact in self.of(UnitChanged) if fact.event.code == unit]
        return known[-1] if known else None

    def kind_of(self, case: str) -> str | None:
        """The kind of a case."""
        return self.cases[case].event.kind if case in self.cases else None


def says_of(document: DocumentMade, word: str) -> bool:
    """Whether a document's kind or title has a word."""
    return word in document.kind or word in document.title


def day_of(moment: datetime) -> date:
    """The day of an instant, in Shanghai."""
    return local_date(moment)
