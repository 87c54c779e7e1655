"""The lists and the fragments: each officer sees what the roles reach, and no name."""

from datetime import UTC, datetime

import pytest
from disclosure.given import a_case, a_decision, a_service, an_undoing
from disclosure.people import HANDLER, HEAD, NOBODY, OTHER_HEAD, units
from disclosure.story import PERSONAL, PUBLIC, a_cyber_case, the_story
from sqlalchemy import event

from mingjing_disclosure.handlers import ALARMS
from mingjing_disclosure.store.duty import RIGHTS, count_duties, duties
from mingjing_shared.messaging.clocks import fire_due
from mingjing_shared.web.reach import Reach
from support.officers import ELSEWHERE, STATION, an_officer, signed_in
from support.publishing import CHECKER, EDITOR, LEADER
from support.web import text_of

QUERIES_MAX = 12
OTHER = "潘公（交）2026-00042"


@pytest.fixture
async def told_units(face, told):
    await units(face)
    return told


async def test_without_a_role_nothing_is_seen(face):
    for address in ("/disclosure/", "/disclosure/withheld", "/disclosure/feedback"):
        assert (await face.get(NOBODY, address)).status_code == 403
    assert (await face.desk.get("/disclosure/")).status_code == 303  # to sign in
    assert (await face.get(NOBODY, "/disclosure/fragments/bell")).text == "0"


@pytest.mark.parametrize("state", ["secret", "due"])
async def test_an_unknown_state_is_refused_in_words(face, state):
    answer = await face.get(EDITOR, f"/disclosure/?state={state}")
    assert answer.status_code == 400
    assert "待脱敏" in answer.text


@pytest.mark.parametrize("mark", ["x", "WyJhIl0", "WyIyMDI2LTEzLTAxIiwiRCJd", "=" * 5000])
async def test_a_damaged_mark_is_refused_in_words(face, mark):
    for address in ("/disclosure/api/items", "/disclosure/", "/disclosure/withheld"):
        answer = await face.desk.get(address, params={"after": mark}, headers=signed_in(EDITOR))
        assert answer.status_code == 400
        assert "翻页标记" in answer.text


async def test_figures_leave_out_synthetic_events(face, told):
    await told(a_case(), a_decision(about={"mode": "synthetic"}))
    assert (await face.get(EDITOR, "/disclosure/api/items")).json()["counts"] == {}
    assert "合成" in (await face.get(EDITOR, "/disclosure/")).text


async def test_each_officer_sees_what_the_roles_reach(face, told_units):
    await told_units(*the_story(unit=STATION))
    stranger = an_officer("case_handler", number="099999")
    seen = {}
    for name, officer in (("editor", EDITOR), ("head", HEAD), ("handler", HANDLER),
                          ("other head", OTHER_HEAD), ("other handler", stranger)):  # fmt: skip
        page = (await face.get(officer, "/disclosure/")).text
        api = (await face.get(officer, "/disclosure/api/items")).json()
        seen[name] = ("00871" in page, len(api["items"]), api["counts"])
    one = {"to_mask": 1}
    assert seen == {
        "editor": (True, 1, one),
        "head": (True, 1, one),
        "handler": (True, 1, one),
        "other head": (False, 0, {}),
        "other handler": (False, 0, {}),
    }


async def test_no_list_names_a_person(face, told_units):
    await told_units(*the_story(unit=STATION))
    for address in ("/disclosure/", "/disclosure/?state=all", "/disclosure/withheld",
                    "/disclosure/api/items", "/disclosure/fragments/todo"):  # fmt: skip
        text = text_of(await face.get(EDITOR, address))
        assert not [word for word in PERSONAL if word in text], address


async def test_what_is_due_first_comes_first_and_every_day_says_why(face, told):
    await told(a_case())
    for number, made_on in (("D1", "2026-09-18"), ("D2", "2026-09-16"), ("D3", "2026-09-21")):
        await told(a_decision(decision_id=number, made_on=made_on, document_number=f"文{number}号"))
    text = (await face.get(EDITOR, "/disclosure/")).text
    assert text.index("文D2号") < text.index("文D1号") < text.index("文D3号")
    assert 'title="“行政处罚决定公开”的期限至2026年9月29日（周二）当日届满' in text


async def test_a_provisional_day_says_that_it_is_and_is_never_called_late(face, told, legal_clock):
    await told(a_case(), a_decision(made_on="2026-12-25"))
    legal_clock(datetime(2027, 6, 1, tzinfo=UTC))
    text = (await face.get(EDITOR, "/disclosure/")).text
    for said in ("暂定", "放假安排尚未公布", "不据此认定逾期"):
        assert said in text
    assert '<tr class="late"' not in text
    assert '<span class="tag late">逾期</span>' not in text


async def test_an_overdue_item_is_told_once_and_shown_in_red_with_a_word(face, told, legal_clock):
    await told(*the_story())
    legal_clock(datetime(2026, 9, 29, 16, 1, tzinfo=UTC))
    for _ in range(2):
        async with face.database.transaction() as tx:
            await fire_due(tx, ALARMS)
    said = [data for kind, data in await face.told() if kind == "overdue"]
    assert [(data["due_on"], data["decision_id"]) for data in said] == [("2026-09-29", "D1")]
    text = (await face.get(EDITOR, "/disclosure/?state=overdue")).text
    assert '<tr class="late"' in text
    assert '<span class="tag late">逾期</span>' in text
    assert "已逾期" in text


async def test_what_was_published_in_time_is_not_overdue_afterwards(face, told, legal_clock):
    await told(*the_story())
    legal_clock(datetime(2026, 9, 22, tzinfo=UTC))
    await face.published(PUBLIC)
    legal_clock(datetime(2026, 10, 30, tzinfo=UTC))
    async with face.database.transaction() as tx:
        assert await fire_due(tx, ALARMS) == 0
    assert (await face.item()).overdue_at is None


async def test_a_page_leads_to_the_next_and_keeps_the_state_asked_for(face, told):
    await told(a_cyber_case(), *(a_decision(decision_id=f"D{n:03}") for n in range(51)))
    text = (await face.get(EDITOR, "/disclosure/?state=to_mask")).text
    assert text.count("<tr") == 51
    assert "/disclosure/?state=to_mask&amp;after=" in text
    mark = text.split("after=")[1].split('"')[0]
    rest = (await face.get(EDITOR, f"/disclosure/?state=to_mask&after={mark}")).text
    assert rest.count("<tr") == 2


async def test_the_register_of_what_is_withheld_names_reason_basis_and_who(face, told):
    await told(a_case(kind="public_security"), a_decision())
    text = (await face.get(EDITOR, "/disclosure/withheld")).text
    for said in ("治安违法记录依法封存", "治安管理处罚法（2025年修订）§136", "规则",
                 "违反治安管理的记录封存，不予公开"):  # fmt: skip
        assert said in text
    assert "disclosure.sealed" not in text


async def test_duties_are_those_that_this_officer_may_and_must_take(face, told_units):
    await told_units(*the_story(unit=STATION))

    async def owes(officer):
        text = (await face.get(officer, "/disclosure/fragments/todo")).text
        bell = (await face.get(officer, "/disclosure/fragments/bell")).text
        assert (bell != "0") is ("00871" in text)
        words = ("脱敏", "复核", "审批", "撤回")
        return [word for word in words if f">{word}</td>" in text]

    everybody = an_officer("disclosure_editor", "disclosure_checker", "bureau_leader",
                           number="050001", unit=STATION)  # fmt: skip
    assert await owes(EDITOR) == ["脱敏"]
    assert [await owes(who) for who in (CHECKER, HEAD, HANDLER)] == [[], [], []]
    await face.submitted(PUBLIC, officer=everybody)
    assert [await owes(who) for who in (EDITOR, CHECKER, everybody)] == [[], ["复核"], []]
    item_id = (await face.item()).item_id
    await face.act(CHECKER, item_id, "check", seen=await face.newest_sha())
    assert [await owes(who) for who in (HEAD, LEADER, OTHER_HEAD, everybody)] == [
        ["审批"], ["审批"], [], [],
    ]  # fmt: skip
    await face.act(HEAD, item_id, "approve", seen=await face.newest_sha())
    await face.deliver()
    await told_units(an_undoing())
    assert await owes(HEAD) == ["撤回"]


async def test_a_step_is_owed_within_its_own_reach_and_not_within_that_of_another(face, told):
    await told(a_cyber_case(), a_decision(unit=STATION))
    await told(a_decision(decision_id="D2", unit=ELSEWHERE))
    for reached, other, expected in ((STATION, ELSEWHERE, "D1"), (ELSEWHERE, STATION, "D2")):
        rights = {act: Reach(units=(other,)) for act in RIGHTS}
        rights["disclosure.edit"] = Reach(units=(reached,))
        found = await duties(face.database, HEAD, rights, 10)
        address = f"/disclosure/items/{(await face.item(expected)).item_id}"
        assert [(duty.step, duty.address) for duty in found] == [("to_mask", address)]
        assert await count_duties(face.database, HEAD, rights) == 1


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("田公(网)行罚决字〔2026〕00871号", 1),
        ("田公（网）行罚决字", 1),
        ("田公（网）2026", 1),
        ("034211", 1),
        ("龙泉派出所", 1),
        ("3404020800", 1),
        ("别处", 0),
        ("田", 0),
        ("张建伟", 0),
        ("%", 0),
        ("__", 0),
    ],
)
async def test_search_finds_by_number_and_never_by_a_name(face, told_units, words, hits):
    await told_units(*the_story(unit=STATION))
    text = text_of(await face.post(EDITOR, "/disclosure/fragments/search", q=words))
    assert text.count("<tr") == hits
    blind = text_of(await face.post(OTHER_HEAD, "/disclosure/fragments/search", q=words))
    assert blind.count("<tr") == 0


async def test_the_own_log_shows_what_one_did_and_was_refused(face, told_units):
    await told_units(*the_story(unit=STATION))
    await face.submitted(PUBLIC)
    await face.act(EDITOR, (await face.item()).item_id, "check", seen="x")
    text = (await face.get(EDITOR, "/disclosure/fragments/log")).text
    for said in ("编辑公开文本", "已办理", "公示复核", "被拒绝", "不在权限之内"):
        assert said in text
    others = (await face.get(CHECKER, "/disclosure/fragments/log")).text
    assert "<h2>公示" in others
    assert "还没有记录" in others


async def test_a_case_s_items_are_found_by_its_reference(face, told_units):
    await told_units(*the_story(unit=STATION))
    ref = (await face.item()).case_ref
    fragment = f"/disclosure/fragments/case?case_ref={ref}"
    card = (await face.get(HEAD, fragment)).text
    assert "00871" in card
    assert "<h2>公示 <small>决定 1 件</small></h2>" in card
    assert "等公示编辑（全市）办理" in card
    assert "行政处罚决定公开”的期限" in card  # why the day is what it is
    assert "00871" not in text_of(await face.get(OTHER_HEAD, fragment))
    assert "没有" in (await face.get(HEAD, "/disclosure/fragments/case?case_ref=c_0")).text


async def test_no_page_asks_the_database_more_than_a_dozen_times(face, told_units):
    await told_units(*the_story(unit=STATION))
    asked = []
    engine = face.inside.state.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    item_id = (await face.item()).item_id
    counts = {}
    for step in ("fresh", "submitted"):
        for address in ("/disclosure/", "/disclosure/withheld", f"/disclosure/items/{item_id}",
                        "/disclosure/fragments/todo", "/disclosure/fragments/bell"):  # fmt: skip
            asked.clear()
            assert (await face.get(LEADER, address)).status_code == 200
            counts[step, address] = len(asked)
        if step == "fresh":
            await face.submitted(PUBLIC)
    assert {key: count for key, count in counts.items() if count > QUERIES_MAX} == {}


async def test_only_a_served_decision_is_shown_as_one_that_may_go(face, told):
    await told(a_cyber_case(), the_story()[1])
    assert "未送达" in (await face.get(EDITOR, "/disclosure/")).text
    await told(a_service())
    assert "未送达" not in (await face.get(EDITOR, "/disclosure/")).text
