"""Money paid in and swept."""

from typing import ClassVar

from mingjing_shared.events.base import CaseEvent, Event
from mingjing_shared.events.values import (
    Day,
    DecisionId,
    Money,
    Text,
    UnitCode,
)


class FinePaid(CaseEvent, frozen=True, kw_only=True):
    """A fine was paid.

    Sent by finance systems; key: case number. Taken by review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.fine.paid"
    label: ClassVar[str] = "缴纳罚款"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "finance systems"
    takers: ClassVar[frozenset[str]] = frozenset({"review", "tasks"})

    decision_id: DecisionId
    amount: Money
    paid_on: Day
    bank_ref: Text


class IncomeSwept(Event, frozen=True, kw_only=True):
    """Income from fines and confiscations was swept to the treasury.

    Sent by finance systems; key: unit. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.income.swept"
    label: ClassVar[str] = "罚没收入缴库"
    home: ClassVar[str] = "inbound"
    sender: ClassVar[str] = "finance systems"
    key: ClassVar[str] = "unit"
    subject_field: ClassVar[str] = "unit"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    unit: UnitCode
    amount: Money | None = None
    on: Day | None = None
