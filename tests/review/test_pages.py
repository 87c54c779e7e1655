"""Review's pages and fragments, read as people of every role would."""

import re

import pytest

from mingjing_shared.events.casework import ActionPerformed
from mingjing_shared.web.officer import ROLES
from support.events import received
from support.officers import CITY, COUNTY, STATION, an_officer, calling
from support.review import CASE, PERSON, SMALL_FINE, a_classified_case, a_decision
from support.reviewing import (
    DRAFT,
    HANDLER,
    NAME,
    REVIEWER,
    SECOND,
    SHA,
    a_case_at_work,
    a_reviewer_elsewhere,
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
from support.web import text_of

PERSONAL = (NAME, PERSON["resident_id"], "龙湖路", "现场检查笔录")
MAY_SEE = {
    "case_handler",
    "unit_head",
    "legal_reviewer",
    "case_manager",
    "inspector",
    "bureau_leader",
}


@pytest.mark.parametrize("role", sorted(ROLES.keys() - MAY_SEE))
async def test_who_has_nothing_to_do_with_review_does_not_get_in(bench, role):
    await bench.propose()
    officer = an_officer(role, unit=CITY)
    for path in ("/review/", "/review/api/reviews", "/review/cases/D1", "/review/cases/D1/submit"):
        answer = await bench.get(officer, path)
        assert answer.status_code == 403, path
        assert "可由" in answer.text
        assert not [value for value in PERSONAL if value in answer.text]


@pytest.mark.parametrize(
    "officer", [a_stranger, a_reviewer_elsewhere, an_editor], ids=lambda one: one.number
)
async def test_beyond_one_s_reach_nothing_is_listed_found_or_opened(bench, officer):
    await bench.propose()
    await bench.submit()
    assert (await bench.get(officer, "/review/cases/D1")).status_code == 403
    listed = await bench.get(officer, "/review/")
    assert listed.status_code in (200, 403)
    assert CASE not in listed.text
    for fragment in ("todo", "case"):
        ref = (await bench.review.review()).case_ref
        answer = await bench.get(officer, f"/review/fragments/{fragment}", case_ref=ref)
        assert answer.status_code == 200
        assert CASE not in answer.text
    found = await bench.post(officer, "/review/fragments/search", q="01183")
    assert CASE not in text_of(found)
    assert (await bench.get(officer, "/review/fragments/bell")).text == "0"


async def test_a_look_at_the_text_and_a_refused_one_are_noted(bench):
    await bench.propose()
    before = len(await bench.audit())
    await bench.get(the_handler, "/review/cases/D1")
    await bench.get(a_stranger, "/review/cases/D1")
    assert [row[:5] for row in (await bench.audit())[before:]] == [
        (the_handler.number, "review.read", "seen", "case_handling", "D1"),
        (a_stranger.number, "review.read", "refused", "not-allowed", "D1"),
    ]


async def test_the_page_of_a_case_shows_all_that_a_reviewer_needs(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    answer = await bench.get(the_reviewer, "/review/cases/D1")
    assert answer.status_code == 200
    row = await bench.review.review()
    for said in (
        CASE,
        *DRAFT.split("\n")[1:],
        f"/recording/blobs/{SHA}",
        SHA[:8],
        f'hx-get="/recording/fragments/case?case_ref={row.case_ref}"',
        "机器预填，人来认定",
        "第 1 轮",
        "民警17 034017",
        "罚款 4000.00 元",
        "《治安管理处罚法》第五十九条",
        "达到听证数额 4000 元",
    ):
        assert said in answer.text, said
    assert answer.text.count("<fieldset>") == 8
    assert 'name="check-subject" value="passed" checked' in answer.text
    assert 'name="check-evidence" value="passed" checked' not in answer.text


async def test_addresses_lists_and_logs_hold_nothing_of_the_parties(bench, capsys):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak("correct", reasons=f"{NAME}的身份没有核实")
    for path in (
        "/review/",
        "/review/api/reviews",
        "/review/fragments/todo",
        "/review/fragments/log",
    ):
        text = (await bench.get(the_manager, path)).text
        assert not [value for value in PERSONAL if value in text], path
    page = (await bench.get(the_reviewer, "/review/cases/D1")).text
    for address in re.findall(r'(?:href|action|hx-get)="([^"]+)"', page):
        assert not [value for value in PERSONAL if value in address]
    said = capsys.readouterr().out
    assert not [value for value in (*PERSONAL, "身份没有核实") if value in said]


async def test_a_stale_case_of_another_kind_opens_too(bench):
    await bench.review.apply(
        a_case_at_work(), a_text(outcome=SMALL_FINE, draft_text=None, materials=[], facts="略")
    )
    text = (await bench.get(the_handler, "/review/cases/D1")).text
    assert "无需审核" in text
    assert "放行凭证" in text
    await bench.review.apply(a_decision(decision_id="D7", unit=STATION))
    await bench.says_why(the_manager, "D7")
    assert "没有送审文稿" in (await bench.get(the_manager, "/review/cases/D7")).text


@pytest.mark.parametrize("made_on", ["2018-12-04", "2026-09-18"])
async def test_a_decision_without_review_opens_with_the_reason(bench, made_on):
    await bench.review.apply(
        a_case_at_work(),
        a_decision(made_on=made_on, unit=STATION, outcome={"kinds": ["closure"]}),
    )
    await bench.says_why(the_manager)
    answer = await bench.get(the_manager, "/review/cases/D1")
    assert answer.status_code == 200
    assert ("未审先决" in answer.text) is (made_on > "2018-12-05")


async def test_what_was_typed_is_still_there_after_a_refusal(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    answer = await bench.speak(
        "agree", failed=("law",), reasons="写了很久的理由", **{"note-law": "裁量过重"}
    )
    assert answer.status_code == 409
    for typed in ("写了很久的理由", "裁量过重", 'name="check-law" value="failed" checked'):
        assert typed in answer.text
    returned = await bench.hand_back(note="", missing=["nothing"])
    assert returned.status_code == 400
    submitted = await bench.submit(note="不该丢的话")
    assert "不该丢的话" in submitted.text


async def test_only_what_may_be_done_now_is_offered(bench):
    await bench.propose()
    page = "/review/cases/D1"
    assert "/submit" in (await bench.get(the_handler, page)).text
    assert (await bench.get(the_reviewer, page)).status_code == 428  # nothing to review yet
    await bench.submit()
    assert f"{page}/submit" not in text_of(await bench.get(the_handler, page))
    text = (await bench.get(the_reviewer, page)).text
    assert f'action="{page}/accept"' in text
    assert "材料不齐…" in text
    await bench.accept()
    text = (await bench.get(the_reviewer, page)).text
    assert f'action="{page}/opinion"' in text
    for other, status in (
        (the_handler, 200),
        (the_head, 428),
        (an_inspector, 428),
        (a_reviewer_elsewhere, 403),
    ):
        assert f'action="{page}/opinion"' not in text_of(await bench.get(other, page), status)


async def test_enter_in_a_field_gives_no_opinion(bench):
    """A browser presses a form's first button on Enter: it must be one that does nothing."""
    await bench.propose()
    await bench.submit()
    await bench.accept()
    text = (await bench.get(the_reviewer, "/review/cases/D1")).text
    first = re.search(r'<button[^>]*form="opinion"[^>]*>', text)[0]
    assert "disabled" in first
    assert "value=" not in first


async def test_after_the_act_the_page_says_what_was_done(bench):
    await bench.propose()
    answer = await bench.submit()
    assert answer.headers["location"] == "/review/cases/D1?done=submitted"
    text = (await bench.get(the_handler, "/review/cases/D1", done="submitted")).text
    assert "已送审，等待法制部门受理" in text
    assert "mj-done" not in text_of(await bench.get(the_handler, "/review/cases/D1", done="x"))


async def test_the_next_thing_to_do_is_one_key_away(bench):
    await bench.propose()
    await bench.review.apply(a_text(decision_id="D2"))
    await bench.submit()
    text = (await bench.get(the_handler, "/review/cases/D1", done="submitted")).text
    assert 'href="/review/cases/D2" data-key="n"' in text


async def test_the_rounds_are_compared_and_kept(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak("correct", reasons="罚款过重，请重新裁量")
    await bench.review.apply(
        a_text(
            proposed_at="2026-09-21T12:00:00+08:00",
            outcome={"kinds": ["fine"], "fine": "5000"},
            draft_text=DRAFT.replace("四千元", "五千元"),
        )
    )
    await bench.submit(note="已按意见改正")
    text = (await bench.get(the_reviewer, "/review/cases/D1")).text
    assert "第 2 轮" in text
    assert "罚款 4000→5000" in text
    assert re.search(r"<del[^>]*>四</del><ins[^>]*>五</ins>", text)
    for said in ("罚款过重，请重新裁量", "已按意见改正", "问题在这里"):
        assert said in text


async def test_the_list_puts_what_waits_for_me_first(bench):
    await bench.propose()
    await bench.submit()
    text = (await bench.get(the_reviewer, "/review/")).text
    mine, _, rest = text.partition("按状态筛选")
    assert "等我办理" in mine
    assert 'href="/review/cases/D1"' in mine
    assert 'href="/review/cases/D1"' in rest
    assert "2026年9月21日材料齐备" in mine
    assert "现在没有等您办理的审核" in (await bench.get(the_handler, "/review/")).text


async def test_the_list_is_filtered_by_state(bench):
    await bench.propose()
    assert CASE in (await bench.get(the_manager, "/review/?state=review_required")).text
    other = await bench.get(the_manager, "/review/?state=in_review")
    assert "没有这种状态的决定" in other.text
    assert (await bench.get(the_manager, "/review/?state=unheard")).status_code == 400


@pytest.mark.parametrize("wanted", ["01183", "（网）", "D1", HANDLER, "测试派出所", STATION])
async def test_two_signs_of_a_number_or_a_unit_find_it(bench, wanted):
    await bench.propose()
    found = await bench.post(the_manager, "/review/fragments/search", q=wanted)
    assert 'href="/review/cases/D1"' in found.text
    nothing = await bench.post(the_manager, "/review/fragments/search", q=f"{wanted}九")
    assert "没有找到" in nothing.text


async def test_a_search_of_one_sign_or_without_the_mark_is_refused(bench):
    assert (await bench.post(the_manager, "/review/fragments/search", q="0")).status_code == 400
    unmarked = await bench.post(the_manager, "/review/fragments/search", q="0118", csrf="x")
    assert unmarked.status_code == 403


async def test_duties_move_from_the_unit_to_the_reviewer_and_back(bench):
    await bench.propose()

    async def waits():
        names = {"h": the_handler, "u": the_head, "r": the_reviewer, "o": another_reviewer}
        found = ""
        for name, officer in names.items():
            bell = (await bench.get(officer, "/review/fragments/bell")).text
            todo = (await bench.get(officer, "/review/fragments/todo")).text
            assert (bell == "1") is ("/review/cases/D1" in todo)
            found += name if bell == "1" else ""
        return found

    assert await waits() == "hu"
    await bench.submit()
    assert await waits() == "ro"
    await bench.accept()
    assert await waits() == "r"
    await bench.hand_back()
    assert await waits() == "hu"
    await bench.submit()
    assert await waits() == "r"
    await bench.speak("correct")
    assert await waits() == "hu"
    await bench.submit()
    assert await waits() == "r"
    await bench.speak("agree")
    assert await waits() == ""


async def test_one_who_handles_the_case_is_not_told_to_review_it(bench):
    await bench.propose()
    await bench.submit()
    both = an_officer("legal_reviewer", number=HANDLER, unit=COUNTY)
    assert (await bench.get(both, "/review/fragments/bell")).text == "0"


async def test_a_case_s_reviews_stand_in_its_fragment(bench):
    await bench.propose()
    await bench.submit()
    ref = (await bench.review.review()).case_ref
    text = (await bench.get(the_handler, "/review/fragments/case", case_ref=ref)).text
    assert "待受理" in text
    assert "<html" not in text
    other = (await bench.get(the_handler, "/review/fragments/case", case_ref="c_0")).text
    assert "没有提请过决定" in other


async def test_my_own_log_names_what_i_did_in_words(bench):
    await bench.propose()
    await bench.submit()
    text = (await bench.get(the_handler, "/review/fragments/log")).text
    assert "送审" in text
    assert "已办理" in text
    assert '<a href="/review/cases/D1">决定 D1</a>' in text
    assert REVIEWER not in text


async def test_of_a_classified_case_nothing_is_left(bench):
    await bench.propose()
    await bench.submit()
    await bench.review.apply(a_classified_case(CASE))
    assert (await bench.get(the_manager, "/review/cases/D1")).status_code == 404
    for table in ("reviews", "review_steps", "proposal_words", "case_details", "clocks"):
        assert await bench.review.database.all(f"SELECT 1 FROM {table}") == [], table


async def test_the_api_lists_what_one_may_see(bench):
    await bench.propose()
    answer = (await bench.get(the_head, "/review/api/reviews")).json()
    assert answer["counts"] == {"review_required": 1}
    (row,) = answer["reviews"]
    assert (row["decision_id"], row["state"], row["waits_for"]) == ("D1", "review_required", "unit")
    assert (await bench.get(a_reviewer_elsewhere, "/review/api/reviews")).json()["reviews"] == []
    assert (await bench.client.get("/review/api/reviews", headers=calling())).status_code == 403


async def test_who_came_second_keeps_what_was_typed_and_sees_why(bench):
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak("correct", another_reviewer)
    answer = await bench.speak("transfer", seen=2, reasons="已经写好的移送理由")
    assert answer.status_code == 409
    assert "034018 已出具审核意见" in answer.text
    assert "已经写好的移送理由" in answer.text


async def test_what_contradicts_itself_stands_on_the_desk_and_in_the_self_check(bench):
    await bench.propose()
    early = received(
        ActionPerformed,
        case_number=CASE,
        kind="questioning",
        started_at="2026-09-17T10:00:00+08:00",
        ended_at="2026-09-17T09:00:00+08:00",
        officers=[HANDLER],
    )
    beside = received(
        ActionPerformed,
        case_number="潘公(交)2026-00009",
        action_id="A-beside",
        kind="search",
        started_at="2026-09-17T08:00:00+08:00",
        ended_at="2026-09-17T09:30:00+08:00",
        officers=[HANDLER, SECOND],
    )
    mine = received(
        ActionPerformed,
        case_number=CASE,
        action_id="A-mine",
        kind="search",
        started_at="2026-09-17T09:00:00+08:00",
        ended_at="2026-09-17T09:20:00+08:00",
        officers=[HANDLER, SECOND],
    )
    await bench.review.apply(early, beside, mine)
    for officer, path in ((the_handler, "/submit"), (the_head, "")):
        page = text_of(await bench.get(officer, f"/review/cases/D1{path}"))
        assert "结束早于开始（不可能）：询问的结束时间早于开始时间。" in page
        assert "询问 2026-09-17 10:00" in page
        assert "搜查（另案） 2026-09-17 08:00" in page
        assert "2026-00009" not in page
