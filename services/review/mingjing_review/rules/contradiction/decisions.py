"""Contradictions of decisions: notice, service, powers, limits, ages, payments. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from mingjing_review.rules.checks import LIMITS, POWERS, STATION_LEVELS
from mingjing_review.rules.contradiction.finding import found
from mingjing_review.rules.contradiction.law import in_force
from mingjing_review.rules.contradiction.record import NOTICE_WORD, day_of, says_of
from mingjing_shared.events.values import yuan
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.identity import birth_date_of
from mingjing_shared.law.rules import Version, load_dated, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingjing_review.rules.contradiction.finding import Finding
    from mingjing_review.rules.contradiction.record import Fact, Record
    from mingjing_shared.events.casework import DecisionMade
    from mingjing_shared.events.values import Party
    from mingjing_shared.law.calendar import WorkingCalendar


class SimpleLimit(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """The greatest fine of a simple procedure (当场处罚)."""

    at_most: Decimal


SERVICE = load_rules("mingjing_review", "service")
SIMPLE = load_dated("mingjing_review", "simple", SimpleLimit)
_ON_THE_SPOT = frozenset({"warning", "criticism", "fine"})
_BY_A_STATION = frozenset({"warning", "fine"})
_AGAINST = frozenset({"suspect", "penalised"})


def _penalties(record: Record) -> Iterator[Fact[DecisionMade]]:
    return (made for made in record.decisions.values() if made.event.kind == "penalty")


def _fine(made: DecisionMade) -> Decimal:
    return yuan(made.outcome.fine) if made.outcome.fine is not None else Decimal()


def notice_missing(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A penalty whose party was told nothing before it."""
    for made in _penalties(record):
        case = record.cases.get(made.case)
        kind = in_force("notice_missing", made.event.made_on)
        if not kind or case is None or case.event.procedure == "simple":
            continue
        if not _told_on(record, made.case):
            yield found(kind, "作出处罚决定前没有告知。", made)


def notice_after(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """The party was told only after the decision."""
    for made in _penalties(record):
        kind = in_force("notice_after", made.event.made_on)
        told = _told_on(record, made.case)
        if kind and told and min(told)[0] > made.event.made_on:
            first = min(told)
            says = f"{made.event.made_on} 作出决定，{first[0]} 才告知。"
            yield found(kind, says, first[2], made)


def _told_on(record: Record, case: str) -> list[tuple[date, str, Fact[object]]]:
    acts = [
        (day_of(act.event.started_at), act.id, act)
        for act in record.acts
        if act.case == case and act.event.kind == "notice"
    ]
    papers = [
        (day_of(paper.event.made_at), paper.id, paper)
        for paper in record.documents
        if paper.case == case and says_of(paper.event, NOTICE_WORD)
    ]
    return [*acts, *papers]  # type: ignore[list-item]


def served_early(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A decision was served before it was made."""
    for served in record.services:
        made = record.decisions.get(served.event.decision_id)
        kind = in_force("served_early", served.event.served_on)
        if kind and made is not None and served.event.served_on < made.event.made_on:
            says = f"{served.event.served_on} 送达，{made.event.made_on} 才作出。"
            yield found(kind, says, served, made)


def served_late(record: Record, calendar: WorkingCalendar) -> Iterator[Finding]:
    """A decision was served later than the law allows."""
    for served in record.services:
        made = record.decisions.get(served.event.decision_id)
        kind = in_force("served_late", served.event.served_on)
        if not kind or made is None:
            continue
        rule = SERVICE.get(record.kind_of(made.case) or "", SERVICE["other"])
        if not rule.is_in_force_on(made.event.made_on):
            continue
        last = deadline(rule, made.event.made_on, calendar)
        if served.event.served_on > last.due_on:
            says = f"应当在 {last.due_on} 前送达，{served.event.served_on} 送达。"
            yield found(kind, says, served, made)


def over_ceiling(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """More days of detention than the law knows."""
    for made in record.decisions.values():
        kind = in_force("over_ceiling", made.event.made_on)
        days = made.event.outcome.detention_days or 0
        if kind and kind.days and days > kind.days:
            yield found(kind, f"拘留 {days} 日，最长 {kind.days} 日。", made)


def simple_over_limit(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A simple procedure decided what it may not."""
    for made in _penalties(record):
        case = record.cases.get(made.case)
        kind = in_force("simple_over_limit", made.event.made_on)
        if not kind or case is None or case.event.procedure != "simple":
            continue
        parties = made.event.parties or case.event.parties
        of = "organisation" if any(one.kind == "organisation" for one in parties) else "person"
        dated = SIMPLE.get(case.event.kind or "", SIMPLE[f"other.{of}"])
        if not dated.is_in_force_on(made.event.made_on):
            continue
        limit = dated.in_force_on(made.event.made_on)
        if not set(made.event.outcome.kinds) <= _ON_THE_SPOT:
            yield found(kind, "当场处罚只能是警告、通报批评或罚款。", made, case)
        elif _fine(made.event) > limit.at_most:
            says = f"当场罚款 {made.event.outcome.fine} 元，超过 {limit.at_most} 元。"
            yield found(kind, says, made, case)


def station_over_power(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A police station decided by itself what it may only propose."""
    for made in _penalties(record):
        kind = in_force("station_over_power", made.event.made_on)
        is_station = record.level_of(made.event.unit) in STATION_LEVELS
        if not kind or not is_station or record.kind_of(made.case) != "public_security":
            continue
        power = POWERS["station.public_security"].in_force_on(made.event.made_on)
        within = set(made.event.outcome.kinds) <= _BY_A_STATION
        if not within or _fine(made.event) > power.at_most:
            says = f"派出所只能决定警告和 {power.at_most} 元以下罚款。"
            yield found(kind, says, made)


def limitation_passed(record: Record, calendar: WorkingCalendar) -> Iterator[Finding]:
    """The offence was too long ago when the case was accepted."""
    for made in _penalties(record):
        case = record.cases.get(made.case)
        kind = in_force("limitation_passed", made.event.made_on)
        if not kind or case is None or made.event.offence_from is None:
            continue
        rule = LIMITS.get(case.event.kind or "", LIMITS["other"])
        last = deadline(rule.in_force_on(made.event.made_on), made.event.offence_from, calendar)
        if day_of(case.event.accepted_at) > last.due_on:
            says = f"违法行为发生在 {made.event.offence_from}，追究到 {last.due_on} 为止。"
            yield found(kind, says, made, case)


def hearing_after_decision(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """The hearing ended after what it should have been heard for was decided."""
    for made in record.decisions.values():
        kind = in_force("hearing_after_decision", made.event.made_on)
        for act in record.acts if kind else ():
            is_hearing = act.case == made.case and act.event.kind == "hearing"
            if kind and is_hearing and day_of(act.event.ended_at) > made.event.made_on:
                yield found(kind, "作出决定以后才举行听证。", act, made)


def handler_approved(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Whoever handled the case approved the decision."""
    for made in record.decisions.values():
        case = record.cases.get(made.case)
        kind = in_force("handler_approved", made.event.made_on)
        if kind and case is not None and made.event.approved_by in case.event.handlers:
            says = f"批准人 {made.event.approved_by} 是本案承办人。"
            yield found(kind, says, made, case)


def case_too_long(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A decision came later than the case may take, all extensions used."""
    for made in _penalties(record):
        case = record.cases.get(made.case)
        kind = in_force("case_too_long", made.event.made_on)
        if not kind or not kind.days or case is None:
            continue
        days = (made.event.made_on - day_of(case.event.accepted_at)).days
        if days > kind.days:
            says = f"受案后第 {days} 日作出决定，超过 {kind.days} 日。"
            yield found(kind, says, made, case)


def child_punished(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A child below the age of responsibility was punished."""
    for made in _penalties(record):
        case = record.cases.get(made.case)
        kind = in_force("child_punished", made.event.made_on)
        offence = made.event.offence_from
        if not kind or not kind.age or case is None or offence is None:
            continue
        parties = made.event.parties or case.event.parties
        if any(_is_younger(one, offence, kind.age) for one in parties):
            says = f"违法时当事人不满 {kind.age} 周岁，不予处罚。"
            yield found(kind, says, made, case)


def _is_younger(party: Party, day: date, age: int) -> bool:
    if party.role not in _AGAINST:
        return False
    born = party.birth_date or (birth_date_of(party.resident_id) if party.resident_id else None)
    return born is not None and day < born + relativedelta(years=age)


def decided_after_end(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A decision after enforcement had ended."""
    for made in record.decisions.values():
        end = record.ends.get(made.case)
        kind = in_force("decided_after_end", made.event.made_on)
        if kind and end is not None and made.event.made_on > end.event.ended_on:
            says = f"{end.event.ended_on} 已结案，{made.event.made_on} 才作出决定。"
            yield found(kind, says, made, end)


def paid_before_decision(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """A fine was paid before it was imposed."""
    for paid in record.payments:
        made = record.decisions.get(paid.event.decision_id)
        kind = in_force("paid_before_decision", paid.event.paid_on)
        if kind and made is not None and paid.event.paid_on < made.event.made_on:
            says = f"{paid.event.paid_on} 缴款，{made.event.made_on} 才作出决定。"
            yield found(kind, says, paid, made)


def paid_other_sum(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """More was paid than was imposed."""
    for made in record.decisions.values():
        total = Decimal()
        for paid in record.payments:
            if paid.event.decision_id != made.event.decision_id:
                continue
            total += yuan(paid.event.amount)
            kind = in_force("paid_other_sum", paid.event.paid_on)
            if kind and total > _fine(made.event):
                says = f"已缴 {total} 元，罚款 {made.event.outcome.fine or 0} 元。"
                yield found(kind, says, paid, made)
                break
