"""The terms that run in a case, each with its reason: told by a department, or computed here.

A department's day is shown as it was told (rule, round, whether provisional); why a decision must
be public by its day is computed by the same rule, and said only when it gives that day. The term
for deciding the case and the party's term for reconsideration follow from casework's own facts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import LawError
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_tasks.rules.stage import CaseDuty, Happening

RULES = load_rules("mingjing_tasks", "time_limits")
PUBLICATION = {rule.id: rule for rule in load_rules("mingjing_shared", "publication").values()}
Tone = Literal["good", "soon", "late", "none"]
_TASKS = {"publication": 6, "casefile": 17, "review": 25}
_SOON_MAX = 3
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CaseClock:
    """A term: what for, what is left of it, until when, and why.

    ``left`` counts days (working days where ``working``); negative when it is over; none when it
    does not run.
    """

    code: str
    tone: Tone
    left: int | None
    working: bool
    due_on: date | None
    provisional: bool
    task: int | None
    rule: str | None
    why: str | None = None
    source: str | None = None
    from_on: date | None = None


def clocks_of(
    happenings: Sequence[Happening],
    duties: Sequence[CaseDuty],
    case_kind: str | None,
    today: date,
    calendar: WorkingCalendar,
) -> list[CaseClock]:
    """The clocks of a case that run, the first due on top; then those that do not run yet."""
    told = [
        replace(_told(duty, today, calendar), why=_why_public(duty, happenings, calendar))
        for duty in duties
        if duty.state == "open"
    ]
    own = [
        *_deciding(happenings, case_kind, today, calendar),
        *_remedy(happenings, today, calendar),
    ]
    running = sorted([*told, *own], key=lambda clock: (clock.due_on or date.max, clock.code))
    ended = any(duty.kind == "casefile" for duty in duties)
    waiting = (
        []
        if ended
        else [CaseClock("casefile", "none", None, False, None, False, _TASKS["casefile"], None)]
    )
    return [*running, *waiting]


def working_days_between(today: date, due_on: date, calendar: WorkingCalendar) -> int:
    """How many working days are left after today up to and with the last day; negative: past it."""
    if due_on < today:
        return -working_days_between(due_on, today, calendar)
    days = (today + _ONE_DAY * n for n in range(1, (due_on - today).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def _told(duty: CaseDuty, today: date, calendar: WorkingCalendar) -> CaseClock:
    working = duty.kind != "casefile"
    return CaseClock(
        code=duty.kind,
        tone=_tone(duty.due_on, duty.warn_on, today, provisional=duty.provisional),
        left=_left(duty.due_on, today, calendar, working=working),
        working=working,
        due_on=duty.due_on,
        provisional=duty.provisional,
        task=_TASKS.get(duty.kind),
        rule=duty.rule,
    )


def _why_public(
    duty: CaseDuty, happenings: Sequence[Happening], calendar: WorkingCalendar
) -> str | None:
    """Why a decision must be public by the day that was told, or why that is not known here."""
    if duty.kind != "publication" or duty.due_on is None:
        return None
    rule, made_on = PUBLICATION.get(duty.rule or ""), _made_on(duty, happenings)
    if rule is None:
        return f"此处没有规则 {duty.rule}，不能说明理由；见公示部门。"
    if made_on is None:
        return "此处没有该决定的作出日期，不能说明理由；见公示部门。"
    try:
        term = deadline(rule, made_on, calendar)
    except LawError as error:
        return f"{error.message}；不能说明理由，见公示部门。"
    if term.due_on != duty.due_on:
        return (
            f"公示部门告知的期限是 {duty.due_on}；此处按规则 {term.rule} 自 {made_on} 算得"
            f" {term.due_on}，不能说明理由，见公示部门。"
        )
    return term.text()


def _made_on(duty: CaseDuty, happenings: Sequence[Happening]) -> date | None:
    """The day on which the decision was made that a publication is about."""
    decisions = {
        happening.codes.get("decision_id")
        for happening in happenings
        if happening.what == "disclosure.due" and happening.codes.get("item_id") == duty.subject
    }
    days = [
        str(happening.codes["made_on"])
        for happening in happenings
        if happening.what == "decision.made"
        and happening.codes.get("decision_id") in decisions
        and happening.codes.get("made_on")
    ]
    return date.fromisoformat(max(days)) if days else None


def _deciding(
    happenings: Sequence[Happening],
    case_kind: str | None,
    today: date,
    calendar: WorkingCalendar,
) -> list[CaseClock]:
    """From acceptance until the case is decided or ended."""
    words = {happening.what for happening in happenings}
    accepted = next((h for h in happenings if h.what == "case.accepted"), None)
    if accepted is None or words & {"decision.made", "enforcement.ended", "case.transferred"}:
        return []
    key = "public_security.decide" if case_kind == "public_security" else "penalty.decide"
    return _own("deciding", key, accepted.day, today, calendar)


def _remedy(
    happenings: Sequence[Happening], today: date, calendar: WorkingCalendar
) -> list[CaseClock]:
    """From service, while the party may apply for reconsideration."""
    served = [h for h in happenings if h.what == "decision.served" and h.codes.get("served_on")]
    if not served:
        return []
    day = max(date.fromisoformat(str(h.codes["served_on"])) for h in served)
    found = _own("reconsideration", "reconsideration.apply", day, today, calendar)
    return [clock for clock in found if clock.due_on is not None and clock.due_on >= today]


def _own(
    code: str, key: str, start: date, today: date, calendar: WorkingCalendar
) -> list[CaseClock]:
    try:
        term = deadline(RULES[key], start, calendar)
    except LawError:
        return []  # no rule or calendar of that day: no clock, never a guess
    left = _left(term.due_on, today, calendar, working=False)
    tone = _tone(term.due_on, None, today, provisional=term.provisional)
    return [
        CaseClock(
            code=code,
            tone="good" if code == "reconsideration" else tone,
            left=left,
            working=False,
            due_on=term.due_on,
            provisional=term.provisional,
            task=None,
            rule=term.rule,
            why=term.text(),
            source=term.source,
            from_on=start,
        )
    ]


def _left(
    due_on: date | None, today: date, calendar: WorkingCalendar, *, working: bool
) -> int | None:
    if due_on is None:
        return None
    try:
        return working_days_between(today, due_on, calendar) if working else (due_on - today).days
    except LawError:
        return None  # before the first holiday notice that we hold


def _tone(due_on: date | None, warn_on: date | None, today: date, *, provisional: bool) -> Tone:
    if due_on is None:
        return "none"
    if due_on < today and not provisional:
        return "late"
    near = (due_on - today).days <= _SOON_MAX or (warn_on is not None and warn_on <= today)
    return "soon" if near else "good"
