"""Shuffled, repeated, in other batches: tasks stands where it would have stood anyway."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings
from tasks.given import (
    OTHER_TEXT,
    a_bypass,
    a_case,
    a_classified_case,
    a_decision,
    apply,
    cleared,
    correcting,
    full,
    not_required,
    of_disclosure,
    of_recording,
    of_review,
)

from mingjing_shared.events.casework import (
    ActionPerformed,
    DecisionRevoked,
    DocumentMade,
    EnforcementEnded,
)
from mingjing_shared.events.disclosure import (
    DisclosureDue,
    DisclosureOverdue,
    DisclosurePublished,
    DisclosureWithdrawn,
    DisclosureWithheld,
)
from mingjing_shared.events.platform import LogAccepted, LogRefused
from mingjing_shared.events.recording import (
    CasefileArchived,
    CasefileDue,
    CasefileOverdue,
    RecordGapClosed,
    RecordGapExplained,
    RecordGapFound,
)
from mingjing_shared.events.review import ReviewOverdue, ReviewRequired, StaffingMeasured
from mingjing_shared.events.tasks import SupervisionOrdered, WarningRaised
from mingjing_shared.facts.tables import CASES
from mingjing_tasks.tables import (
    MEASUREMENTS,
    NOTICE_TASKS,
    NOTICES,
    SEALED_MONTHS,
    TASK_ACTS,
    TASKS,
    WARNING_ACTS,
    WARNING_HISTORY,
)
from support.events import A_TIME, received

ONE, OTHER, SECRET = "田公（网）2026-01183", "田公（网）2026-01184", "田公（网）2026-01185"
# What people and the clock write follows from no event, and nobody may delete it.
NOT_OF_EVENTS = (MEASUREMENTS, NOTICES, NOTICE_TASKS, SEALED_MONTHS, TASK_ACTS, WARNING_ACTS)
OWN = [table for table in TASKS.sorted_tables if table not in NOT_OF_EVENTS]
TABLES = [*OWN, *CASES.sorted_tables]
# What depends on the order by its nature: when it was taken in, what was announced on the way,
# and bytes that are sealed anew each time.
PASSING = {"recorded_at", "personal", "told", "revision"}


def of_review_and_case():
    """Two cases and a classified one: bypasses that stand, are refuted, corrected, moved."""
    decision = a_decision(ONE)
    bypass = a_bypass(OTHER, decision_id="D3")
    return [
        a_case(ONE),
        a_case(OTHER, unit="340403530000"),
        full(ActionPerformed, case_number=ONE),
        full(DocumentMade, case_number=ONE),
        decision,
        a_decision(ONE, about=correcting(decision), unit="340403520000"),
        a_bypass(ONE),
        cleared(ONE, about=EARLY, draft_sha256=OTHER_TEXT),
        a_bypass(ONE, decision_id="D2"),
        cleared(ONE, decision_id="D2", about=LATE),
        bypass,
        a_bypass(OTHER, decision_id="D4", about=correcting(bypass)),
        not_required(OTHER, decision_id="D4", about=LATE, draft_sha256=OTHER_TEXT),
        a_bypass(OTHER, decision_id="D5", about={"mode": "synthetic"}),
        a_bypass(OTHER, decision_id="D6"),
        a_bypass(OTHER, decision_id="D6", about=LATE, draft_sha256=OTHER_TEXT),
        cleared(OTHER, decision_id="D6"),
        of_review(ReviewRequired, ONE, about=EARLY, decide_by="2026-09-20"),
        of_review(ReviewOverdue, ONE, decision_id="D7", decide_by="2026-09-20"),
        of_review(ReviewRequired, ONE, decision_id="D7", decide_by="2026-09-25"),
        received(SupervisionOrdered),
        a_case(SECRET),
        a_classified_case(SECRET),
        a_decision(SECRET, decision_id="D9"),
        a_bypass(SECRET, decision_id="D9"),
        of_disclosure(DisclosureDue, SECRET, item_id="I9", decision_id="D9"),
        received(WarningRaised, case_number=SECRET, about={"source": "/mingjing/tasks"}),
    ]


def of_recording_and_disclosure():
    """Gaps that are explained or come back, files and items in and out of time, a moved day."""
    first = of_disclosure(DisclosureDue, ONE, due_on="2026-09-29", revision=1)
    return [
        of_recording(RecordGapFound, ONE, action_id="A1", kind="missing", effect="blocking"),
        of_recording(RecordGapExplained, ONE, action_id="A1", about=LATE),
        of_recording(RecordGapFound, OTHER, action_id="A2", kind="partial", effect="finding"),
        of_recording(RecordGapClosed, OTHER, action_id="A2", about=EARLY),
        received(EnforcementEnded, case_number=OTHER),
        of_recording(CasefileDue, OTHER, warn_on="2026-09-30", breach_on="2026-10-18"),
        of_recording(CasefileOverdue, OTHER, breach_on="2026-10-18", about=LATE),
        of_recording(CasefileDue, ONE, warn_on="2026-09-30", breach_on="2026-10-18"),
        of_recording(CasefileArchived, ONE, about=LATE),
        first,
        of_disclosure(DisclosureDue, ONE, due_on="2026-09-24", revision=2, about=EARLY),
        of_disclosure(DisclosureOverdue, ONE, due_on="2026-09-24"),
        of_disclosure(DisclosureDue, OTHER, item_id="I2", decision_id="D4", due_on="2026-09-24"),
        of_disclosure(DisclosureOverdue, OTHER, item_id="I2", decision_id="D4"),
        of_disclosure(DisclosurePublished, OTHER, item_id="I2", decision_id="D4", about=LATE),
        of_disclosure(DisclosureDue, OTHER, item_id="I3", decision_id="D6", due_on="2026-09-24"),
        of_disclosure(DisclosureWithheld, OTHER, item_id="I3", decision_id="D6", about=LATE),
        received(DecisionRevoked, case_number=OTHER, decision_id="D4"),
        of_disclosure(DisclosureWithdrawn, OTHER, item_id="I2", decision_id="D4", about=LATE),
    ]


def of_staffing():
    """The share of reviewers of a unit, measured twice, and of another unit."""

    def measured(unit, on, reviewers):
        about = {"source": "/mingjing/review"}
        more = {"reviewers": reviewers, "officers": 100, "ratio": reviewers / 100}
        return received(StaffingMeasured, about=about, unit=unit, on=on, **more)

    return [
        measured("340403530000", "2026-08-31", 4),
        measured("340403530000", "2026-09-30", 6),
        measured("340403520000", "2026-09-30", 5),
    ]


def of_logs():
    """A log that two witnesses refuse, of whom one accepts it again; one that all accept again."""

    def word(cls, log, witness, at):
        about = {"source": f"/mingjing/{witness}", "time": A_TIME + timedelta(minutes=at)}
        more = {"reason_code": "forked", "size_known": 2} if cls is LogRefused else {}
        return received(
            cls, about=about, log=f"huainan/mingjing/{log}", witness=witness, size_shown=1, **more
        )

    return [
        word(LogRefused, "review", "gateway", 0),
        word(LogRefused, "review", "recording", 1),
        word(LogAccepted, "review", "gateway", 2),
        word(LogRefused, "recording", "gateway", 3),
        word(LogAccepted, "recording", "gateway", 4),
        word(LogAccepted, "disclosure", "gateway", 5),
    ]


EARLY = {"time": A_TIME - timedelta(days=2)}
LATE = {"time": A_TIME + timedelta(days=2)}


def events():
    return [*of_review_and_case(), *of_recording_and_disclosure(), *of_logs(), *of_staffing()]


EVENTS = events()


@st.composite
def arrivals(draw):
    """The events in any order, some repeated, cut into batches."""
    repeated = draw(st.lists(st.sampled_from(EVENTS), max_size=6))
    order = draw(st.permutations([*EVENTS, *repeated]))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=8)))
    return [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]


async def state(database):
    found = {}
    for table in TABLES:
        if table is WARNING_HISTORY:
            continue
        names = ", ".join(c.name for c in table.columns if c.name not in PASSING)
        found[table.name] = sorted(map(repr, await database.all(f"SELECT {names} FROM {table}")))
    return found


async def emptied(database):
    async with database.transaction() as tx:
        for name in (*(table.name for table in TABLES), "inbox", "outbox"):
            await tx.execute(f"DELETE FROM {name}")


@settings(
    max_examples=24,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(batches=arrivals())
async def test_any_order_and_any_repetition_lead_to_the_same_state(tasks, batches):
    await emptied(tasks)
    await apply(tasks, *EVENTS)
    wanted = await state(tasks)
    await emptied(tasks)
    for batch in batches:
        await apply(tasks, *batch)
    assert await state(tasks) == wanted


async def test_the_events_of_the_property_reach_every_state(tasks):
    await apply(tasks, *EVENTS)
    found = await state(tasks)
    assert all(found.values()), [name for name, rows in found.items() if not rows]
    rows = await tasks.all("SELECT kind, subject, state FROM warnings ORDER BY kind, subject")
    assert [tuple(row) for row in rows] == [
        ("casefile_overdue", "田公(网)2026-01184", "raised"),
        ("decision_without_review", "D1", "raised"),
        ("decision_without_review", "D2", "cleared"),
        ("decision_without_review", "D4", "cleared"),
        ("decision_without_review", "D5", "raised"),
        ("decision_without_review", "D6", "raised"),
        ("footage_missing", "A1", "cleared"),
        ("footage_missing", "A2", "raised"),
        ("log_refused", "huainan/mingjing/recording", "cleared"),
        ("log_refused", "huainan/mingjing/review", "raised"),
        ("publication_overdue", "I1", "raised"),
        ("publication_overdue", "I2", "cleared"),
        ("review_overdue", "D7", "cleared"),
    ]
    rows = await tasks.all("SELECT kind, subject, state, met FROM duties ORDER BY kind, subject")
    assert [tuple(row) for row in rows] == [
        ("casefile", "田公(网)2026-01183", "done", True),
        ("casefile", "田公(网)2026-01184", "open", None),
        ("publication", "I1", "open", None),
        ("publication", "I2", "done", True),
        ("publication", "I3", "void", None),
        ("review", "D1", "missed", False),
        ("review", "D2", "done", True),
        ("review", "D4", "void", None),
        ("review", "D5", "missed", False),
        ("review", "D6", "missed", False),
        ("review", "D7", "open", None),
    ]
