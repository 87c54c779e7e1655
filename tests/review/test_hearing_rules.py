"""A hearing by the law of its day; and no way through it that the law forbids."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing_review.rules.hearing import (
    BY_LEGAL,
    MAY_FOLLOW,
    Deed,
    Hearing,
    accept_by,
    earliest_after,
    heard,
    hearing_of,
    hindrance,
    hold_by,
    interest_in,
    notice_by,
    own_times,
    request_by,
)
from mingjing_review.rules.hearing_papers import PAPERS, PaperFacts, hearing_paper
from mingjing_review.rules.hearing_right import hearing_rights
from mingjing_review.rules.hearing_terms import hearing_term
from mingjing_shared.events.values import Outcome
from mingjing_shared.law.calendar import published_calendar

CALENDAR = published_calendar()
ONE = timedelta(days=1)
TOLD = date(2026, 9, 14)  # a Monday
FAR = date(2026, 12, 31)
HANDLER, CHAIR, RECORDER = "034211", "034017", "034018"
DAYS = st.dates(date(2021, 7, 15), date(2026, 10, 31))


def rights(kinds=("fine",), on="2026-01-01", case="public_security", party="person", **sums):
    outcome = Outcome(kinds=tuple(kinds), **sums)
    return {one.rule for one in hearing_rights(case, {party}, outcome, date.fromisoformat(on))}


@pytest.mark.parametrize(
    ("fine", "on", "has"),
    [
        ("1999.99", "2025-12-31", False),
        ("2000", "2025-12-31", True),
        ("3999.99", "2026-01-01", False),
        ("4000", "2026-01-01", True),
        ("4000", "2026-01-02", True),
    ],
)
def test_a_larger_fine_gives_a_right_to_a_hearing_by_the_amount_of_its_day(fine, on, has):
    assert bool(rights(fine=fine, on=on)) is has


@pytest.mark.parametrize("kind", ["licence_downgrade", "closure", "career_ban"])
def test_kinds_that_came_with_the_law_of_2021_give_a_right_from_its_day_on(kind):
    assert rights([kind], "2021-07-14") == set()
    assert rights([kind], "2021-07-15") == {f"hearing.right.{kind}"}
    assert rights([kind], "2021-07-16") == {f"hearing.right.{kind}"}


@pytest.mark.parametrize("kind", ["licence_revocation", "business_suspension"])
def test_kinds_of_the_police_rule_gave_a_right_before(kind):
    assert rights([kind], "2021-07-14") == rights([kind], "2021-07-15") != set()


def test_only_a_larger_confiscation_gives_a_right():
    kinds = ["confiscation_of_gains"]
    assert rights(kinds, confiscated="3999") == set()
    assert rights(kinds, confiscated="4000") == {"hearing.right.confiscation"}
    assert rights(kinds) == set()


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ("2021-07-13", "2021-07-16"),  # three days
        ("2021-07-14", "2021-07-19"),  # three days, Saturday rolls to Monday
        ("2021-07-15", "2021-07-22"),  # five working days
        ("2021-07-16", "2021-07-23"),
        ("2026-09-29", "2026-10-12"),  # the holiday does not count, its make-up Saturday does
    ],
)
def test_the_party_may_ask_for_three_days_and_since_the_law_of_2021_for_five_working_days(
    told, last
):
    assert request_by(date.fromisoformat(told), CALENDAR).due_on == date.fromisoformat(last)


def test_the_notice_is_seven_days_and_since_the_law_of_2021_seven_working_days():
    assert earliest_after(date(2021, 7, 14), CALENDAR) == date(2021, 7, 21)
    assert earliest_after(date(2021, 7, 15), CALENDAR) == date(2021, 7, 26)


@given(DAYS)
def test_the_notice_counts_seven_days_that_are_worked(day):
    first = earliest_after(day, CALENDAR)
    between = [day + n * ONE for n in range(1, (first - day).days + 1)]
    assert sum(CALENDAR.is_working_day(one) for one in between) == 7
    assert CALENDAR.is_working_day(first)


@given(DAYS, DAYS)
def test_no_term_of_a_hearing_ends_before_it_starts_and_later_starts_end_later(one, other):
    first, second = sorted((one, other))
    for term in (
        lambda day: request_by(day, CALENDAR).due_on,
        lambda day: accept_by(day, CALENDAR).due_on,
        lambda day: hold_by(day, CALENDAR)[1],
        lambda day: notice_by(day, CALENDAR),
        lambda day: earliest_after(day, CALENDAR),
    ):
        assert term(first) > first
        assert term(first) <= term(second)


@given(DAYS)
def test_whoever_serves_the_notice_on_the_last_day_can_still_hold_it_in_time(asked):
    own, last = hold_by(asked, CALENDAR)
    assert own.due_on <= last
    assert earliest_after(notice_by(asked, CALENDAR), CALENDAR) <= last
    assert notice_by(asked, CALENDAR) > accept_by(asked, CALENDAR).due_on


def step(kind, day, officer=CHAIR, **more):
    return Deed(kind, day, officer, **more)


def a_notice(on, planned_on, chair=CHAIR, recorder=RECORDER, **more):
    named = {"chair": chair, "recorder": recorder}
    return Deed("noticed", on, CHAIR, planned_on=planned_on, **named, **more)


def moves(now):
    """Every step at every day that might matter, lawful or not."""
    last = now.last_on or TOLD
    days = [last - ONE, last, last + ONE, last + 3 * ONE, last + 12 * ONE]
    if now.planned_on:
        days.append(now.planned_on)
    for kind, day in itertools.product(MAY_FOLLOW, days):
        if kind == "noticed":
            first = earliest_after(day, CALENDAR)
            for planned, chair in itertools.product([first - ONE, first], [CHAIR, HANDLER]):
                yield a_notice(day, planned, chair)
        else:
            for officer in (CHAIR, HANDLER, RECORDER):
                yield step(kind, day, None if kind in {"lapsed", "deemed"} else officer)


def allowed(now, deed):
    involved = {HANDLER}
    if deed.kind in {"lapsed", "deemed"}:  # the clock's own
        return now.state in MAY_FOLLOW[deed.kind] and deed.on >= now.last_on
    if interest_in(deed, [deed.officer], involved):
        return False
    return hindrance(now, deed, FAR, CALENDAR) is None


def test_no_way_of_six_steps_leads_where_the_law_forbids():
    """Exhaustively: no report before it was held, none held before the notice's term is over."""
    seen, front, edges = {Hearing()}, [Hearing()], 0
    for _ in range(6):
        coming = []
        for now in front:
            for deed in moves(now):
                if not allowed(now, deed):
                    continue
                then = hearing_of([deed]) if now == Hearing() else after(now, deed)
                edges += 1
                check(now, deed, then)
                if then not in seen:
                    seen.add(then)
                    coming.append(then)
        front = coming
    assert {one.state for one in seen} == {*MAY_FOLLOW, "to_tell"} - {"deemed"}
    assert edges > 1000


def after(now, deed):
    """One step further, by the machine itself: states are values."""
    from mingjing_review.rules import hearing

    return hearing._after(now, deed)


def check(now, deed, then):
    if deed.kind == "reported":
        assert now.state == "held"
        assert now.held_on is not None
        assert deed.officer == now.chair
    if deed.kind in {"held", "no_show"}:
        worked = [now.noticed_on + n * ONE for n in range(1, (deed.on - now.noticed_on).days + 1)]
        assert sum(CALENDAR.is_working_day(day) for day in worked) >= 7
        assert now.requested_on is not None
        assert now.begun_on is not None
    if deed.kind == "refused":
        assert deed.on <= accept_by(now.requested_on, CALENDAR).due_on
    if deed.kind == "requested" and now.state in {"waived", "withdrawn"}:
        assert deed.on <= request_by(now.told_on, CALENDAR).due_on
    if deed.kind in BY_LEGAL:
        assert deed.officer != HANDLER
    assert then.chair != HANDLER
    assert then.recorder != HANDLER
    before = now.told_on if now.state == "lapsed" else now.last_on  # noted after the clock's step
    assert before is None or then.last_on >= before


def test_an_earlier_day_and_a_day_to_come_are_refused():
    now = hearing_of([step("told", TOLD)])
    assert "早于" in hindrance(now, step("requested", TOLD - ONE), FAR, CALENDAR)
    assert "还没有到" in hindrance(now, step("requested", TOLD + ONE), TOLD, CALENDAR)


def test_a_hearing_after_the_days_of_the_law_needs_a_reason():
    deeds = [step("told", TOLD), step("requested", TOLD), step("accepted", TOLD)]
    now = hearing_of(deeds)
    late = hold_by(TOLD, CALENDAR)[1] + ONE
    assert "延期" in hindrance(now, a_notice(TOLD, late), FAR, CALENDAR)
    assert hindrance(now, a_notice(TOLD, late, postponed=True), FAR, CALENDAR) is None


def test_the_clocks_step_of_a_day_before_the_party_was_told_again_means_nothing():
    deeds = [
        step("told", TOLD),
        step("waived", TOLD),
        step("told", TOLD + 9 * ONE),
        step("lapsed", TOLD + 8 * ONE, None),
    ]
    assert hearing_of(deeds).state == "told"


def test_what_casework_told_counts_where_nobody_noted_it_here():
    assert hearing_of([], told_on=TOLD).state == "told"
    assert hearing_of([step("requested", TOLD)], told_on=TOLD).state == "requested"
    assert hearing_of([], told_on=TOLD, held_on=FAR).was_held
    noted = [step("told", TOLD + ONE)]
    assert hearing_of(noted, told_on=TOLD).told_on == TOLD + ONE


def test_the_time_of_a_hearing_is_its_own_from_acceptance_to_end():
    asked = [step("told", TOLD), step("requested", TOLD), step("accepted", TOLD + ONE)]
    assert own_times(asked) == [(TOLD + ONE, None)]
    again = [*asked, step("withdrawn", TOLD + 2 * ONE), step("requested", TOLD + 3 * ONE)]
    assert own_times(again) == [(TOLD + ONE, TOLD + 2 * ONE)]
    again.append(step("deemed", TOLD + 6 * ONE, None))
    assert own_times(again)[1] == (TOLD + 6 * ONE, None)
    assert own_times(asked, held_on=FAR) == [(TOLD + ONE, FAR)]


@pytest.mark.parametrize(
    ("state", "said", "then"),
    [
        ("requested", (None, None), (True, False)),
        ("noticed", (False, None), (True, False)),
        ("held", (True, False), (True, True)),
        ("withdrawn", (True, False), (False, False)),
        ("told", (True, False), (True, False)),
        (None, (None, None), (None, None)),
    ],
)
def test_a_hearing_that_is_owed_counts_in_the_checks_whatever_the_proposal_says(state, said, then):
    assert heard(state, requested=said[0], held=said[1]) == then


def test_every_state_that_waits_says_for_whom_and_until_when():
    asked = [step("told", TOLD), step("requested", TOLD + ONE)]
    told = hearing_term(hearing_of(asked[:1]), CALENDAR)
    assert (told.task, told.waits_for, told.due_on) == ("request", "party", date(2026, 9, 20))
    accept = hearing_term(hearing_of(asked), CALENDAR)
    assert (accept.task, accept.due_on) == ("accept", date(2026, 9, 17))
    asked.append(step("accepted", TOLD + ONE))
    notice = hearing_term(hearing_of(asked), CALENDAR)
    assert (notice.task, notice.waits_for) == ("notice", "reviewer")
    planned = earliest_after(TOLD + ONE, CALENDAR)
    asked.append(a_notice(TOLD + ONE, planned))
    hold = hearing_term(hearing_of(asked), CALENDAR)
    assert (hold.task, hold.due_on) == ("hold", planned)
    asked.append(step("held", planned))
    report = hearing_term(hearing_of(asked), CALENDAR)
    assert (report.task, report.due_on, report.binding) == ("report", None, False)
    asked.append(step("reported", planned))
    assert hearing_term(hearing_of(asked), CALENDAR) is None
    for term in (told, accept, notice, hold):
        assert "依据" in term.says
        assert term.source


@pytest.mark.parametrize("kind", PAPERS)
def test_every_document_names_the_case_the_party_and_the_day(kind):
    facts = PaperFacts(
        case_number="田公（网）2026-01183",
        cause="故意损毁财物",
        body="测试分局",
        party="测试甲",
        proposed="罚款 4000 元",
        basis="《治安管理处罚法》第五十九条",
        grounds="治安管理处罚法（2025年修订）§117",
        on=TOLD,
        place=1,
        words={"reason": "申请已过期限。", "place": "三楼听证室", "conclusion": "lighter"},
        requested_on=TOLD,
    )
    paper = hearing_paper(kind, facts)
    text = "".join(paper.paragraphs)
    assert paper.title == PAPERS[kind]
    assert paper.number.startswith(facts.case_number)
    assert "测试甲" in text
    assert "2026年9月14日" in text
    assert paper.signatures
