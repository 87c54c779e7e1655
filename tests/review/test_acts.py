"""What people may do in a review: every refusal first, then the whole way of a text."""

import asyncio

import pytest

from mingjing_shared.events.casework import CaseAccepted
from support.events import received
from support.officers import CSRF, STATION, signed_in
from support.review import CASE, PERSON, SMALL_FINE, a_decision
from support.reviewing import (
    HANDLER,
    REVIEWER,
    a_reviewer_elsewhere,
    a_reviewer_who_handles,
    a_stand_in,
    a_stranger,
    a_text,
    an_editor,
    an_inspector,
    another_reviewer,
    the_handler,
    the_head,
    the_manager,
    the_reviewer,
    the_second,
)

NOT_HANDING_IN = [a_stranger, the_reviewer, the_manager, an_editor, an_inspector]
NOT_REVIEWING = [the_handler, the_head, an_editor, an_inspector, a_reviewer_elsewhere]
NEW_TEXT = {"outcome": {"kinds": ["fine"], "fine": "5000"}}


async def unchanged(bench, answer, status, says):
    """Refused with these words; nothing was written but the refusal."""
    before = bench.before
    assert (answer.status_code, says in answer.text) == (status, True), answer.text[-3000:]
    assert await bench.steps() == before


@pytest.fixture
def at(bench):
    """Brings a review to a state, and remembers its steps."""

    async def bring(state):
        await bench.propose()
        if state == "review_required":
            pass
        elif state == "submitted":
            await bench.submit()
        elif state == "incomplete":
            await bench.submit()
            await bench.hand_back()
        else:
            await bench.submit()
            await bench.accept()
            if state == "returned":
                await bench.hand_back()
            if state in {"opinion_given", "resubmitted"}:
                await bench.speak("correct")
            if state == "resubmitted":
                await bench.submit()
            if state == "cleared":
                await bench.speak("agree")
            if state == "transferred":
                await bench.speak("transfer")
        assert await bench.review.state() == state
        bench.before = await bench.steps()
        return bench

    return bring


@pytest.mark.parametrize("officer", NOT_HANDING_IN, ids=lambda one: one.number)
async def test_only_the_handling_unit_hands_in(at, officer):
    bench = await at("review_required")
    await unchanged(bench, await bench.submit(officer), 403, "权限")


@pytest.mark.parametrize("officer", NOT_HANDING_IN, ids=lambda one: one.number)
async def test_only_the_handling_unit_supplements(at, officer):
    bench = await at("returned")
    await unchanged(bench, await bench.submit(officer), 403, "权限")


@pytest.mark.parametrize("officer", NOT_REVIEWING, ids=lambda one: one.number)
async def test_only_the_legal_department_above_the_unit_accepts(at, officer):
    bench = await at("submitted")
    await unchanged(bench, await bench.accept(officer), 403, "权限")
    await unchanged(bench, await bench.hand_back(officer), 403, "权限")


@pytest.mark.parametrize("officer", NOT_REVIEWING, ids=lambda one: one.number)
async def test_only_the_legal_department_above_the_unit_speaks_or_returns(at, officer):
    bench = await at("in_review")
    for opinion in ("agree", "correct", "transfer"):
        await unchanged(bench, await bench.speak(opinion, officer), 403, "权限")
    await unchanged(bench, await bench.hand_back(officer), 403, "权限")


@pytest.mark.parametrize("state", ["submitted", "in_review"])
async def test_nobody_reviews_a_case_that_he_handles_or_stands_in_for(at, state):
    bench = await at(state)
    for officer in (a_reviewer_who_handles, a_stand_in):
        act = bench.accept if state == "submitted" else bench.speak
        answer = await act(officer=officer)
        await unchanged(bench, answer, 403, "是本案承办人，不能审核本案")
        await unchanged(bench, await bench.hand_back(officer), 403, "不能审核本案")
    assert ("conflict-of-interest", "D1") in {(row[3], row[4]) for row in await bench.audit()}


async def test_who_handled_the_case_by_an_earlier_version_does_not_review_it_either(at):
    bench = await at("submitted")
    handed_over = received(
        CaseAccepted,
        case_number=CASE,
        kind="public_security",
        unit=STATION,
        parties=[PERSON],
        handlers=["034900", "034901"],
    )
    await bench.review.apply(handed_over)
    await unchanged(bench, await bench.accept(a_reviewer_who_handles), 403, "是本案承办人")


async def test_who_handed_it_in_does_not_review_it(at):
    bench = await at("review_required")
    await bench.submit(the_head)
    bench.before = await bench.steps()
    head_and_reviewer = an_officer_of_both(the_head.number)
    await unchanged(bench, await bench.accept(head_and_reviewer), 403, "是送审人")


def an_officer_of_both(number):
    from support.officers import COUNTY, an_officer

    return an_officer("legal_reviewer", ("unit_head", STATION), number=number, unit=COUNTY)


ACTS = {
    "submit": lambda bench: bench.submit(),
    "accept": lambda bench: bench.accept(),
    "incomplete": lambda bench: bench.hand_back(step="incomplete"),
    "return": lambda bench: bench.hand_back(step="returned"),
    "opinion": lambda bench: bench.speak("agree"),
}
ALLOWED = {
    "review_required": {"submit"},
    "submitted": {"accept", "incomplete"},
    "incomplete": {"submit"},
    "in_review": {"return", "opinion"},
    "returned": {"submit"},
    "opinion_given": {"submit"},
    "resubmitted": {"return", "opinion"},
    "cleared": set(),
    "transferred": {"submit"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", ALLOWED)
async def test_an_act_is_possible_in_its_states_and_in_no_other(at, state, act):
    bench = await at(state)
    answer = await ACTS[act](bench)
    if act in ALLOWED[state]:
        assert answer.status_code == 303, answer.text[-3000:]
        assert len(await bench.steps()) == len(bench.before) + 1
    else:
        await unchanged(bench, answer, 409, "现在的状态是")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", ["review_required", "submitted", "in_review", "returned"])
async def test_when_the_decision_is_made_nothing_can_be_done_any_more(at, state, act):
    bench = await at(state)
    await bench.review.apply(a_decision(outcome=SMALL_FINE, parties=[PERSON], unit=STATION))
    bench.before = await bench.steps()
    await unchanged(bench, await ACTS[act](bench), 409, "决定已于 2026-09-21 作出")


@pytest.mark.parametrize("state", ["submitted", "in_review"])
async def test_a_text_that_was_replaced_is_not_reviewed_any_more(at, state):
    bench = await at(state)
    await bench.review.apply(a_text(proposed_at="2026-09-21T09:00:00+08:00", **NEW_TEXT))
    act = bench.accept if state == "submitted" else bench.speak
    await unchanged(bench, await act(), 409, "又换了文本")
    row = await bench.review.review()
    assert (row.state, row.changed, row.waits_for, row.due_on) == (state, True, "unit", None)
    assert (await bench.submit()).status_code == 303
    row = await bench.review.review()
    assert (row.state, row.round, row.changed) == ("resubmitted", 2, False)


@pytest.mark.parametrize(("act", "state"), [("accept", "submitted"), ("opinion", "in_review")])
async def test_who_read_an_older_page_is_told_who_came_before(at, act, state):
    bench = await at(state)
    stale = {"seen": await bench.seen() - 1}
    answer = await (bench.accept(**stale) if act == "accept" else bench.speak(**stale))
    await unchanged(bench, answer, 409, "您打开本页之后")


async def test_of_two_who_speak_at_once_one_is_refused(at):
    bench = await at("in_review")
    answers = await asyncio.gather(
        bench.speak("agree", the_reviewer, seen=2),
        bench.speak("correct", another_reviewer, seen=2),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert [step[0] for step in await bench.steps()].count("opinion") == 1
    assert len(await bench.told_of("review.opinion_issued")) == 1


async def test_of_two_submissions_at_once_one_is_refused(at):
    bench = await at("review_required")
    answers = await asyncio.gather(
        bench.submit(the_handler, seen=0), bench.submit(the_second, seen=0)
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(await bench.steps()) == 1


async def test_a_form_without_the_mark_of_the_session_does_nothing(at):
    bench = await at("submitted")
    answer = await bench.client.post(
        "/review/cases/D1/accept",
        headers=signed_in(the_reviewer),
        data={"csrf": CSRF + "x", "seen": 1},
    )
    assert answer.status_code == 403
    assert await bench.steps() == bench.before


async def test_agreeing_is_refused_while_a_check_is_open_and_says_which(at):
    bench = await at("in_review")
    answer = await bench.speak("agree", **{"check-law": "", "reasons": "已写好的理由"})
    await unchanged(bench, answer, 409, "第5项“适用法律、裁量适当”未认定")
    assert "已写好的理由" in answer.text


async def test_agreeing_is_refused_while_a_check_is_wrong_and_says_which(at):
    bench = await at("in_review")
    answer = await bench.speak("agree", failed=("procedure",))
    await unchanged(bench, answer, 409, "第3项“程序合法”不符合")


async def test_correcting_needs_a_fault_a_note_on_it_and_a_reason(at):
    bench = await at("in_review")
    await unchanged(bench, await bench.speak("correct", failed=()), 409, "八项均符合")
    without_note = await bench.speak("correct", **{"note-procedure": ""})
    await unchanged(bench, without_note, 400, "第 3 项认定为不符合")
    await unchanged(bench, await bench.speak("correct", reasons=" "), 400, "没有写明审核意见的理由")


async def test_transferring_needs_a_ground_for_it(at):
    bench = await at("in_review")
    await unchanged(
        bench, await bench.speak("transfer", failed=("documents",)), 409, "移送应当有依据"
    )


async def test_who_overrules_what_the_data_say_explains_it(bench):
    await bench.propose(crime_suspected=True)
    await bench.submit()
    await bench.accept()
    bench.before = await bench.steps()
    await unchanged(bench, await bench.speak("agree"), 400, "与数据预填的“不符合”不一致")
    explained = await bench.speak("agree", **{"note-crime": "经核实未达追诉标准"})
    assert explained.status_code == 303


async def test_handing_back_without_saying_what_is_missing_is_refused(at):
    bench = await at("submitted")
    await unchanged(bench, await bench.hand_back(note=""), 400, "没有写明缺少什么")
    await unchanged(bench, await bench.hand_back(missing="passport"), 400, "不在清单之内")


async def test_a_round_is_returned_once_and_not_again(at):
    bench = await at("returned")
    await bench.submit()
    bench.before = await bench.steps()
    await unchanged(bench, await bench.hand_back(), 409, "已经退回补正过一次")


async def test_a_submission_with_a_known_fault_needs_a_word_on_it(bench):
    await bench.propose(hearing={"requested": True, "held": False})
    bench.before = []
    await unchanged(bench, await bench.submit(note=""), 400, "自检有红项")
    await unchanged(bench, await bench.submit(answers=""), 400, "真实性、准确性、完整性")
    assert (await bench.submit(note="听证定于下周举行")).status_code == 303


async def test_a_decision_that_nobody_knows_is_not_found(bench):
    for path in ("/review/cases/D9", "/review/cases/D9/submit", "/review/cases/D9/return"):
        assert (await bench.get(the_reviewer, path)).status_code == 404
    for path in ("submit", "accept", "return", "opinion"):
        answer = await bench.post(the_manager, f"/review/cases/D9/{path}", seen=0, note="x")
        assert answer.status_code == 404


async def test_a_text_goes_the_whole_way_and_everybody_is_told(at):
    bench = await at("opinion_given")
    corrected = a_text(proposed_at="2026-09-21T15:00:00+08:00", **NEW_TEXT)
    await bench.review.apply(corrected)
    bench.clock.move_to("2026-09-22 09:00")
    assert (await bench.submit(note="已改为五千元")).status_code == 303
    assert await bench.review.state() == "resubmitted"
    assert (await bench.speak("agree", another_reviewer)).status_code == 303
    row = await bench.review.review()
    assert (row.state, row.round, row.waits_for) == ("cleared", 2, None)
    assert await bench.steps() == [
        ("submitted", 1, HANDLER),
        ("accepted", 1, REVIEWER),
        ("opinion", 1, REVIEWER),
        ("resubmitted", 2, HANDLER),
        ("opinion", 2, another_reviewer.number),
    ]
    told = [name for name in await bench.review.told() if name.startswith("review.")]
    assert told == [
        "review.required",
        "review.submitted",
        "review.assigned",
        "review.opinion_issued",
        "review.required",
        "review.resubmitted",
        "review.opinion_issued",
        "review.cleared",
    ]
    issued = (await bench.told_of("review.opinion_issued"))[0]
    assert issued["opinion"] == "correct"
    assert issued["reasons"] == ["procedure"]
    assert (issued["checks"].count("failed"), len(issued["checks"])) == (1, 8)
    assert (issued["reviewer"], issued["leader"]) == (REVIEWER, "034002")
    (cleared,) = await bench.told_of("review.cleared")
    assert cleared["draft_sha256"] == row.proposed_sha256
    assert cleared["valid_until"] == "2026-10-22"


async def test_a_decision_as_it_was_cleared_stays_cleared_and_another_one_does_not(at):
    bench = await at("cleared")
    same = a_decision(
        outcome={"kinds": ["fine"], "fine": "4000.00"},
        parties=[PERSON],
        basis=[{"law": "治安管理处罚法", "article": "第五十九条"}],
    )
    await bench.review.apply(same)
    assert await bench.review.state() == "cleared"


@pytest.mark.parametrize("opinion", ["correct", "transfer"])
async def test_deciding_the_very_text_against_the_opinion_is_a_bypass_against_it(bench, opinion):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak(opinion)
    decided = a_decision(
        made_on="2026-09-22",
        outcome={"kinds": ["fine"], "fine": "4000"},
        parties=[PERSON],
        basis=[{"law": "治安管理处罚法", "article": "第五十九条"}],
    )
    await bench.review.apply(decided)
    row = await bench.review.review()
    assert (row.state, row.how) == ("bypassed", "against")
    (told,) = await bench.told_of("review.bypassed")
    assert told["how"] == "against"


async def test_what_was_written_is_in_no_event_and_not_in_clear_in_the_database(at):
    bench = await at("opinion_given")
    events = await bench.review.database.all("SELECT convert_from(value, 'UTF8') AS v FROM outbox")
    rows = await bench.review.database.all("SELECT review_steps::text AS v FROM review_steps")
    words = await bench.review.database.all("SELECT proposal_words::text AS v FROM proposal_words")
    assert words
    said = "".join(row.v for row in [*events, *rows, *words])
    for secret in ("理由写在这里", "问题在这里", "材料已核对", PERSON["name"], "龙湖路"):
        assert secret not in said
        assert secret.encode().hex() not in said


async def test_every_act_and_every_refusal_stands_in_the_audit(at):
    bench = await at("in_review")
    await bench.accept(the_handler)
    await bench.speak("agree", failed=("law",))
    done = [row[:3] for row in await bench.audit() if row[2] != "seen"]
    assert done[-4:] == [
        (HANDLER, "review.submit", "done"),
        (REVIEWER, "review.accept", "done"),
        (HANDLER, "review.accept", "refused"),
        (REVIEWER, "review.opinion", "refused"),
    ]
    assert [row[3] for row in await bench.audit() if row[2] == "refused"][-2:] == [
        "not-allowed",
        "checks-open",
    ]
