"""Contradictions over cases: derived in any order, judged by people, felt in the checks."""

import itertools
from datetime import datetime

import pytest
from review.test_acts import unchanged

from mingjing_shared.events.casework import ActionPerformed
from mingjing_shared.events.directory import OfficerDescribed
from mingjing_shared.events.recording import RecordGapClosed, RecordGapExplained, RecordGapFound
from support.events import received
from support.officers import ELSEWHERE, STATION
from support.review import CASE, a_case, a_classified_case
from support.reviewing import (
    HANDLER,
    SECOND,
    a_case_at_work,
    a_leader,
    a_reviewer_elsewhere,
    a_reviewer_who_handles,
    a_stranger,
    a_text,
    an_editor,
    the_directory,
    the_handler,
    the_head,
    the_manager,
    the_reviewer,
)

LIST = "/review/contradictions"
OTHER = "潘公（交）2026-00009"


def act(action_id, begins, ends, case_number=CASE, **changes):
    return received(
        ActionPerformed,
        **{
            "action_id": action_id,
            "case_number": case_number,
            "kind": "search",
            "started_at": f"2026-09-17T{begins}:00+08:00",
            "ended_at": f"2026-09-17T{ends}:00+08:00",
            "officers": [HANDLER, SECOND],
            "told": {
                "certificate_shown": True, "reason": True, "basis": True, "rights": True,
            },
            **changes,
        },
    )  # fmt: skip


def correcting(told):
    """Of an event that corrects this one."""
    return {"supersedes": f"{told.envelope.source}#{told.envelope.id}"}


BACKWARDS = act("A-backwards", "10:00", "09:00")
HERE = act("A-here", "11:00", "12:00")
BESIDE = act("A-beside", "11:30", "12:30", OTHER)


def accepted(**changes):
    return a_case_at_work(accepted_at="2026-09-10T08:00:00+08:00", **changes)


def another_case():
    return a_case(
        case_number=OTHER,
        unit=STATION,
        handlers=[HANDLER, SECOND],
        procedure="ordinary",
        accepted_at="2026-09-10T08:00:00+08:00",
    )


async def found(review):
    rows = await review.database.all(
        "SELECT kind, case_number, state, at, says, facts FROM case_findings"
        " ORDER BY kind, case_number"
    )
    return [(row.kind, row.case_number, row.state) for row in rows]


async def all_of(review):
    rows = await review.database.all("SELECT * FROM case_findings ORDER BY finding_id")
    return [tuple(row) for row in rows]


TOLD = {
    "case": accepted(),
    "other": another_case(),
    "backwards": BACKWARDS,
    "here": HERE,
    "beside": BESIDE,
}
IN_BOTH = [
    ("act_backwards", CASE, "open"),
    ("officer_twice", CASE, "open"),
    ("officer_twice", OTHER, "open"),
]


async def test_the_same_facts_in_any_order_leave_the_same_list(review):
    await review.apply(*the_directory(), *TOLD.values())
    expected = await all_of(review)
    assert sorted(await found(review)) == sorted(IN_BOTH)
    for order in itertools.islice(itertools.permutations(TOLD), 7, 120, 16):
        await review.forget_all()
        await review.apply(*the_directory(), *(TOLD[name] for name in order))
        assert await all_of(review) == expected, order


async def test_nothing_is_said_of_a_case_that_is_not_known_yet(review):
    await review.apply(*the_directory(), BACKWARDS)
    assert await found(review) == []
    await review.apply(accepted())
    assert await found(review) == [("act_backwards", CASE, "open")]


async def test_a_correction_takes_a_finding_away_also_in_the_case_beside(review):
    await review.apply(*the_directory(), *TOLD.values())
    moved = act("A-beside", "13:00", "14:00", OTHER, about=correcting(BESIDE))
    await review.apply(moved)
    assert await found(review) == [("act_backwards", CASE, "open")]


async def test_what_the_directory_says_later_of_an_officer_is_felt_in_what_was_told_before(review):
    lawful = act("A-lawful", "09:00", "10:00")
    await review.apply(*the_directory(), accepted(), lawful)
    assert await found(review) == []
    expired = {
        "valid_from": "2018-01-01", "name": "民警", "unit": STATION, "posts": ["民警"],
        "enforcement_certificate": "皖公执001", "qualification_valid_until": "2026-09-16",
    }  # fmt: skip
    await review.apply(received(OfficerDescribed, police_number=SECOND, versions=[expired]))
    assert await found(review) == [("unqualified", CASE, "open")]


async def test_of_a_case_that_turns_out_classified_nothing_stays_in_the_list(review):
    await review.apply(*the_directory(), *TOLD.values(), a_classified_case())
    assert CASE not in {case for _, case, _ in await found(review)}


@pytest.fixture
async def listed(bench):
    """A case under review in which something contradicts itself."""
    await bench.review.apply(*the_directory(), accepted(), BACKWARDS, a_text())
    [row] = await bench.review.database.all("SELECT finding_id FROM case_findings")
    bench.page = f"{LIST}/{row.finding_id}"
    bench.before = await bench.steps()
    return bench


async def judge(bench, officer, verdict="explained", **fields):
    given = {"seen": 0, "verdict": verdict, "note": "系录入笔误，已核对录像", **fields}
    return await bench.post(officer, bench.page, **given)


async def verdicts(bench):
    rows = await bench.review.database.all(
        "SELECT officer, verdict FROM finding_judgements ORDER BY place"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "officer", [the_handler, the_head, a_leader, a_reviewer_elsewhere, an_editor]
)
async def test_only_the_legal_department_above_the_unit_judges_a_finding(listed, officer):
    await unchanged(listed, await judge(listed, officer), 403, "权限")
    assert await verdicts(listed) == []


async def test_nobody_judges_a_finding_of_his_own_case(listed):
    answer = await judge(listed, a_reviewer_who_handles)
    await unchanged(listed, answer, 403, "是本案承办人")


@pytest.mark.parametrize(("field", "value"), [("verdict", "perhaps"), ("note", " ")])
async def test_a_judgement_needs_a_verdict_and_a_reason(listed, field, value):
    answer = await judge(listed, the_reviewer, **{field: value})
    await unchanged(listed, answer, 400, "需要修改")
    assert await verdicts(listed) == []


async def test_the_last_word_counts_and_who_read_an_older_page_is_told(listed):
    assert (await judge(listed, the_reviewer, "holds")).status_code == 303
    assert await found(listed.review) == [("act_backwards", CASE, "holds")]
    await unchanged(listed, await judge(listed, the_manager), 409, "您打开本页之后")
    assert (await judge(listed, the_manager, seen=1)).status_code == 303
    assert await found(listed.review) == [("act_backwards", CASE, "explained")]
    page = (await listed.get(the_reviewer, listed.page)).text
    assert page.index("成立") < page.rindex("系录入笔误，已核对录像")


async def test_why_it_was_judged_so_stays_in_the_legal_department_and_each_look_is_noted(listed):
    await judge(listed, the_reviewer)
    page = (await listed.get(the_handler, listed.page)).text
    assert "有合理解释" in page
    assert "系录入笔误" not in page
    before = len(await listed.audit())
    await listed.get(the_reviewer, listed.page)
    [look] = (await listed.audit())[before:]
    assert look[:4] == (the_reviewer.number, "review.see", "seen", "legal_review")


async def test_what_rests_on_an_act_of_a_classified_case_goes_with_it(review):
    await review.apply(*the_directory(), *TOLD.values(), a_classified_case(OTHER))
    assert await found(review) == [("act_backwards", CASE, "open")]


async def test_what_was_said_of_it_lasts_when_other_facts_arrive(listed):
    await judge(listed, the_reviewer)
    await listed.review.apply(act("A-later", "15:00", "16:00"))
    assert await found(listed.review) == [("act_backwards", CASE, "explained")]


async def test_a_finding_that_is_gone_cannot_be_judged(listed):
    mended = act("A-backwards", "09:00", "10:00", about=correcting(BACKWARDS))
    await listed.review.apply(mended)
    assert (await judge(listed, the_reviewer)).status_code == 404


@pytest.mark.parametrize(
    ("officer", "sees"),
    [(the_handler, True), (the_reviewer, True), (a_stranger, False), (a_reviewer_elsewhere, False)],
)
async def test_the_list_shows_what_is_within_reach(listed, officer, sees):
    page = (await listed.get(officer, LIST)).text
    assert (CASE in page) is sees
    assert (await listed.get(officer, listed.page)).status_code == (200 if sees else 403)


async def test_the_list_is_asked_by_state_and_by_kind(listed):
    for query, there in (
        ({"state": "open"}, True),
        ({"state": "holds"}, False),
        ({"kind": "act_backwards"}, True),
        ({"kind": "few_officers"}, False),
        ({"state": "open", "kind": "act_backwards"}, True),
    ):
        page = (await listed.get(the_reviewer, LIST, **query)).text
        assert (listed.page in page) is there, query


async def test_a_grave_finding_makes_its_check_wrong_until_it_is_explained(listed):
    await listed.submit()
    await listed.accept()
    page = (await listed.get(the_reviewer, "/review/cases/D1")).text
    assert "矛盾 1 处：结束早于开始" in page
    assert 'name="check-evidence" value="failed" checked' in page
    await judge(listed, the_reviewer)
    page = (await listed.get(the_reviewer, "/review/cases/D1")).text
    assert "矛盾 1 处" not in page
    assert 'name="check-evidence" value="failed" checked' not in page


def a_gap(kind=RecordGapFound, at="2026-09-17T20:00:00+08:00", **changes):
    given = {"case_number": CASE, "action_id": "A-here"}
    if kind is RecordGapFound:
        given |= {"kind": "missing", "effect": "blocking", "minutes": 60}
    return received(
        kind,
        about={"time": datetime.fromisoformat(at), "source": "/mingjing/recording"},
        **given | changes,
    )


@pytest.mark.parametrize(
    ("gaps", "blocks"),
    [
        ([a_gap()], True),
        ([a_gap(), a_gap(RecordGapExplained, "2026-09-17T21:00:00+08:00")], True),
        ([a_gap(), a_gap(RecordGapClosed, "2026-09-17T21:00:00+08:00")], False),
        ([a_gap(RecordGapClosed, "2026-09-17T21:00:00+08:00"), a_gap()], False),
        ([a_gap(effect="finding")], False),
    ],
)
async def test_a_blocking_gap_makes_the_evidence_wrong_until_it_is_closed(bench, gaps, blocks):
    await bench.propose()
    await bench.review.apply(*gaps)
    page = (await bench.get(the_handler, "/review/cases/D1/submit")).text
    assert ("有 1 个执法行为应当全程录音录像" in page) is blocks


async def test_a_gap_of_a_classified_case_is_forgotten(review):
    await review.apply(a_case_at_work(), a_gap(), a_classified_case())
    [row] = await review.database.all("SELECT count(*) AS n FROM gap_facts")
    assert row.n == 0


async def test_a_case_of_another_unit_is_listed_there(bench):
    await bench.review.apply(*the_directory(), accepted(unit=ELSEWHERE), BACKWARDS)
    assert CASE in (await bench.get(a_reviewer_elsewhere, LIST)).text
    assert CASE not in (await bench.get(the_reviewer, LIST)).text
