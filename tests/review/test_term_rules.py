"""Limits of cases, pauses, extensions, transfers, reminders: each by the law of its day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_review.rules.limit import (
    CaseTime,
    approver_hindrance,
    has_limit,
    limit_of,
    may_extend,
)
from mingjing_review.rules.pausing import Break, counted
from mingjing_review.rules.review_term import review_term
from mingjing_review.rules.term import remind_at
from mingjing_review.rules.transfer import Spoken, transfer_of, transfer_term
from mingjing_shared.directory.tree import Unit, UnitTree
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import NoRuleInForce
from mingjing_shared.law.rules import RuleVersion

CALENDAR = published_calendar()
ONE = timedelta(days=1)
DAYS = st.dates(date(2022, 1, 1), date(2026, 6, 30))
BREAKS = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=3).map(
    lambda found: [Break("鉴定", since, since + n * ONE) for since, n in found]
)
UNITS = st.sampled_from(["day", "working_day"])


def a_rule(unit, count=30, roll="none"):
    return RuleVersion(
        id="x", title="期限", valid_from=date(2018, 1, 1), source="§", confidence="assumed",
        unit=unit, count=count, start_event="x", roll=roll,
    )  # fmt: skip


@given(UNITS, DAYS, BREAKS, st.integers(0, 60))
def test_a_pause_adds_exactly_the_days_that_are_left_out(unit, start, breaks, extra):
    end = counted(a_rule(unit), start, extra, breaks, CALENDAR)
    days = [start + n * ONE for n in range(1, (end.nominal - start).days + 1)]
    left_out = [day for day in days if any(one.since < day <= one.until for one in breaks)]
    kept = [day for day in days if day not in left_out]
    assert end.paused == len(left_out)
    if unit == "working_day":
        kept = [day for day in kept if CALENDAR.is_working_day(day)]
    assert len(kept) == 30 + extra
    assert end.due_on > start


@given(UNITS, st.tuples(DAYS, DAYS), BREAKS, st.integers(0, 30), st.integers(0, 30))
def test_a_term_that_starts_later_or_is_extended_never_ends_earlier(
    unit, days, breaks, extra, more
):
    first, second = sorted(days)
    rule = a_rule(unit, roll="next_working_day" if unit == "day" else "none")
    end = counted(rule, first, extra, breaks, CALENDAR)
    assert end.due_on <= counted(rule, second, extra, breaks, CALENDAR).due_on
    assert end.due_on <= counted(rule, first, extra + more, breaks, CALENDAR).due_on
    if unit == "day" and not breaks:
        longer = counted(rule, first, extra + more, breaks, CALENDAR)
        assert longer.nominal - end.nominal == more * ONE


@given(UNITS, DAYS, st.integers(0, 40))
def test_while_a_pause_lasts_there_is_no_last_day_unless_it_came_too_late(unit, start, after):
    lasting = Break("听证", start + after * ONE)
    end = counted(a_rule(unit), start, 0, [lasting], CALENDAR)
    without = counted(a_rule(unit), start, 0, [], CALENDAR)
    if lasting.since >= without.due_on:
        assert end.due_on == without.due_on
    else:
        assert (end.due_on, end.standing) == (None, lasting)
        assert 0 < end.left <= 30


def limit(kind="public_security", on="2026-03-02", **more):
    return limit_of(CaseTime(kind, date.fromisoformat(on), **more), CALENDAR)


@pytest.mark.parametrize(
    ("kind", "accepted", "due", "rule"),
    [
        ("public_security", "2025-12-31", "2026-01-30", "case.limit.public_security"),
        ("public_security", "2026-01-01", "2026-02-02", "case.limit.public_security"),
        ("public_security", "2026-01-02", "2026-02-02", "case.limit.public_security"),
        ("traffic", "2026-03-02", "2026-06-01", "case.limit.other"),
        ("permit", "2026-03-02", "2026-03-30", "case.limit.permit"),
    ],
)
def test_a_case_is_to_be_decided_by_the_limit_of_its_kind_and_day(kind, accepted, due, rule):
    term = limit(kind, accepted)
    assert (term.due_on, term.rule) == (date.fromisoformat(due), rule)
    assert term.started_on == date.fromisoformat(accepted)
    assert term.source in term.says


def test_before_the_law_of_2021_other_cases_have_no_limit_that_we_know():
    with pytest.raises(NoRuleInForce):
        limit("traffic", "2021-07-14")
    assert limit("traffic", "2021-07-15").due_on == date(2021, 10, 13)


def test_a_crime_and_a_case_of_unknown_kind_have_no_administrative_limit():
    assert not has_limit("criminal")
    assert not has_limit(None)


def test_the_time_of_a_hearing_is_left_out_of_public_security_cases_since_2026():
    heard = [(date(2026, 3, 10), date(2026, 3, 20))]
    assert limit(hearings=heard).due_on == limit().due_on + 10 * ONE + 2 * ONE  # rolls to Monday
    assert limit("traffic", hearings=heard).due_on == limit("traffic").due_on
    before = [(date(2025, 12, 10), date(2025, 12, 20))]
    plain = limit(on="2025-12-01")
    assert limit(on="2025-12-01", hearings=before).due_on == plain.due_on


def test_the_time_of_an_expert_is_left_out_of_every_case():
    papers = [("鉴定聘请书", date(2026, 3, 10)), ("鉴定意见书", date(2026, 3, 20))]
    due = {"public_security": date(2026, 4, 13), "traffic": date(2026, 6, 10)}
    for kind, day in due.items():
        term = limit(kind, papers=papers)
        assert "其间10日不计入（鉴定）" in term.says
        assert term.due_on == day
    standing = limit(papers=papers[:1])
    assert (standing.due_on, standing.binding) == (None, False)
    assert "不计" in standing.says


@pytest.mark.parametrize(
    ("on", "times", "refused"),
    [
        ("2025-12-31", 0, False),
        ("2025-12-31", 1, True),
        ("2026-01-01", 1, False),
        ("2026-01-01", 2, True),
        ("2026-01-02", 2, True),
    ],
)
def test_a_limit_may_be_extended_once_and_since_2026_twice(on, times, refused):
    day = date.fromisoformat(on)
    assert bool(may_extend("public_security", [day] * times, day)) is refused
    assert "没有可以延长" in may_extend("traffic", [], day)


def test_each_extension_adds_thirty_days():
    approved = [date(2026, 3, 20), date(2026, 4, 20)]
    assert limit(approved=approved[:1]).due_on == date(2026, 5, 6)  # 5-1 to 5-5 are off
    assert limit(approved=approved).due_on == date(2026, 6, 1)  # 5-31 is a Sunday
    assert "延长 2 次" in limit(approved=approved).says


TREE = UnitTree(
    {
        "city": Unit("city", "市局", "city_bureau", None, None),
        "branch": Unit("branch", "分局", "district_branch", "city", None),
        "brigade": Unit("brigade", "大队", "brigade", "branch", None),
        "station": Unit("station", "派出所", "police_station", "branch", None),
    }
)


@pytest.mark.parametrize(
    ("case_unit", "approver", "allowed"),
    [
        ("station", "station", False),
        ("station", "branch", True),
        ("brigade", "branch", False),
        ("brigade", "city", True),
        ("branch", "city", True),
        ("branch", "branch", False),
        ("city", "city", True),
    ],
)
def test_a_stations_bureau_approves_and_of_others_the_organ_above(case_unit, approver, allowed):
    found = approver_hindrance("public_security", date(2026, 3, 2), case_unit, approver, TREE)
    assert (found is None) is allowed


AT = datetime(2026, 9, 14, 2, 0, tzinfo=UTC)


def spoken(*kinds):
    return [Spoken(kind, AT + n * timedelta(hours=1)) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), None),
        (("agree",), None),
        (("transfer",), "to_approve"),
        (("acknowledged",), "to_approve"),
        (("transfer", "approved"), "to_hand_over"),
        (("transfer", "declined"), "declined"),
        (("transfer", "agree"), "dropped"),
        (("transfer", "approved", "agree"), "to_hand_over"),
        (("transfer", "declined", "transfer"), "to_approve"),
        (("approved",), None),
    ],
)
def test_a_transfer_stands_where_opinion_and_head_put_it(kinds, state):
    found = transfer_of(spoken(*kinds), None)
    assert (found.state if found else None) == state


def test_the_head_has_three_days_and_then_there_are_twenty_four_hours():
    term = transfer_term(transfer_of(spoken("transfer"), None), CALENDAR)
    assert (term.task, term.waits_for, term.due_on) == ("approve", "head", date(2026, 9, 17))
    hand_over = transfer_term(transfer_of(spoken("transfer", "approved"), None), CALENDAR)
    assert hand_over.due_at == AT + timedelta(hours=25)
    assert hand_over.waits_for == "unit"


def test_a_transfer_that_casework_told_ends_it_unless_it_was_before():
    assert transfer_of(spoken("transfer"), date(2026, 9, 14)).state == "transferred"
    assert transfer_of(spoken("transfer"), date(2026, 9, 13)).state == "to_approve"


@given(DAYS, st.integers(1, 40))
def test_a_reminder_comes_once_the_term_runs_and_before_its_last_day_is_over(start, length):
    term = replace(limit(), started_on=start, due_on=start + length * ONE)
    at = remind_at(term, CALENDAR)
    day = at.date()
    assert start <= day < term.due_on or length == 0
    between = [day + n * ONE for n in range((term.due_on - day).days)]
    assert sum(CALENDAR.is_working_day(one) for one in between) <= 2


def test_nobody_is_reminded_of_what_does_not_bind():
    assert remind_at(replace(limit(), binding=False), CALENDAR) is None
    assert remind_at(replace(limit(), due_on=None), CALENDAR) is None


@pytest.mark.parametrize(
    ("state", "waits_for", "steps", "expected"),
    [
        ("review_required", "unit", [], ("opinion", "submit", False)),
        ("submitted", "reviewer", [("submitted", AT)], ("opinion", "opinion", True)),
        ("returned", "unit", [("submitted", AT)], ("supplement", "supplement", False)),
        ("opinion_given", "unit", [("submitted", AT)], ("supplement", "correct", False)),
    ],
)
def test_a_review_runs_one_term_at_a_time(state, waits_for, steps, expected):
    term = review_term(
        state=state,
        waits_for=waits_for,
        changed=False,
        due=(date(2026, 9, 21), False, "说明"),
        proposed_at=AT,
        steps=steps,
    )
    assert (term.kind, term.task, term.binding) == expected


def test_a_review_that_waits_for_nobody_runs_no_term():
    asked = {"changed": False, "due": (None, False, None), "proposed_at": AT, "steps": []}
    assert review_term(state="cleared", waits_for=None, **asked) is None
