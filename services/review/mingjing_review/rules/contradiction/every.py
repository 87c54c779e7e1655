"""Every rule of contradiction, and all that they find in a record. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.rules.contradiction import acts, custody, decisions, papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mingjing_review.rules.contradiction.finding import Finding
    from mingjing_review.rules.contradiction.record import Record
    from mingjing_shared.law.calendar import WorkingCalendar

RULES: Mapping[str, Callable[[Record, WorkingCalendar], Iterator[Finding]]] = {
    rule.__name__: rule
    for rule in (
        acts.officer_twice,
        acts.act_backwards,
        acts.few_officers,
        acts.one_officer_unrecorded,
        acts.unqualified,
        acts.questioned_too_long,
        acts.before_acceptance,
        acts.hearing_too_soon,
        acts.investigator_at_hearing,
        acts.recorded_elsewhere,
        acts.not_shown,
        acts.act_after_end,
        custody.person_twice,
        custody.stay_too_long,
        custody.questioned_outside,
        custody.seized_without_list,
        custody.returned_before_taken,
        decisions.notice_missing,
        decisions.notice_after,
        decisions.served_early,
        decisions.served_late,
        decisions.over_ceiling,
        decisions.simple_over_limit,
        decisions.station_over_power,
        decisions.limitation_passed,
        decisions.hearing_after_decision,
        decisions.handler_approved,
        decisions.case_too_long,
        decisions.child_punished,
        decisions.decided_after_end,
        decisions.paid_before_decision,
        decisions.paid_other_sum,
        papers.record_before_act,
        papers.number_twice,
        papers.number_out_of_order,
    )
}


def contradictions(record: Record, calendar: WorkingCalendar) -> tuple[Finding, ...]:
    """Everything that contradicts itself, the law or the clock; each finding once.

    Raises:
        NoRuleInForce, NoCalendar: a limit must be counted by a rule or year that is not held.
    """
    found = {
        (one.kind, one.facts): one for rule in RULES.values() for one in rule(record, calendar)
    }
    return tuple(sorted(found.values(), key=lambda one: (one.facts, one.kind)))
