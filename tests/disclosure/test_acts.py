"""What each officer may do with a publication, when, and what is refused. Refusals first."""

import asyncio
from dataclasses import replace

import pytest
from disclosure.given import a_case, a_decision, a_remedy, a_service, an_undoing, correcting
from disclosure.people import (
    ALL_ROLES,
    HANDLER,
    HEAD,
    INSPECTOR,
    NOBODY,
    OTHER_HEAD,
    REVIEWER,
    units,
)
from disclosure.story import (
    DOCUMENT_NUMBER,
    PARTIES,
    PUBLIC,
    SUSPECT,
    a_cyber_case,
    a_penalty,
    the_story,
)

from mingjing_shared.web.officer import HeldRole
from support.officers import CITY, STATION, an_officer, signed_in
from support.publishing import CHECKER, EDITOR, LEADER
from support.web import text_of

ACTS = {
    "text": {"body": PUBLIC, "submit": "yes"},
    "check": {"seen": "x"},
    "return": {"reason": "第三行"},
    "approve": {"seen": "x"},
    "withhold": {"withhold_code": "head_approved", "withhold_note": "x"},
    "release": {"release_note": "x"},
    "correct": {"correct_why": "更正日期"},
    "keep": {"keep_note": "x"},
    "drop": {},
    "withdraw": {"withdraw_code": "wrongly_published", "withdraw_note": "x"},
}
MAY = {
    "text": {EDITOR, ALL_ROLES},
    "check": {CHECKER, ALL_ROLES},
    "return": {CHECKER, HEAD, LEADER, ALL_ROLES},
    "approve": {HEAD, LEADER, ALL_ROLES},
    "withhold": {HEAD, LEADER, ALL_ROLES},
    "release": {LEADER, ALL_ROLES},
    "correct": {EDITOR, ALL_ROLES},
    "keep": {HEAD, LEADER, ALL_ROLES},
    "drop": {EDITOR, ALL_ROLES},
    "withdraw": {HEAD, LEADER, ALL_ROLES},
}
ALL = (NOBODY, HANDLER, HEAD, OTHER_HEAD, INSPECTOR, REVIEWER, EDITOR, CHECKER, LEADER)


@pytest.fixture
async def item_id(face, told):
    await units(face)
    await told(*the_story(unit=STATION))
    return (await face.item()).item_id


@pytest.mark.parametrize("act", ACTS)
async def test_without_the_right_an_act_is_refused_in_words_and_noted(face, item_id, act):
    before = await face.item()
    for officer in ALL:
        if officer in MAY[act]:
            continue
        answer = await face.act(officer, item_id, act, **ACTS[act])
        assert answer.status_code == 403, (act, officer.titles)
        assert "不在您的权限之内" in answer.text
    assert tuple(await face.item()) == tuple(before)
    rows = await face.database.all("SELECT DISTINCT act, outcome, reason FROM audit")
    right = {"text": "edit", "drop": "correct"}.get(act, act)
    found = {tuple(row) for row in rows if row.outcome != "seen"}
    assert (f"disclosure.{right}", "refused", "not-allowed") in found
    assert {outcome for _act, outcome, _reason in found} == {"refused"}


@pytest.mark.parametrize(
    "act", ["check", "approve", "release", "correct", "keep", "drop", "withdraw", "return"]
)
async def test_an_act_that_does_not_fit_the_state_is_refused_and_says_what_it_needs(
    face, item_id, act
):
    answer = await face.act(ALL_ROLES, item_id, act, **ACTS[act])
    assert answer.status_code == 409
    assert "没有完成" in answer.text
    assert await face.state() == "to_mask"
    [row] = await face.database.all("SELECT outcome, reason FROM audit WHERE outcome = 'refused'")
    assert tuple(row) == ("refused", "wrong-state")


async def test_an_act_without_the_mark_of_the_session_is_refused(face, item_id):
    answer = await face.desk.post(
        f"/disclosure/items/{item_id}/text",
        data={"csrf": "other", "body": PUBLIC},
        headers=signed_in(EDITOR),
    )
    assert answer.status_code == 403
    assert await face.state() == "to_mask"


async def test_an_item_that_is_not_there_is_said_so(face, item_id):
    assert (await face.get(EDITOR, "/disclosure/items/none")).status_code == 404
    assert (await face.act(EDITOR, "none", "text", body="x")).status_code == 404


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("张某", SUSPECT), "姓名“张建伟”"),
        (("公民身份号码×××", "公民身份号码11010519491231002X"), "公民身份号码"),
        (("联系电话×××", "联系电话138 0055 0000"), "联系电话"),
        (("田家庵区×××", "田家庵区朝阳中路18号"), "详细住址"),
        (("034211", "某"), "“034211”在原文中有 1 处，公开文本只有 0 处"),
        (("淮南市示例信息技术有限公司", "某公司"), "必须保留的内容"),
        ((DOCUMENT_NUMBER, ""), "必须保留的内容"),
    ],
)
async def test_a_text_that_leaks_or_hides_too_much_is_refused_and_kept_as_typed(
    face, item_id, change, says
):
    typed = PUBLIC.replace(*change)
    assert typed != PUBLIC
    answer = await face.act(EDITOR, item_id, "text", body=typed, submit="yes")
    assert answer.status_code == 409
    assert says in answer.text
    assert typed.split("\n")[3][:20] in answer.text
    assert await face.state() == "to_mask"
    assert await face.database.all("SELECT 1 FROM public_texts") == []


@pytest.mark.parametrize("body", ["", "   \n ", "字" * 20_001])
async def test_an_empty_or_endless_text_is_refused(face, item_id, body):
    answer = await face.act(EDITOR, item_id, "text", body=body, submit="yes")
    assert answer.status_code == 400
    assert await face.state() == "to_mask"


async def test_who_edited_cannot_check_and_who_did_either_cannot_approve(face, item_id):
    await face.submitted(PUBLIC, officer=ALL_ROLES)
    seen = await face.newest_sha()
    answer = await face.act(ALL_ROLES, item_id, "check", seen=seen)
    assert (answer.status_code, "复核人不得是编辑人" in answer.text) == (403, True)
    assert (await face.act(CHECKER, item_id, "check", seen=seen)).status_code == 303
    for officer in (ALL_ROLES, an_officer("bureau_leader", number=CHECKER.number, unit=CITY)):
        answer = await face.act(officer, item_id, "approve", seen=seen)
        assert (answer.status_code, "审批人不得是编辑人或复核人" in answer.text) == (403, True)
    assert await face.state() == "to_approve"


async def test_who_stands_in_for_the_editor_is_no_second_person(face, item_id):
    await face.submitted(PUBLIC)
    seen = await face.newest_sha()
    stand_in = HeldRole("disclosure_checker", CITY, EDITOR.number)
    deputy = replace(an_officer(number="060001", unit=CITY), roles=(stand_in,))
    assert (await face.act(deputy, item_id, "check", seen=seen)).status_code == 403


async def test_a_text_that_changed_since_it_was_read_is_not_passed(face, item_id):
    await face.submitted(PUBLIC)
    answer = await face.act(CHECKER, item_id, "check", seen="0" * 64)
    assert (answer.status_code, "已被修改" in answer.text) == (409, True)
    assert await face.state() == "to_check"


async def test_what_is_sent_back_goes_to_the_editor_with_the_reason_and_both_persons_stay(
    face, item_id
):
    await face.checked(PUBLIC)
    assert (await face.act(HEAD, item_id, "return", reason="")).status_code == 400
    assert (await face.act(HEAD, item_id, "return", reason="第四行称谓不准")).status_code == 303
    assert await face.state() == "to_mask"
    page = (await face.get(EDITOR, f"/disclosure/items/{item_id}")).text
    assert "第四行称谓不准" in page
    assert "020001" in page
    await face.checked(PUBLIC)
    assert await face.state() == "to_approve"


async def test_the_editor_reads_of_every_hidden_place_by_which_rule_and_where_it_stands(
    face, item_id
):
    page = (await face.get(EDITOR, f"/disclosure/items/{item_id}")).text
    assert "规则和依据" in page
    assert "<td>姓名</td>" in page
    assert "依据公安机关执法公开规定（公通字〔2018〕26号）§14" in page


async def test_not_served_it_is_not_approved_and_says_why(face, told):
    await units(face)
    await told(a_cyber_case(), a_penalty())
    await face.checked(PUBLIC)
    item = await face.item()
    answer = await face.act(LEADER, item.item_id, "approve", seen=await face.newest_sha())
    assert (answer.status_code, "尚未收到送达记录" in answer.text) == (409, True)
    await told(a_service())
    done = await face.act(HEAD, item.item_id, "approve", seen=await face.newest_sha())
    assert done.status_code == 303
    assert await face.state() == "publishing"


async def test_before_it_takes_effect_it_is_not_approved(face, told):
    await told(a_cyber_case(), a_penalty(effective_on="2099-01-01"), a_service())
    await face.checked(PUBLIC)
    item = await face.item()
    answer = await face.act(LEADER, item.item_id, "approve", seen=await face.newest_sha())
    assert (answer.status_code, "2099-01-01" in answer.text) == (409, True)


async def test_what_the_law_of_today_seals_is_not_approved_though_the_old_law_did_not(face, told):
    await told(a_cyber_case(kind="public_security"), a_penalty(made_on="2025-12-31"), a_service())
    await face.checked(PUBLIC)
    item = await face.item()
    answer = await face.act(LEADER, item.item_id, "approve", seen=await face.newest_sha())
    assert (answer.status_code, "§136" in answer.text) == (409, True)
    done = await face.act(
        LEADER, item.item_id, "withhold",
        withhold_code="sealed_public_security", withhold_note="现行法律封存",
    )  # fmt: skip
    assert done.status_code == 303
    assert await face.state() == "withheld"


async def test_synthetic_data_never_go_to_the_public(face, told):
    synthetic = {"mode": "synthetic"}
    await told(a_cyber_case(), a_penalty(about=synthetic), a_service())
    await face.checked(PUBLIC)
    item = await face.item()
    answer = await face.act(LEADER, item.item_id, "approve", seen=await face.newest_sha())
    assert (answer.status_code, "合成" in answer.text) == (409, True)


async def test_a_person_withholds_with_a_basis_and_it_is_told(face, item_id):
    answer = await face.act(LEADER, item_id, "withhold", withhold_code="weather", withhold_note="x")
    assert answer.status_code == 400
    answer = await face.act(
        LEADER, item_id, "withhold", withhold_code="third_party", withhold_note="涉及商业秘密"
    )
    assert answer.status_code == 303
    item = await face.item()
    assert (item.state, item.reason_code, item.decided_by) == ("withheld", "third_party", "010007")
    kind, data = (await face.told())[-1]
    assert (kind, data["decided_by"]) == ("withheld", "010007")
    assert data["basis"]["article"] == "政府信息公开条例（2019年修订）§15"
    assert "涉及商业秘密" in (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "涉及商业秘密" in (await face.get(LEADER, "/disclosure/withheld")).text
    assert await face.database.all("SELECT 1 FROM clocks WHERE kind = 'publication'") == []


async def test_what_a_person_withheld_a_person_releases_and_its_day_is_what_it_was(face, item_id):
    due_on = (await face.item()).due_on
    await face.act(LEADER, item_id, "withhold", withhold_code="head_approved", withhold_note="x")
    assert (await face.item()).due_on is None
    assert (await face.release(LEADER, item_id, "复核后公开")).status_code == 303
    item = await face.item()
    assert (item.state, item.due_on) == ("to_mask", due_on)
    assert [kind for kind, _ in await face.told()] == ["due", "withheld", "due"]


async def test_an_unknown_age_is_released_by_a_person_and_a_minor_never(face, told):
    nameless = {"kind": "person", "name": "丁某人", "role": "suspect"}
    case = a_case(parties=[nameless])
    await told(case, a_decision(), a_service())
    item = await face.item()
    assert (item.state, item.reason_code) == ("withheld", "age_unknown")
    done = await face.release(LEADER, item.item_id, "户籍已核，四十岁")
    assert done.status_code == 303
    assert await face.state() == "to_mask"
    minor = {**nameless, "birth_date": "2012-01-01"}
    await told(a_case(about=correcting(case), parties=[minor]))
    assert (await face.item()).reason_code == "minor"
    answer = await face.release(LEADER, item.item_id, "x")
    assert (answer.status_code, "不能由人解除" in answer.text) == (409, True)


async def test_whether_a_unit_s_sealed_penalty_is_shown_a_person_decides(face, told):
    await told(a_cyber_case(kind="public_security", parties=PARTIES[:1]), a_penalty(), a_service())
    item = await face.item()
    assert (item.state, item.reason_code, item.releasable) == (
        "withheld", "sealed_public_security", True,
    )  # fmt: skip
    answer = await face.release(HEAD, item.item_id, "x")
    assert answer.status_code == 403
    done = await face.release(LEADER, item.item_id, "单位处罚，经研究公开")
    assert done.status_code == 303
    await face.approved(PUBLIC)
    assert await face.state() == "publishing"


async def test_of_two_who_act_at_the_same_moment_one_is_told_that_it_is_done(face, item_id):
    await face.submitted(PUBLIC)
    seen = await face.newest_sha()
    other = an_officer("disclosure_checker", number="030117", unit=CITY)
    answers = await asyncio.gather(
        *(face.act(who, item_id, "check", seen=seen) for who in (CHECKER, other))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    [row] = await face.database.all("SELECT checkers FROM publications")
    assert len(row.checkers) == 1


@pytest.mark.parametrize("kind", ["revoked", "changed", "found_illegal"])
async def test_what_lost_its_effect_before_it_was_public_is_not_published(face, told, kind):
    await told(*the_story(), an_undoing(kind))
    item = await face.item()
    assert (item.state, item.reason_code) == ("withheld", f"decision_{kind}")
    assert (await face.act(EDITOR, item.item_id, "text", body=PUBLIC)).status_code == 409


async def test_a_pending_remedy_is_shown_and_stops_nothing(face, told):
    await told(*the_story(), a_remedy())
    item_id = (await face.item()).item_id
    assert (
        "已申请行政复议，尚无结果" in (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    )
    await face.approved(PUBLIC)
    assert await face.state() == "publishing"


async def test_a_draft_may_hold_anything_lies_sealed_and_is_not_shown_to_others(face, item_id):
    done = await face.act(EDITOR, item_id, "text", body=f"草稿 {SUSPECT}", submit="no")
    assert done.status_code == 303
    assert await face.state() == "to_mask"
    [row] = await face.database.all("SELECT body FROM public_texts")
    assert SUSPECT.encode() not in bytes(row.body)
    assert SUSPECT in (await face.get(EDITOR, f"/disclosure/items/{item_id}")).text
    assert SUSPECT not in text_of(await face.get(REVIEWER, f"/disclosure/items/{item_id}"))


async def test_every_look_at_the_original_is_noted_and_only_the_entitled_see_it(face, item_id):
    await face.act(INSPECTOR, item_id, "purpose", purpose="inspection", purpose_words="督察交办")
    for officer, sees in ((EDITOR, True), (HEAD, True), (INSPECTOR, True), (HANDLER, False),
                          (REVIEWER, False)):  # fmt: skip
        text = (await face.get(officer, f"/disclosure/items/{item_id}")).text
        assert (SUSPECT in text) is sees, officer.titles
        looks = await face.database.all(
            "SELECT act, subject FROM audit WHERE officer = :number AND outcome = 'seen'",
            number=officer.number,
        )
        assert [tuple(look) for look in looks] == [("disclosure.original", item_id)] * sees
    for officer in (NOBODY, OTHER_HEAD):
        assert (await face.get(officer, f"/disclosure/items/{item_id}")).status_code == 403


async def test_the_page_shows_only_the_buttons_of_what_may_be_done_now(face, item_id):
    async def buttons(officer):
        text = (await face.get(officer, f"/disclosure/items/{item_id}")).text
        return [
            w for w in ("提交复核", "复核通过，提交审批", "批准公开") if f'key-name="{w}"' in text
        ]

    assert [await buttons(who) for who in (EDITOR, CHECKER, LEADER)] == [["提交复核"], [], []]
    await face.submitted(PUBLIC)
    assert [await buttons(who) for who in (EDITOR, CHECKER, LEADER)] == [
        [],
        ["复核通过，提交审批"],
        [],
    ]
    await face.act(CHECKER, item_id, "check", seen=await face.newest_sha())
    assert [await buttons(who) for who in (CHECKER, HEAD, OTHER_HEAD)] == [[], ["批准公开"], []]


async def test_the_suggestion_of_masking_is_where_the_editor_begins(face, item_id):
    text = (await face.get(EDITOR, f"/disclosure/items/{item_id}")).text
    for line in PUBLIC.split("\n"):
        assert line in text
    assert "泄露检测 0 处" in text
    for condition in ("决定已生效", "不涉密、非未成年人", "§136", "隐去 5 处"):
        assert condition in text


async def test_an_act_stands_in_the_audit_with_its_role(face, item_id):
    await face.approved(PUBLIC)
    rows = await face.database.all(
        "SELECT officer, act, outcome, role FROM audit WHERE outcome = 'done' ORDER BY number"
    )
    assert [tuple(row) for row in rows] == [
        ("034188", "disclosure.edit", "done", "disclosure_editor"),
        ("030116", "disclosure.check", "done", "disclosure_checker"),
        ("010007", "disclosure.approve", "done", "bureau_leader"),
    ]
