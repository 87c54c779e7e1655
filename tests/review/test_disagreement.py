"""The unit does not agree with an opinion: every refusal first, then each way it can be settled."""

import pypdfium2
import pytest
from review.test_acts import unchanged

from support.officers import STATION
from support.review import PERSON, a_decision
from support.reviewing import (
    FINE_IN_CATALOGUE,
    HANDLER,
    REVIEWER,
    a_leader,
    a_reviewer_who_handles,
    a_stand_in,
    a_stranger,
    an_inspector,
    another_reviewer,
    the_handler,
    the_head,
    the_manager,
    the_reviewer,
)

PAGE = "/review/cases/D1/disagreement"


@pytest.fixture
async def told(bench):
    """A review to which the reviewer said *correct*."""
    await bench.propose()
    await bench.submit()
    await bench.accept()
    await bench.speak("correct")
    bench.before = await bench.steps()
    return bench


@pytest.fixture
async def disputed(told):
    await told.disagree()
    told.before = await told.steps()
    return told


@pytest.fixture
async def maintained(disputed):
    await disputed.re_review()
    disputed.before = await disputed.steps()
    return disputed


@pytest.fixture
async def not_agreed(maintained):
    await maintained.coordinate()
    maintained.before = await maintained.steps()
    return maintained


@pytest.mark.parametrize("officer", [a_stranger, the_reviewer, the_manager, a_leader, an_inspector])
async def test_only_the_handling_unit_disagrees(told, officer):
    await unchanged(told, await told.disagree(officer), 403, "权限")


@pytest.mark.parametrize("checks", [(), ("law",), ("procedure", "law"), ("none",)])
async def test_what_is_disputed_is_what_was_found_wrong(told, checks):
    answer = await told.disagree(checks=list(checks))
    await unchanged(told, answer, 400, "审核意见认定不符合的有：程序合法")


async def test_a_disagreement_without_a_reason_is_refused_with_what_was_ticked(told):
    answer = await told.disagree(note=" ")
    await unchanged(told, answer, 400, "请填写异议的理由")
    assert 'name="checks" value="procedure" checked' in answer.text


async def test_there_is_nothing_to_disagree_with_before_an_opinion(bench):
    await bench.propose()
    await bench.submit()
    bench.before = await bench.steps()
    await unchanged(bench, await bench.disagree(), 409, "现在的状态是“待受理”")


@pytest.mark.parametrize("officer", [the_handler, the_head, a_leader, an_inspector])
async def test_only_the_legal_department_looks_at_it_again_and_coordinates(disputed, officer):
    await unchanged(disputed, await disputed.re_review(officer=officer), 403, "权限")
    await unchanged(disputed, await disputed.coordinate(officer=officer), 403, "权限")


async def test_nobody_looks_again_at_his_own_opinion_or_at_his_own_case(disputed):
    answer = await disputed.re_review(officer=the_reviewer)
    await unchanged(disputed, answer, 403, "是您本人（或者您所代行的人）出具的")
    for officer in (a_reviewer_who_handles, a_stand_in):
        answer = await disputed.re_review(officer=officer)
        await unchanged(disputed, answer, 403, "是本案承办人，不能审核本案")


async def test_the_reviewer_whose_opinion_is_disputed_does_not_coordinate_either(maintained):
    answer = await maintained.coordinate("unit_yields", the_reviewer)
    await unchanged(maintained, answer, 403, "是您本人（或者您所代行的人）出具的")


async def test_what_the_head_decides_is_recorded_by_a_leader(not_agreed):
    answer = await not_agreed.discuss(forum="head", officer=the_manager)
    await unchanged(not_agreed, answer, 403, "“负责人决定”由局领导作出")
    assert (await not_agreed.discuss(forum="collective", officer=the_manager)).status_code == 303


async def test_who_looked_again_does_not_conclude(disputed):
    await disputed.re_review(officer=the_manager)
    await disputed.coordinate()
    disputed.before = await disputed.steps()
    answer = await disputed.discuss(officer=the_manager)
    await unchanged(disputed, answer, 403, "由您复审过")


@pytest.mark.parametrize("end", ["unit_yields", "opinion_stands"])
async def test_an_opinion_is_disputed_once(maintained, end):
    if end == "unit_yields":
        await maintained.coordinate(end)
    else:
        await maintained.coordinate()
        await maintained.discuss(end)
    maintained.before = await maintained.steps()
    await unchanged(maintained, await maintained.disagree(), 409, "已经有结论，不能再次提出")


async def test_it_is_looked_at_again_before_it_is_coordinated_and_only_once(disputed):
    await unchanged(disputed, await disputed.coordinate(), 409, "尚未复审")
    await disputed.re_review()
    disputed.before = await disputed.steps()
    await unchanged(disputed, await disputed.re_review(officer=the_manager), 409, "已经复审")


@pytest.mark.parametrize("officer", [the_handler, the_head, another_reviewer, an_inspector])
async def test_only_a_leader_or_the_case_managers_conclude(not_agreed, officer):
    await unchanged(not_agreed, await not_agreed.discuss(officer=officer), 403, "权限")


async def test_a_discussion_only_follows_a_coordination_that_failed(maintained):
    await unchanged(maintained, await maintained.discuss(), 409, "现在的状态是“协调中”")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("on", "2026-09-22", "晚于今天"),
        ("on", "昨天", "不是有效日期"),
        ("people", " ", "请填写参加人"),
        ("unit_says", "", "请填写承办单位的意见"),
        ("reviewers_say", "", "请填写审核部门的意见"),
        ("outcome", "opinion_stands", "请选择结果"),
        ("note", "", "请填写结果的理由"),
    ],
)
async def test_a_coordination_that_is_filled_in_badly_keeps_what_was_typed(
    maintained, field, value, says
):
    answer = await maintained.coordinate(**{field: value})
    await unchanged(maintained, answer, 400, says)
    assert MET_BY in answer.text or field == "people"


MET_BY = "034211、034017"


async def test_who_read_an_older_page_of_a_disagreement_is_told(disputed):
    answer = await disputed.re_review(seen=1)
    await unchanged(disputed, answer, 409, "您打开本页之后")


async def test_while_it_lasts_nobody_speaks_and_nothing_is_cleared(disputed):
    await unchanged(disputed, await disputed.speak("agree"), 409, "现在的状态是“协调中”")
    assert await disputed.review.clearances() == []


async def test_the_unit_may_yield_at_any_time_and_hand_in_a_corrected_text(disputed):
    assert (await disputed.submit()).status_code == 303
    row = await disputed.review.review()
    assert (row.state, row.round, row.waits_for) == ("resubmitted", 2, "reviewer")


@pytest.mark.parametrize(
    ("outcome", "state", "round_", "waits_for"),
    [("maintained", "coordinating", 1, "reviewer"), ("reopened", "in_review", 2, "reviewer")],
)
async def test_a_second_look_maintains_the_opinion_or_opens_a_round(
    disputed, outcome, state, round_, waits_for
):
    assert (await disputed.re_review(outcome)).status_code == 303
    row = await disputed.review.review()
    assert (row.state, row.round, row.waits_for) == (state, round_, waits_for)


@pytest.mark.parametrize(
    ("outcome", "state", "waits_for"),
    [
        ("unit_yields", "opinion_given", "unit"),
        ("reopened", "in_review", "reviewer"),
        ("not_agreed", "discussion", "leader"),
    ],
)
async def test_a_coordination_is_a_numbered_record_with_an_outcome(
    maintained, outcome, state, waits_for
):
    assert (await maintained.coordinate(outcome)).status_code == 303
    row = await maintained.review.review()
    assert (row.state, row.waits_for) == (state, waits_for)
    [paper] = await papers(maintained, "coordination")
    assert paper.number == "测试分局审协〔2026〕1号"


@pytest.mark.parametrize("forum", ["head", "collective"])
@pytest.mark.parametrize(
    ("outcome", "state", "waits_for"),
    [("opinion_stands", "opinion_given", "unit"), ("reopened", "in_review", "reviewer")],
)
async def test_a_conclusion_never_clears_by_itself(not_agreed, forum, outcome, state, waits_for):
    assert (await not_agreed.discuss(outcome, forum=forum)).status_code == 303
    row = await not_agreed.review.review()
    assert (row.state, row.waits_for) == (state, waits_for)
    assert await not_agreed.review.clearances() == []
    [paper] = await papers(not_agreed, "discussion")
    assert paper.number == "测试市公安局审议〔2026〕1号"


async def test_after_a_conclusion_for_the_unit_a_reviewer_passes_the_text_in_a_round_of_its_own(
    not_agreed,
):
    await not_agreed.discuss("reopened")
    row = await not_agreed.review.review()
    assert str(row.due_on) == "2026-09-29", "the term begins anew"
    assert (await not_agreed.speak("agree", another_reviewer)).status_code == 303
    assert await not_agreed.review.state() == "cleared"
    assert [kind for _, kind, _ in await not_agreed.review.clearances()] == ["cleared"]


async def test_an_opinion_that_stands_may_be_disputed_no_second_time_without_a_new_one(not_agreed):
    await not_agreed.discuss("opinion_stands")
    assert (await not_agreed.submit()).status_code == 303
    assert await not_agreed.review.state() == "resubmitted"


async def test_a_decision_made_during_a_disagreement_is_against_the_opinion(disputed):
    made = {"outcome": FINE_IN_CATALOGUE, "parties": [PERSON], "unit": STATION}
    basis = [{"law": "治安管理处罚法", "article": "第五十九条"}]
    await disputed.review.apply(a_decision(**made, basis=basis))
    row = await disputed.review.review()
    assert (row.state, row.how) == ("bypassed", "against")
    disputed.before = await disputed.steps()
    await unchanged(disputed, await disputed.re_review(), 409, "决定已于 2026-09-21 作出")


async def test_what_others_are_told_names_nobody_s_words(not_agreed):
    await not_agreed.discuss("opinion_stands")
    [raised] = await not_agreed.told_of("review.disagreement_raised")
    assert (raised["raised_by"], raised["checks"], raised["round"]) == (HANDLER, ["procedure"], 1)
    told = await not_agreed.told_of("review.coordinated")
    assert [(one["forum"], one["outcome"]) for one in told] == [
        ("re_review", "maintained"),
        ("coordination", "not_agreed"),
        ("collective", "opinion_stands"),
    ]
    assert {one["on"] for one in told} == {"2026-09-21"}
    assert "理由写在这里" not in str([raised, *told])


async def test_it_waits_for_others_than_the_reviewer_then_for_a_leader(disputed):
    async def waits(officer):
        answer = await disputed.get(officer, "/review/fragments/bell")
        return answer.text != "0"

    assert await waits(another_reviewer)
    assert not await waits(a_leader)
    await disputed.re_review()
    await disputed.coordinate()
    assert await waits(a_leader)
    assert not await waits(another_reviewer)


async def test_the_page_shows_who_held_what_on_which_text(not_agreed):
    page = (await not_agreed.get(a_leader, PAGE)).text
    held = page[page.index("各方在哪一稿上的主张") :]
    places = [
        held.index(one)
        for one in (
            "出具审核意见：纠正",
            "提出异议：程序合法",
            "复审异议：维持原审核意见",
            "协调异议：未达成一致",
        )
    ]
    assert places == sorted(places)
    digest = (await not_agreed.review.review()).proposed_sha256[:8]
    assert held.count(f"<code>{digest}</code>") >= 4


async def test_the_record_of_a_coordination_says_what_both_sides_held(not_agreed):
    [paper] = await papers(not_agreed, "coordination")
    answer = await not_agreed.get(a_leader, f"/review/papers/{paper.paper_id}/file")
    said = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.content)
    )
    for one in ("程序没有问题", "没有告知", "未达成一致", "034211、034017", REVIEWER):
        assert one in said


async def papers(bench, kind):
    return await bench.review.database.all(
        "SELECT * FROM papers WHERE kind = :kind ORDER BY made_at", kind=kind
    )
