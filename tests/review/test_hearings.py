"""The hearing as a flow: every refusal first, then from the telling to the report."""

from datetime import UTC, datetime

import pytest

from support.hearing import CHAIR, Hall, a_notice_act, a_paper, the_chair
from support.officers import CITY, COUNTY, STATION, an_officer
from support.review import SMALL_FINE, a_classified_case, a_decision
from support.reviewing import (
    HANDLER,
    NAME,
    a_reviewer_elsewhere,
    a_reviewer_who_handles,
    a_stranger,
    a_text,
    an_editor,
    an_inspector,
    another_reviewer,
    the_handler,
    the_head,
    the_manager,
    the_reviewer,
)

TOLD = ("told", "2026-09-21")
ASKED = (TOLD, ("requested", "2026-09-22"))
ACCEPTED = (*ASKED, ("accepted", "2026-09-23"))
CALLED = (*ACCEPTED, ("noticed", "2026-09-23"))
HELD = (*CALLED, ("held", "2026-10-10"))
REPORTED = (*HELD, ("reported", "2026-10-12"))


@pytest.fixture
async def hall(bench):
    await bench.propose()
    return Hall(bench)


async def refused(hall, answer, status, says):
    assert (answer.status_code, says in answer.text) == (status, True), answer.text[-3000:]


async def test_a_text_below_the_amount_has_no_hearing(bench):
    await bench.propose(outcome=SMALL_FINE)
    answer = await bench.get(the_handler, "/review/hearings/D1")
    assert answer.status_code == 404
    assert "没有这个决定的听证" in answer.text


@pytest.mark.parametrize(
    "officer", [a_stranger, the_reviewer, the_manager, an_editor, an_inspector]
)
async def test_only_the_handling_unit_records_what_the_party_does(hall, officer):
    await refused(hall, await hall.take(*TOLD, officer=officer), 403, "权限")
    assert await hall.kinds() == []


@pytest.mark.parametrize(
    "officer", [the_handler, the_head, an_editor, an_inspector, a_reviewer_elsewhere]
)
async def test_only_the_legal_department_accepts_calls_holds_and_reports(hall, officer):
    await hall.go(*ASKED)
    for kind in ("accepted", "refused", "noticed", "held", "no_show", "reported"):
        await refused(hall, await hall.take(kind, "2026-09-22", officer), 403, "权限")
    assert await hall.kinds() == ["told", "requested"]


async def test_nobody_of_the_case_has_to_do_with_its_hearing(hall):
    await hall.go(*ASKED)
    answer = await hall.take("accepted", "2026-09-22", a_reviewer_who_handles)
    await refused(hall, answer, 403, "是本案办案人员")
    await hall.go(("accepted", "2026-09-23"))
    for name in ("chair", "recorder"):
        answer = await hall.take("noticed", "2026-09-23", **{name: HANDLER})
        await refused(hall, answer, 403, "不得担任")
    reasons = {row[3] for row in await hall.bench.audit()}
    assert "conflict-of-interest" in reasons


async def test_who_took_part_in_an_act_of_the_case_does_not_chair(hall):
    act = a_notice_act(kind="questioning", officers=[CHAIR])
    await hall.bench.review.apply(act)
    await hall.go(*ACCEPTED)
    await refused(hall, await hall.take("noticed", "2026-09-23"), 403, "不得担任听证主持人")


async def test_a_hearing_is_called_seven_working_days_before(hall):
    await hall.go(*ACCEPTED)
    answer = await hall.take("noticed", "2026-09-23", planned_on="2026-10-09")
    await refused(hall, answer, 409, "七日前送达")
    answer = await hall.take("noticed", "2026-09-23", planned_on="2026-11-08")
    await refused(hall, answer, 409, "延期")
    assert "三楼听证室" in answer.text  # nothing typed is lost
    answer = await hall.take(
        "noticed", "2026-09-23", planned_on="2026-11-09", postponed="申请人申请延期"
    )
    assert answer.status_code == 303


async def test_it_is_held_on_the_day_of_the_notice_and_reported_by_its_chair(hall):
    await hall.go(*CALLED)
    hall.bench.clock.move_to("2026-10-12 09:00")
    await refused(hall, await hall.take("held", "2026-10-11"), 409, "通知的听证日期是")
    await refused(hall, await hall.take("reported", "2026-10-12"), 409, "不能提出听证报告书")
    await hall.go(("held", "2026-10-10"))
    hall.bench.clock.move_to("2026-10-12 09:00")
    answer = await hall.take("reported", "2026-10-12", the_reviewer)
    await refused(hall, answer, 409, "由听证主持人")
    assert (await hall.take("reported", "2026-10-12", the_chair)).status_code == 303
    assert await hall.state() == "reported"


async def test_an_older_page_is_refused(hall):
    await hall.go(TOLD)
    await refused(hall, await hall.take("requested", "2026-09-21", seen=0), 409, "已办理了下一步")


async def test_what_is_not_filled_in_is_said(hall):
    await hall.go(*ASKED)
    await refused(hall, await hall.take("refused", "2026-09-22", reason=""), 400, "没有写明")
    await refused(hall, await hall.take("accepted", "昨天"), 400, "应为日期")
    await refused(hall, await hall.take("accepted", "2026-09-30"), 409, "还没有到")


async def test_after_the_decision_nothing_more_is_done(hall):
    await hall.go(*ASKED)
    await hall.bench.review.apply(a_decision(made_on="2026-09-22", unit=STATION))
    await refused(hall, await hall.take("accepted", "2026-09-22"), 409, "决定已于 2026-09-22 作出")
    assert await hall.term() is None


async def test_a_hearing_goes_its_whole_way(hall):
    await hall.go(*REPORTED)
    row = await hall.row()
    assert (row.state, row.chair, str(row.held_on)) == ("reported", CHAIR, "2026-10-10")
    page = await hall.bench.get(the_chair, "/review/hearings/D1")
    for words in ("已报告", "办案民警陈述，申请人申辩。", "建议从轻处罚", "听证报告书"):
        assert words in page.text
    assert await hall.term() is None


async def test_who_lets_the_days_pass_has_lapsed_by_the_clock_and_once(hall):
    await hall.go(TOLD)
    term = await hall.term()
    assert (term.task, term.waits_for, str(term.due_on)) == ("request", "party", "2026-09-29")
    hall.bench.clock.move_to("2026-09-29 23:59")
    await hall.bench.fire()
    assert await hall.state() == "told"
    hall.bench.clock.move_to("2026-09-30 00:01")
    for _ in range(2):
        await hall.bench.fire()
    assert await hall.kinds() == ["told", "lapsed"]
    assert await hall.state() == "lapsed"


async def test_silence_is_acceptance_by_the_clock_and_then_nothing_can_be_refused(hall):
    await hall.go(*ASKED)
    assert str((await hall.term()).due_on) == "2026-09-24"
    hall.bench.clock.move_to("2026-09-25 00:01")
    await hall.bench.fire()
    assert (await hall.state(), await hall.kinds()) == ("accepted", ["told", "requested", "deemed"])
    await refused(hall, await hall.take("refused", "2026-09-25"), 409, "不能不予受理")
    raised = await hall.bench.review.database.all("SELECT kind, term_id FROM reminders")
    assert ("passed", "hearing/D1") not in {tuple(row) for row in raised}


async def test_who_renounced_may_ask_again_within_the_days_and_not_later(hall):
    await hall.go(TOLD, ("waived", "2026-09-22"), ("requested", "2026-09-23"))
    await hall.go(("withdrawn", "2026-09-24"))
    hall.bench.clock.move_to("2026-10-09 09:00")
    await refused(hall, await hall.take("requested", "2026-10-09"), 409, "申请期限内")


async def test_who_does_not_come_has_given_it_up(hall):
    await hall.go(*CALLED, ("no_show", "2026-10-10"))
    assert await hall.state() == "no_show"


async def test_what_casework_tells_of_the_notice_begins_the_days(hall):
    await hall.bench.review.apply(a_notice_act())
    row = await hall.row()
    assert (row.state, str(row.told_on)) == ("told", "2026-09-18")
    await hall.go(("requested", "2026-09-22"))


async def test_of_several_decisions_nobody_guesses_for_which_one_casework_told(bench):
    await bench.propose()
    await bench.review.apply(a_text(decision_id="D2"), a_notice_act())
    rows = await bench.review.database.all("SELECT decision_id, state FROM hearings")
    assert {row.decision_id: row.state for row in rows} == {"D1": "to_tell", "D2": "to_tell"}


async def test_who_is_told_anew_may_ask_anew(hall):
    await hall.bench.review.apply(a_notice_act())
    await hall.go(("waived", "2026-09-21"))
    assert await hall.state() == "waived"
    again = a_notice_act(
        action_id="A8",
        started_at="2026-09-23T10:00:00+08:00",
        ended_at="2026-09-23T10:20:00+08:00",
    )
    await hall.bench.review.apply(again)
    assert await hall.state() == "told"


async def test_the_told_day_of_a_paper_counts_as_well(hall):
    await hall.bench.review.apply(a_paper("行政处罚告知笔录", "2026-09-18"))
    assert await hall.state() == "told"


async def test_a_hearing_that_is_owed_fails_the_check_of_the_procedure(hall):
    await hall.bench.submit()
    await hall.bench.accept()
    before = await hall.bench.get(the_reviewer, "/review/cases/D1")
    assert "当事人已要求听证，未见举行" not in before.text
    await hall.go(*ASKED)
    owed = await hall.bench.get(the_reviewer, "/review/cases/D1")
    assert "当事人已要求听证，未见举行" in owed.text
    assert 'href="/review/hearings/D1"' in owed.text
    await hall.go(("accepted", "2026-09-23"), ("noticed", "2026-09-23"), ("held", "2026-10-10"))
    held = await hall.bench.get(the_reviewer, "/review/cases/D1")
    assert "当事人已要求听证，未见举行" not in held.text


async def looks_of(hall, number):
    return [row for row in await hall.bench.audit() if row[:3] == (number, "review.read", "seen")]


async def test_its_documents_are_filled_in_and_every_look_is_noted(hall):
    await hall.go(*REPORTED)
    before = len(await looks_of(hall, CHAIR))
    for kind, title in {
        "told": "行政处罚告知笔录",
        "noticed": "举行听证通知书",
        "held": "听证笔录",
        "reported": "听证报告书",
    }.items():
        answer = await hall.bench.get(the_chair, f"/review/hearings/D1/papers/{kind}")
        assert answer.status_code == 200
        assert title in answer.text
        assert NAME in answer.text
    missing = await hall.bench.get(the_chair, "/review/hearings/D1/papers/refused")
    assert missing.status_code == 404
    assert len(await looks_of(hall, CHAIR)) - before == 4


async def test_whose_duty_it_is_not_says_why_first(hall):
    await hall.go(TOLD)
    curious = an_officer("inspector", number="034502", unit=CITY)
    answer = await hall.bench.get(curious, "/review/hearings/D1")
    assert answer.status_code == 428
    await hall.bench.says_why(curious)
    assert (await hall.bench.get(curious, "/review/hearings/D1")).status_code == 200


async def test_the_list_shows_states_and_days_and_no_names(hall):
    await hall.go(*ASKED)
    page = await hall.bench.get(the_reviewer, "/review/hearings", state="requested")
    assert "待受理" in page.text
    assert "决定是否受理听证" in page.text
    assert NAME not in page.text
    empty = await hall.bench.get(the_reviewer, "/review/hearings", state="held")
    assert "没有这种状态的听证" in empty.text
    nobody = an_officer("operator", number="034999", unit=COUNTY)
    assert (await hall.bench.get(nobody, "/review/hearings")).status_code == 403


async def test_of_a_case_that_is_classified_nothing_of_its_hearing_is_kept(hall):
    await hall.go(*CALLED)
    await hall.bench.review.apply(
        a_classified_case(id="secret", time=datetime(2026, 9, 30, tzinfo=UTC))
    )
    tables = ("hearings", "hearing_steps", "terms", "case_limits", "case_steps", "reminders")
    for table in tables:
        assert await hall.bench.review.database.all(f"SELECT * FROM {table}") == []


async def test_what_is_written_stands_sealed(hall):
    await hall.go(*REPORTED)
    rows = await hall.bench.review.database.all("SELECT * FROM hearing_steps")
    assert rows
    assert all("听证室".encode() not in bytes(row.words) for row in rows)
    assert {row.words_sha256 is not None for row in rows} == {True}


async def test_another_reviewer_sees_only_that_he_must_say_why(hall):
    await hall.go(*REPORTED)
    answer = await hall.bench.get(another_reviewer, "/review/hearings/D1")
    assert answer.status_code == 200  # 034018 held it: a part of it is his
    other = an_officer("legal_reviewer", number="034021", unit=COUNTY)
    assert (await hall.bench.get(other, "/review/hearings/D1")).status_code == 428
