"""The board by urgency, the limits of cases, transfers of crimes; reminded once, escalated once."""

import pytest

from support.hearing import (
    CHIEF,
    Hall,
    a_paper,
    gone_away,
    the_county_head,
    the_leader,
)
from support.officers import CITY, COUNTY, STATION, an_officer
from support.review import CASE, SMALL_FINE, a_decision
from support.reviewing import (
    HANDLER,
    NAME,
    REVIEWER,
    a_case_at_work,
    a_reviewer_elsewhere,
    a_stranger,
    an_editor,
    an_inspector,
    the_directory,
    the_handler,
    the_head,
    the_reviewer,
    the_second,
)


class Terms:
    """The terms of one case at review's bench."""

    def __init__(self, bench):
        self.bench = bench
        self.database = bench.review.database

    async def of(self, kind):
        rows = await self.database.all("SELECT * FROM terms WHERE kind = :kind", kind=kind)
        return rows[0] if rows else None

    async def limit(self):
        return (await self.database.all("SELECT * FROM case_limits"))[0]

    async def reminders(self):
        rows = await self.database.all(
            "SELECT r.kind, t.kind AS term, r.officers, r.to_unit FROM reminders AS r"
            " JOIN terms AS t ON t.term_id = r.term_id ORDER BY t.kind, r.kind"
        )
        return [(row.kind, row.term, row.officers, row.to_unit) for row in rows]

    async def limits(self, name, officer, **fields):
        row = await self.limit()
        given = {"seen": row.steps, "reason": "案情重大复杂，需到外地调查", **fields}
        return await self.bench.post(officer, f"/review/limits/{row.case_ref}/{name}", **given)

    async def transfers(self, name, officer, **fields):
        rows = await self.database.all("SELECT * FROM case_steps WHERE subject = 'transfer/D1'")
        given = {"seen": len(rows), "reason": "涉嫌诈骗罪", **fields}
        return await self.bench.post(officer, f"/review/transfers/D1/{name}", **given)

    async def at(self, moment):
        self.bench.clock.move_to(moment)
        for _ in range(2):  # a clock that fired stays fired
            await self.bench.fire()


@pytest.fixture
async def terms(bench):
    await bench.propose(outcome=SMALL_FINE)
    return Terms(bench)


@pytest.fixture
async def reviewed(bench):
    await bench.propose()
    return Terms(bench)


def refused(answer, status, says):
    assert (answer.status_code, says in answer.text) == (status, True), answer.text[-3000:]


async def test_an_accepted_case_has_a_limit_that_the_decision_ends(terms):
    row = await terms.limit()
    assert (row.state, str(row.due_on)) == ("running", "2026-10-10")
    assert (await terms.of("limit")).clock is not None
    await terms.bench.review.apply(a_decision(made_on="2026-09-21", unit=STATION))
    row = await terms.limit()
    assert (row.state, str(row.ended_on)) == ("ended", "2026-09-21")
    assert await terms.of("limit") is None


async def test_an_expert_at_work_stops_the_limit(terms):
    await terms.bench.review.apply(a_paper("鉴定聘请书", "2026-09-14"))
    assert (await terms.limit()).state == "standing"
    await terms.bench.review.apply(a_paper("鉴定意见书", "2026-09-24", "鉴意1"))
    row = await terms.limit()
    assert (row.state, str(row.due_on)) == ("running", "2026-10-20")


@pytest.mark.parametrize("officer", [a_stranger, the_reviewer, an_editor, an_inspector])
async def test_only_the_handling_unit_asks_for_an_extension(terms, officer):
    refused(await terms.limits("ask", officer), 403, "权限")


@pytest.mark.parametrize("officer", [the_handler, the_reviewer, an_editor, an_inspector])
async def test_only_heads_and_leaders_extend(terms, officer):
    assert (await terms.limits("ask", the_handler)).status_code == 303
    refused(await terms.limits("decide", officer, decision="extended"), 403, "权限")


async def test_the_stations_own_head_does_not_extend_its_case(terms):
    await terms.limits("ask", the_handler)
    refused(await terms.limits("decide", the_head, decision="extended"), 409, "应当由")


async def test_who_asked_does_not_approve(terms):
    both = an_officer(("case_handler", STATION), ("unit_head", COUNTY), number=HANDLER)
    await terms.limits("ask", both)
    refused(await terms.limits("decide", both, decision="extended"), 403, "不能批准自己")


async def test_the_bureau_extends_twice_and_not_a_third_time(terms):
    refused(await terms.limits("decide", the_county_head, decision="extended"), 409, "没有待批准")
    for due in ("2026-11-09", "2026-12-09"):
        assert (await terms.limits("ask", the_handler)).status_code == 303
        refused(await terms.limits("ask", the_second), 409, "已经申请延长")
        answer = await terms.limits("decide", the_county_head, decision="extended")
        assert answer.status_code == 303
        assert str((await terms.limit()).due_on) == due
    refused(await terms.limits("ask", the_handler), 409, "最多延长 2 次")


async def test_an_extension_that_is_declined_changes_no_day(terms):
    await terms.limits("ask", the_handler)
    await terms.limits("decide", the_county_head, decision="not_extended")
    row = await terms.limit()
    assert (row.extensions, row.asked, str(row.due_on)) == (0, False, "2026-10-10")


async def test_no_reason_no_extension_and_nothing_after_the_last_day(terms):
    refused(await terms.limits("ask", the_handler, reason=""), 400, "没有写明理由")
    refused(await terms.limits("ask", the_handler, seen=3), 409, "已有变化")
    terms.bench.clock.move_to("2026-10-12 09:00")
    refused(await terms.limits("ask", the_handler), 409, "逾期后不能延长")


async def test_reasons_are_shown_to_who_has_to_do_with_them_only(terms):
    await terms.limits("ask", the_handler)
    address = f"/review/limits/{(await terms.limit()).case_ref}"
    for officer in (the_handler, the_county_head):
        assert "需到外地调查" in (await terms.bench.get(officer, address)).text
    curious = an_officer("inspector", number="034501", unit=CITY)
    for officer in (curious, the_reviewer):
        page = await terms.bench.get(officer, address)
        assert page.status_code == 200
        assert "需到外地调查" not in page.text
    assert (await terms.bench.get(a_stranger, address)).status_code == 403


async def test_an_opinion_transfer_gives_the_head_three_days_and_then_a_day(reviewed):
    await reviewed.bench.submit()
    await reviewed.bench.accept()
    await reviewed.bench.speak("transfer")
    term = await reviewed.of("transfer")
    assert (term.task, term.waits_for, str(term.due_on)) == ("approve", "head", "2026-09-24")
    for officer in (the_handler, the_reviewer, an_editor):
        refused(await reviewed.transfers("decide", officer, decision="approved"), 403, "权限")
    silent = await reviewed.transfers("decide", the_head, decision="approved", reason="")
    refused(silent, 400, "没有写明理由")
    refused(await reviewed.transfers("decide", the_head), 400, "请选择是否批准移送")
    answer = await reviewed.transfers("decide", the_head, decision="approved")
    assert answer.status_code == 303
    term = await reviewed.of("transfer")
    assert (term.task, term.waits_for) == ("hand_over", "unit")
    await reviewed.bench.review.apply(gone_away("2026-09-22"))
    assert await reviewed.of("transfer") is None
    [row] = await reviewed.database.all("SELECT * FROM transfers")
    assert (row.state, str(row.transferred_on)) == ("transferred", "2026-09-22")
    assert (await reviewed.limit()).state == "ended"


async def test_a_unit_that_names_a_crime_starts_the_same_days(reviewed):
    assert (await reviewed.transfers("crime", the_handler)).status_code == 303
    refused(await reviewed.transfers("crime", the_handler), 409, "不能确认涉嫌犯罪")
    own = an_officer("unit_head", number=HANDLER)
    refused(await reviewed.transfers("decide", own, decision="declined"), 403, "承办人不能决定")
    answer = await reviewed.transfers("decide", the_head, decision="declined")
    assert answer.status_code == 303
    assert await reviewed.of("transfer") is None


async def test_the_board_lists_every_kind_with_day_rule_and_what_is_left(reviewed):
    bench, hall = reviewed.bench, Hall(reviewed.bench)
    await bench.submit()
    await hall.go(("told", "2026-09-21"), ("requested", "2026-09-22"))
    await reviewed.transfers("crime", the_handler)
    page = await bench.get(the_handler, "/review/board")
    for words in ("出具审核意见", "决定是否受理听证", "作出处理决定", "决定是否移送", "剩 2 天"):
        assert words in page.text
    assert "治安管理处罚法（2025年修订）§118" in page.text
    assert NAME not in page.text
    only = await bench.get(the_handler, "/review/board", kind="limit")
    assert "作出处理决定" in only.text
    assert "决定是否受理听证" not in only.text
    bench.clock.move_to("2026-10-09 09:00")
    late = await bench.get(the_handler, "/review/board")
    assert "逾期" in late.text
    assert late.text.index("决定是否受理听证") < late.text.index("作出处理决定")


async def test_mine_is_what_waits_for_the_officer(reviewed):
    await reviewed.bench.submit()
    mine = {"mine": "yes"}
    reviewer = await reviewed.bench.get(the_reviewer, "/review/board", **mine)
    assert "出具审核意见" in reviewer.text
    assert "作出处理决定" not in reviewer.text
    handler = await reviewed.bench.get(the_handler, "/review/board", **mine)
    assert "作出处理决定" in handler.text
    assert "出具审核意见" not in handler.text
    for officer in (a_reviewer_elsewhere, a_stranger):
        page = await reviewed.bench.get(officer, "/review/board")
        assert CASE not in page.text
    assert (await reviewed.bench.get(an_editor, "/review/board")).status_code == 403


async def test_a_kind_or_a_mark_that_is_none_is_refused_in_chinese(terms):
    refused(await terms.bench.get(the_handler, "/review/board", kind="x"), 400, "没有所要的状态")
    refused(await terms.bench.get(the_handler, "/review/board", after="x"), 400, "翻页标记")


async def test_the_board_goes_on_where_a_page_ends(bench):
    cases = [a_case_at_work(case_number=f"田公（网）2026-1{n:04}") for n in range(60)]
    await bench.review.apply(*the_directory(), *cases)
    first = await bench.get(the_handler, "/review/board")
    assert first.text.count("data-row") == 50
    after = first.text.split("after=")[1].split('"')[0]
    second = await bench.get(the_handler, "/review/board", after=after)
    assert second.text.count("data-row") == 10


async def test_who_has_to_act_is_reminded_once_and_the_head_is_told_once(reviewed):
    await reviewed.bench.submit()
    await reviewed.bench.accept()
    due = str((await reviewed.of("opinion")).due_on)
    assert due == "2026-09-29"
    await reviewed.at("2026-09-23 23:59")
    assert await reviewed.reminders() == []
    await reviewed.at("2026-09-24 00:01")
    lead = ("lead", "opinion", [REVIEWER], COUNTY)
    assert await reviewed.reminders() == [lead]
    await reviewed.at("2026-09-30 00:01")
    passed = ("passed", "opinion", [CHIEF], COUNTY)
    assert await reviewed.reminders() == [lead, passed]


async def test_a_reminder_is_shown_until_it_was_looked_at(terms):
    await terms.at("2026-10-09 00:01")
    bell = (await terms.bench.get(the_handler, "/review/fragments/bell")).text
    page = await terms.bench.get(the_handler, "/review/fragments/todo")
    assert "期限将到" in page.text
    assert "期限将到" not in (await terms.bench.get(the_head, "/review/fragments/todo")).text
    reminder = page.text.split("/review/reminders/")[1].split("/")[0]
    answer = await terms.bench.post(the_handler, f"/review/reminders/{reminder}/seen")
    assert answer.headers["location"].startswith("/review/limits/")
    page = await terms.bench.get(the_handler, "/review/fragments/todo")
    assert "期限将到" not in page.text
    after = (await terms.bench.get(the_handler, "/review/fragments/bell")).text
    assert int(bell) - int(after) == 1
    other = await terms.bench.get(the_second, "/review/fragments/todo")
    assert "期限将到" in other.text  # he has not looked
    answer = await terms.bench.post(a_stranger, f"/review/reminders/{reminder}/seen")
    assert answer.status_code == 403


async def test_a_head_whom_the_directory_names_is_told_and_nobody_of_the_unit_else(terms):
    await terms.at("2026-10-11 00:01")
    page = await terms.bench.get(the_leader, "/review/fragments/todo")
    assert "期限已过，请督办" in page.text
    assert "期限已过" not in (await terms.bench.get(the_handler, "/review/fragments/todo")).text


async def test_what_is_done_reminds_nobody(terms):
    await terms.at("2026-10-09 00:01")
    await terms.bench.review.apply(a_decision(made_on="2026-10-09", unit=STATION))
    page = await terms.bench.get(the_handler, "/review/fragments/todo")
    assert "期限将到" not in page.text
    await terms.at("2026-10-12 00:01")
    assert await terms.reminders() == []


async def test_a_provisional_term_never_reminds_nor_escalates(bench):
    late = a_case_at_work(accepted_at="2026-12-20T10:00:00+08:00")
    await bench.review.apply(*the_directory(), late)
    terms = Terms(bench)
    term = await terms.of("limit")
    assert (term.provisional, term.binding, term.clock) == (True, False, None)
    await terms.at("2027-03-01 00:01")
    assert await terms.database.all("SELECT * FROM reminders") == []


async def test_synthetic_cases_remind_nobody(bench):
    await bench.review.apply(*the_directory(), a_case_at_work(about={"mode": "synthetic"}))
    terms = Terms(bench)
    await terms.at("2026-10-12 00:01")
    assert await terms.database.all("SELECT * FROM reminders") == []


async def test_a_hearing_that_is_accepted_stops_the_limit_of_the_case(reviewed):
    hall = Hall(reviewed.bench)
    await hall.go(("told", "2026-09-21"), ("requested", "2026-09-22"), ("accepted", "2026-09-23"))
    assert (await reviewed.limit()).state == "standing"
    await hall.go(("withdrawn", "2026-09-28"))
    assert str((await reviewed.limit()).due_on) == "2026-10-15"
