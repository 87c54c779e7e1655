"""Contradictions of acts: who acted when, how many, with what right, in which order. Pure."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from mingjing_review.rules.contradiction.finding import found
from mingjing_review.rules.contradiction.law import in_force
from mingjing_review.rules.contradiction.record import HEARING_NOTICE_WORD, day_of, says_of
from mingjing_shared.events.codes import ACTION_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from mingjing_review.rules.contradiction.finding import Finding
    from mingjing_review.rules.contradiction.record import Fact, Record
    from mingjing_shared.events.casework import ActionPerformed
    from mingjing_shared.events.personnel import OfficerChanged
    from mingjing_shared.law.calendar import WorkingCalendar

ALONE = frozenset({
    "questioning", "identification", "inspection", "search", "scene_examination", "hearing",
    "mediation",
})  # fmt: skip
NEED_TWO = frozenset({
    "questioning", "identification", "inspection", "search", "scene_examination", "seizure",
    "detention_of_goods", "sealing", "freezing", "sampling", "registered_preservation",
    "forced_test", "coercive_measure", "coercive_execution",
})  # fmt: skip
ONE_WHERE_RECORDED = frozenset({"questioning", "seizure", "identification", "mediation"})
AFTER_ACCEPTANCE = frozenset({
    "questioning", "identification", "inspection", "search", "sampling", "hearing", "mediation",
    "notice",
})  # fmt: skip
_HOUR_SECONDS = 3600


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Whether two spans have more than an instant in common."""
    return max(one[0], other[0]) < min(one[1], other[1])


def _span(act: Fact[ActionPerformed]) -> tuple[datetime, datetime]:
    return act.event.started_at, act.event.ended_at


def _name(act: Fact[ActionPerformed]) -> str:
    return ACTION_NAMES.get(act.event.kind, act.event.kind)


def _day(act: Fact[ActionPerformed]) -> date:
    return day_of(act.event.started_at)


def officer_twice(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """One officer takes part in two acts at once that each want the whole of him."""
    mine: dict[str, list[Fact[ActionPerformed]]] = {}
    for act in record.acts:
        if act.event.kind in ALONE:
            for number in set(act.event.officers):
                mine.setdefault(number, []).append(act)
    told: dict[tuple[str, str], tuple[Fact[ActionPerformed], Fact[ActionPerformed], list[str]]] = {}
    for officer, acts in sorted(mine.items()):
        for one, other in combinations(acts, 2):
            if overlap(_span(one), _span(other)):
                told.setdefault((one.id, other.id), (one, other, []))[2].append(officer)
    for one, other, officers in told.values():
        kind = in_force("officer_twice", _day(one))
        if kind:
            who = "、".join(officers)
            says = f"{who} 同时参加{_name(one)}和{_name(other)}，时间重叠。"
            yield found(kind, says, one, other)


def act_backwards(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """An act ends before it begins."""
    for act in record.acts:
        kind = in_force("act_backwards", _day(act))
        if kind and act.event.ended_at < act.event.started_at:
            yield found(kind, f"{_name(act)}的结束时间早于开始时间。", act)


def few_officers(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """One officer where two are needed, unless the law lets one do it while it is recorded."""
    for act in record.acts:
        case = record.cases.get(act.case)
        kind = in_force("few_officers", _day(act))
        if not kind or act.event.kind not in NEED_TWO or len(set(act.event.officers)) > 1:
            continue
        if (case and case.event.procedure == "simple") or may_be_one(record, act):
            continue
        yield found(kind, f"{_name(act)}只有 {len(set(act.event.officers))} 名民警。", act)


def may_be_one(record: Record, act: Fact[ActionPerformed]) -> bool:
    """Whether one officer may do this, if all of it is recorded (治安管理处罚法 §108)."""
    return (
        record.kind_of(act.case) == "public_security"
        and in_force("one_officer_unrecorded", _day(act)) is not None
        and act.event.place_kind == "case_area"
        and act.event.kind in ONE_WHERE_RECORDED
    )


def one_officer_unrecorded(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """One officer may do it if the whole is recorded, and it is not."""
    for act in record.acts:
        kind = in_force("one_officer_unrecorded", _day(act))
        if not kind or len(set(act.event.officers)) != 1 or not may_be_one(record, act):
            continue
        begin, end = _span(act)
        (officer,) = set(act.event.officers)
        covered = any(
            film.event.officer == officer
            and film.event.started_at <= begin
            and film.event.ended_at >= end
            for film in record.footage
        )
        if not covered:
            yield found(kind, f"一名民警{_name(act)}，没有全程同步录音录像。", act)


def unqualified(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """An officer acts without being qualified on that day."""
    for act in record.acts:
        day = _day(act)
        kind = in_force("unqualified", day)
        for officer in sorted(set(act.event.officers)) if kind else ():
            version = record.officer_on(officer, day)
            why = _why_unfit(version.event, day) if version else "人员名录中没有记载"
            if kind and why:
                facts = [act, version] if version else [act]
                yield found(kind, f"{officer} 在 {day} {_name(act)}时{why}。", *facts)


def _why_unfit(version: OfficerChanged, day: date) -> str | None:
    if version.active is False:
        return "已不在岗"
    if not version.enforcement_certificate:
        return "没有执法证"
    until = version.qualification_valid_until
    if until is not None and until < day:
        return f"执法资格已于 {until} 到期"
    return None


def questioned_too_long(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Questioning longer than the law allows: 8 hours, 24 where detention may follow."""
    for act in record.acts:
        kind = in_force("questioned_too_long", _day(act))
        hours = (act.event.ended_at - act.event.started_at).total_seconds() / _HOUR_SECONDS
        if kind and kind.hours and act.event.kind == "questioning" and hours > kind.hours:
            says = f"一次询问 {hours:.1f} 小时，超过 {kind.hours} 小时。"
            yield found(kind, says, act)


def before_acceptance(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """An act that a case must have been accepted for began before it was."""
    for act in record.acts:
        case = record.cases.get(act.case)
        kind = in_force("before_acceptance", _day(act))
        if not kind or case is None or act.event.kind not in AFTER_ACCEPTANCE:
            continue
        if act.event.started_at < case.event.accepted_at:
            yield found(kind, f"{_name(act)}早于受案。", act, case)


def hearing_too_soon(record: Record, calendar: WorkingCalendar) -> Iterator[Finding]:
    """A hearing comes sooner after its notice than the law wants."""
    for hearing in record.acts:
        if hearing.event.kind != "hearing":
            continue
        held = _day(hearing)
        kind = in_force("hearing_too_soon", held)
        notices = [
            paper
            for paper in record.documents
            if paper.case == hearing.case
            and says_of(paper.event, HEARING_NOTICE_WORD)
            and day_of(paper.event.made_at) <= held
        ]
        if not kind or not kind.days or not notices:
            continue
        first = notices[0]
        days = _working_days(day_of(first.event.made_at), held, calendar)
        if days < kind.days:
            says = f"听证通知后第 {days} 个工作日即举行听证，应当提前 {kind.days} 个工作日通知。"
            yield found(kind, says, first, hearing)


def _working_days(first: date, last: date, calendar: WorkingCalendar) -> int:
    """Working days after one day up to another, that one included."""
    count, day = 0, first
    while day < last:
        day = type(day).fromordinal(day.toordinal() + 1)
        count += calendar.is_working_day(day)
    return count


def investigator_at_hearing(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Whoever holds the hearing took part in the investigation."""
    for hearing in record.acts:
        kind = in_force("investigator_at_hearing", _day(hearing))
        if not kind or hearing.event.kind != "hearing":
            continue
        officers = set(hearing.event.officers)
        case = record.cases.get(hearing.case)
        if case and officers & set(case.event.handlers):
            who = "、".join(sorted(officers & set(case.event.handlers)))
            yield found(kind, f"听证人员 {who} 是本案承办人。", hearing, case)
        for act in record.acts:
            is_other = act.case == hearing.case and act.event.kind != "hearing"
            if not is_other or act.event.kind.startswith(("notice", "service_")):
                continue
            if both := officers & set(act.event.officers):
                who = "、".join(sorted(both))
                yield found(kind, f"听证人员 {who} 参加过本案的{_name(act)}。", hearing, act)


def recorded_elsewhere(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """An officer's recorder shows him in another case while he takes part in an act."""
    for film in record.footage:
        if film.event.case_number is None:
            continue
        for act in record.acts:
            kind = in_force("recorded_elsewhere", _day(act))
            if not kind or act.event.kind not in ALONE or film.case == act.case:
                continue
            span = (film.event.started_at, film.event.ended_at)
            if film.event.officer in act.event.officers and overlap(span, _span(act)):
                says = f"{film.event.officer} {_name(act)}时，其记录仪在拍摄另一案件。"
                yield found(kind, says, film, act)


def not_shown(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Officers did not show their certificate."""
    for act in record.acts:
        kind = in_force("not_shown", _day(act))
        told = act.event.told
        if kind and told and told.certificate_shown is False and act.event.place_kind != "remote":
            yield found(kind, f"{_name(act)}时没有出示执法证件。", act)


def act_after_end(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """An act after enforcement had ended; service may come after."""
    for act in record.acts:
        end = record.ends.get(act.case)
        kind = in_force("act_after_end", _day(act))
        if not kind or end is None or act.event.kind.startswith("service_"):
            continue
        if _day(act) > end.event.ended_on:
            says = f"{end.event.ended_on} 已结案，{_day(act)} 仍有{_name(act)}。"
            yield found(kind, says, act, end)
