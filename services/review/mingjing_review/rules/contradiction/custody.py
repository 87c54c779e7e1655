"""Contradictions of custody and things: who was where, how long, and what was kept. Pure."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from mingjing_review.rules.contradiction.finding import found
from mingjing_review.rules.contradiction.law import in_force
from mingjing_review.rules.contradiction.record import LIST_WORD, day_of, says_of
from mingjing_shared.events.codes import ACTION_NAMES
from mingjing_shared.law.calendar import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingjing_review.rules.contradiction.finding import Finding
    from mingjing_review.rules.contradiction.record import Record
    from mingjing_shared.law.calendar import WorkingCalendar

TAKING = frozenset({"seizure", "detention_of_goods", "sealing", "registered_preservation"})
_HOUR_SECONDS = 3600


def person_twice(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Somebody was in two rooms at once."""
    for one, other in combinations(record.stays, 2):
        first, second = one.entered.event, other.entered.event
        kind = in_force("person_twice", day_of(first.at))
        if not kind or first.person_ref != second.person_ref or first.room == second.room:
            continue
        begin = max(one.begin, other.begin)
        ends = [stay.end for stay in (one, other) if stay.end is not None]
        if all(end > begin for end in ends):
            says = f"同一人同时在“{first.room}”和“{second.room}”。"
            yield found(kind, says, one.entered, other.entered)


def stay_too_long(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Somebody was kept in the case area longer than the law allows."""
    for stay in record.stays:
        kind = in_force("stay_too_long", day_of(stay.begin))
        if not kind or not kind.hours or stay.left is None or stay.end is None:
            continue
        hours = (stay.end - stay.begin).total_seconds() / _HOUR_SECONDS
        if hours > kind.hours:
            says = f"在办案区停留 {hours:.1f} 小时，超过 {kind.hours} 小时。"
            yield found(kind, says, stay.entered, stay.left)


def questioned_outside(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Somebody was questioned in the case area, and nobody of the case was in it then."""
    for act in record.acts:
        kind = in_force("questioned_outside", day_of(act.event.started_at))
        is_there = act.event.kind == "questioning" and act.event.place_kind == "case_area"
        stays = [stay for stay in record.stays if stay.entered.case == act.case]
        if not kind or not is_there or not stays:
            continue
        covered = any(
            stay.begin <= act.event.started_at
            and (stay.end is None or stay.end >= act.event.ended_at)
            for stay in stays
        )
        if not covered:
            yield found(kind, "询问笔录写明在办案区，但同一时间没有人在办案区。", act)


def seized_without_list(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Something was taken and no list of it was made."""
    for act in record.acts:
        first, last = day_of(act.event.started_at), day_of(act.event.ended_at) + ONE_DAY
        kind = in_force("seized_without_list", first)
        if not kind or act.event.kind not in TAKING:
            continue
        has_list = any(
            paper.case == act.case
            and says_of(paper.event, LIST_WORD)
            and first <= day_of(paper.event.made_at) <= last
            for paper in record.documents
        )
        if not has_list:
            yield found(kind, f"{ACTION_NAMES[act.event.kind]}后没有清单。", act)


def returned_before_taken(record: Record, _calendar: WorkingCalendar) -> Iterator[Finding]:
    """Something was given back or disposed of before it was registered."""
    taken = {fact.event.property_id: fact for fact in record.registered}
    for out in record.given_out:
        first = taken.get(out.event.property_id)
        kind = in_force("returned_before_taken", day_of(out.event.at))
        if kind and first is not None and out.event.at < first.event.at:
            yield found(kind, "财物的返还或处理早于登记入库。", first, out)
