"""Where a decision stands on the way to publication: one function of the facts that hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mingjing_disclosure.rules.publication import publication_deadline
from mingjing_disclosure.rules.withholding import Concerned, Withheld, withheld
from mingjing_shared.law.errors import NoRuleInForce

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mingjing_shared.law.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Standing:
    """State, and what explains it."""

    state: str
    says: str
    due_on: date | None = None
    due_at: datetime | None = None
    provisional: bool = False
    rule: str | None = None
    rule_version: str = ""
    withheld: Withheld | None = None


WAITING = Standing("waiting_case", "尚未收到该案的受案信息，暂不处理。")


def standing_of(
    *,
    decision_kind: str,
    made_on: date,
    offence_from: date | None,
    case_kind: str | None,
    accepted_on: date,
    parties: Sequence[Concerned],
    calendar: WorkingCalendar,
) -> Standing:
    """Withheld, due by a day, or without a clock because no rule of that day is held."""
    reason = withheld(
        decision_kind=decision_kind,
        made_on=made_on,
        offence_from=offence_from,
        case_kind=case_kind,
        accepted_on=accepted_on,
        parties=parties,
    )
    if reason is not None:
        return Standing("withheld", reason.says, rule=reason.rule, withheld=reason)
    return _due(decision_kind, made_on, calendar)


@lru_cache(maxsize=4096)
def _due(decision_kind: str, made_on: date, calendar: WorkingCalendar) -> Standing:
    try:
        due = publication_deadline(decision_kind, made_on, calendar)
    except NoRuleInForce as error:
        return Standing("no_clock", str(error))
    return Standing(
        "due",
        due.text(),
        due_on=due.due_on,
        due_at=due.due_at,
        provisional=due.provisional,
        rule=due.rule,
        rule_version=f"{due.rule}@{due.version_from}",
    )
