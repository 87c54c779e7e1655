"""Where a decision stands by the facts that hold: withheld, due by a day, or without a clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from mingjing_disclosure.rules.publication import publication_deadline
from mingjing_disclosure.rules.withholding import (
    Concerned,
    Withheld,
    undone_before_public,
    withheld,
)
from mingjing_shared.law.errors import NoRuleInForce

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from mingjing_disclosure.rules.effect import Undone
    from mingjing_disclosure.rules.progress import Work
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
GONE = Standing("withheld", "来源系统已更正：这件决定不再存在。")
CLASSIFIED = Standing("withheld", "本案已标明涉密，不得公开；已公开的应立即撤回。")


def standing_of(
    *,
    decision_kind: str,
    made_on: date,
    offence_from: date | None,
    case_kind: str | None,
    accepted_on: date,
    parties: Sequence[Concerned],
    calendar: WorkingCalendar,
    work: Work,
    undone: Undone | None = None,
    basis: Sequence[Mapping[str, Any]] = (),
    sensitive: Sequence[str] = (),
    also_on: date | None = None,
) -> Standing:
    """Withheld, due by a day, or without a clock because no rule of that day is held.

    A rule that withholds comes first, unless a person released it where the law leaves that
    open; then what undid the decision; then a person's decision to withhold. What is public is
    judged by the law of another day besides, ``also_on``: today's may seal what was open.
    """
    judge = partial(
        withheld,
        decision_kind=decision_kind,
        offence_from=offence_from,
        case_kind=case_kind,
        accepted_on=accepted_on,
        parties=parties,
        basis=basis,
        released=work.released,
        sensitive=sensitive,
    )
    reason = judge(made_on=made_on)
    if reason is None and also_on is not None and also_on > made_on:
        reason = judge(made_on=also_on)
    if reason is None and undone is not None:
        reason = undone_before_public(undone, made_on)
    if reason is None and work.withheld is not None:
        reason = _by_person(work)
    if reason is not None:
        return Standing("withheld", reason.says, rule=reason.rule, withheld=reason)
    return _due(decision_kind, made_on, calendar)


def _by_person(work: Work) -> Withheld:
    assert work.withheld is not None
    given = work.withheld
    return Withheld(
        reason_code=given["code"],
        rule=given["law"],
        source=given["article"],
        says=f"{given['title']}，不予公开。",
        decided_by=given["by"],
        releasable=True,
    )


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
