"""Every fault of the thread raises its warning with an owner, and facts alone clear it."""

from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from tasks.given import (
    a_case,
    a_decision,
    apply,
    correcting,
    of_disclosure,
    of_recording,
    of_review,
)
from tasks.given import said as told

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events.casework import DecisionRevoked
from mingjing_shared.events.disclosure import (
    DisclosureDue,
    DisclosureOverdue,
    DisclosurePublished,
    DisclosureWithdrawn,
    DisclosureWithheld,
)
from mingjing_shared.events.recording import (
    CasefileArchived,
    CasefileDue,
    CasefileOverdue,
    RecordGapClosed,
    RecordGapExplained,
    RecordGapFound,
)
from mingjing_shared.events.review import (
    ReviewCleared,
    ReviewOpinionIssued,
    ReviewOverdue,
    ReviewRequired,
    ReviewReturned,
    ReviewSubmitted,
)
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.rules import load_rules
from mingjing_shared.messaging.clocks import Clock
from mingjing_tasks.handlers.withdrawal import tell_late_withdrawals
from mingjing_tasks.rules.warning import KINDS, Said, verdict_of
from mingjing_tasks.rules.withdrawal import withdrawal_deadline
from support.events import A_TIME, received

UNIT = "340403510000"
LATER = {"time": A_TIME + timedelta(days=30)}
DUE = "2026-09-20"
# Kind, what raises it, what clears it, and in which role it is owned.
FAULTS = [
    (
        "footage_missing",
        lambda: of_recording(RecordGapFound, action_id="A1", kind="missing", effect="finding"),
        [
            lambda: of_recording(RecordGapExplained, action_id="A1", about=LATER),
            lambda: of_recording(RecordGapClosed, action_id="A1", about=LATER),
        ],
        "unit_head",
    ),
    (
        "publication_overdue",
        lambda: of_disclosure(DisclosureOverdue, due_on=DUE),
        [
            lambda: of_disclosure(DisclosurePublished, about=LATER),
            lambda: of_disclosure(DisclosureWithheld, about=LATER),
            lambda: of_disclosure(DisclosureDue, due_on="2026-10-20", revision=2, about=LATER),
        ],
        "disclosure_editor",
    ),
    (
        "casefile_overdue",
        lambda: of_recording(CasefileOverdue, breach_on=DUE),
        [
            lambda: of_recording(CasefileArchived, about=LATER),
            lambda: of_recording(CasefileDue, breach_on="2026-10-20", about=LATER),
        ],
        "unit_head",
    ),
    (
        "review_overdue",
        lambda: of_review(ReviewOverdue, decide_by=DUE),
        [
            lambda: of_review(ReviewOpinionIssued, about=LATER),
            lambda: of_review(ReviewReturned, about=LATER),
            lambda: of_review(ReviewCleared, about=LATER),
            lambda: of_review(ReviewRequired, decide_by="2026-10-20", about=LATER),
            lambda: of_review(ReviewSubmitted, round=2, decide_by="2026-10-20", about=LATER),
        ],
        "legal_reviewer",
    ),
]
CLEARED = [(kind, raise_, clear) for kind, raise_, clears, _ in FAULTS for clear in clears]


async def standing(tasks):
    rows = await tasks.all("SELECT kind, state, owner_unit, owner_role FROM warnings")
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(("kind", "raise_", "clears", "role"), FAULTS, ids=[f[0] for f in FAULTS])
async def test_a_fault_is_announced_with_the_unit_and_role_that_own_it(
    tasks, kind, raise_, clears, role
):
    fault = raise_()
    await apply(tasks, a_case(unit=UNIT), fault)
    assert await standing(tasks) == [(kind, "raised", UNIT, role)]
    ((type_, data),) = await told(tasks)
    assert (type_, data["kind"], data["owner_role"]) == ("warning.raised", kind, role)
    assert data["caused_by"] == [f"{fault.envelope.source}#{fault.envelope.id}"]


@pytest.mark.parametrize(("kind", "raise_", "clear"), CLEARED)
async def test_a_fault_is_cleared_by_the_fact_that_mends_it_in_either_order(
    tasks, kind, raise_, clear
):
    for mended_first in (False, True):
        async with tasks.transaction() as tx:
            for table in ("warnings", "warning_history", "outbox", "inbox"):
                await tx.execute(f"DELETE FROM {table}")
        events = [raise_(), clear()]
        for event in reversed(events) if mended_first else events:
            await apply(tasks, a_case(unit=UNIT), event)
        assert [row[:2] for row in await standing(tasks)] == [(kind, "cleared")]
        expected = [] if mended_first else ["warning.raised", "warning.cleared"]
        assert [type_ for type_, _ in await told(tasks)] == expected


@pytest.mark.parametrize(
    ("raise_", "same"),
    [
        (FAULTS[1][1], lambda: of_disclosure(DisclosureDue, due_on=DUE, revision=2, about=LATER)),
        (FAULTS[2][1], lambda: of_recording(CasefileDue, breach_on=DUE, about=LATER)),
        (FAULTS[3][1], lambda: of_review(ReviewRequired, decide_by=DUE, about=LATER)),
    ],
)
async def test_a_day_that_is_told_again_and_is_no_later_clears_nothing(tasks, raise_, same):
    await apply(tasks, a_case(unit=UNIT), raise_(), same())
    assert [row[1] for row in await standing(tasks)] == ["raised"]


async def test_an_earlier_day_of_a_higher_revision_holds(tasks):
    await apply(
        tasks,
        a_case(unit=UNIT),
        of_disclosure(DisclosureDue, due_on="2026-10-20", revision=1),
        of_disclosure(DisclosureDue, due_on=DUE, revision=2),
        of_disclosure(DisclosureOverdue, due_on=DUE),
    )
    assert [row[1] for row in await standing(tasks)] == ["raised"]


async def test_a_gap_that_comes_back_is_raised_again(tasks):
    again = {"time": A_TIME + timedelta(days=60)}
    gap = lambda about: of_recording(RecordGapFound, action_id="A1", about=about)  # noqa: E731
    await apply(tasks, a_case(unit=UNIT), gap({}))
    await apply(tasks, of_recording(RecordGapExplained, action_id="A1", about=LATER))
    await apply(tasks, gap(again))
    types = [type_ for type_, _ in await told(tasks)]
    assert types == ["warning.raised", "warning.cleared", "warning.raised"]


async def test_a_gap_that_voids_evidence_is_grave(tasks):
    await apply(tasks, of_recording(RecordGapFound, action_id="A1", effect="blocking"))
    assert [r.severity for r in await tasks.all("SELECT severity FROM warnings")] == ["high"]


def test_the_verdict_of_every_kind_is_the_same_in_any_order():
    for kind in KINDS.values():
        words = sorted(kind.raising | kind.clearing | kind.moving)
        said = [
            Said(what, "/x", f"e{n}", A_TIME + timedelta(hours=n), date(2026, 9, 20 + n), n)
            for n, what in enumerate(words)
        ]
        verdicts = {verdict_of(order, kind).state for order in permutations(said)}
        assert len(verdicts) == 1, kind.code


def of_fallen(day="2026-09-21", about=None):
    return received(
        DecisionRevoked,
        decision_id="D1",
        on=day,
        case_number=a_case().event.case_number,
        about=about,
    )


@pytest.mark.parametrize(
    ("fell_on", "due_on"),
    [
        (date(2026, 9, 21), date(2026, 9, 24)),
        (date(2026, 9, 24), date(2026, 9, 30)),  # over the Mid-Autumn days off
        (date(2026, 9, 18), date(2026, 9, 22)),  # a make-up Sunday counts
        (date(2021, 7, 14), None),  # the day before the law gave a number
    ],
)
def test_a_decision_that_fell_is_taken_down_within_its_working_days(fell_on, due_on):
    term = withdrawal_deadline(fell_on, published_calendar())
    assert (term and term.due_on) == due_on


def test_the_period_is_the_one_that_disclosure_counts():
    ours = load_rules("mingjing_tasks", "time_limits")["withdrawal.take_down"]
    theirs = load_rules("mingjing_disclosure", "publication")["withdrawal"]
    facts = [[(v.valid_from, v.count, v.unit) for v in r.versions] for r in (ours, theirs)]
    assert facts[0] == facts[1]


async def clocks(tasks):
    rows = await tasks.all("SELECT subject, due_at FROM clocks WHERE kind = 'withdrawal'")
    return {row.subject: row.due_at for row in rows}


async def test_what_was_never_public_needs_no_withdrawal(tasks):
    await apply(tasks, a_case(), a_decision(), of_fallen())
    assert await clocks(tasks) == {}


@pytest.mark.parametrize("fallen_first", [True, False])
async def test_a_published_decision_that_fell_has_a_clock(tasks, fallen_first):
    events = [of_disclosure(DisclosurePublished), of_fallen()]
    for event in reversed(events) if fallen_first else events:
        await apply(tasks, event)
    end = datetime(2026, 9, 25, tzinfo=SHANGHAI)
    assert await clocks(tasks) == {"D1": end}


async def test_what_is_taken_down_in_time_has_no_clock_any_more(tasks):
    await apply(tasks, of_disclosure(DisclosurePublished), of_fallen())
    await apply(tasks, of_disclosure(DisclosureWithdrawn, about=LATER))
    assert await clocks(tasks) == {}


async def late(tasks):
    clock = Clock("withdrawal", "D1", datetime(2026, 9, 25, tzinfo=SHANGHAI), "x")
    async with tasks.transaction() as tx:
        await tell_late_withdrawals([clock], tx)


async def test_what_is_still_public_after_its_day_raises_a_warning_until_it_is_taken_down(tasks):
    fallen = of_fallen()
    await apply(tasks, a_decision(unit=UNIT), of_disclosure(DisclosurePublished), fallen)
    await late(tasks)
    assert await standing(tasks) == [("withdrawal_overdue", "raised", UNIT, "disclosure_editor")]
    ((_, data),) = await told(tasks)
    assert data["caused_by"] == [f"{fallen.envelope.source}#{fallen.envelope.id}"]
    await apply(tasks, of_disclosure(DisclosureWithdrawn, about=LATER))
    assert [row[1] for row in await standing(tasks)] == ["cleared"]


async def test_a_clock_that_fires_after_the_withdrawal_says_nothing(tasks):
    await apply(tasks, a_decision(), of_disclosure(DisclosurePublished), of_fallen())
    await apply(tasks, of_disclosure(DisclosureWithdrawn, about=LATER))
    await late(tasks)
    assert await standing(tasks) == []


async def test_a_fall_that_is_corrected_away_takes_its_warning_with_it(tasks):
    fallen = of_fallen()
    await apply(tasks, a_decision(), of_disclosure(DisclosurePublished), fallen)
    await late(tasks)
    correction = received(DecisionRevoked, decision_id="D2", about=correcting(fallen))
    await apply(tasks, correction)
    assert await standing(tasks) == []
