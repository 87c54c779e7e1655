"""Pages show what is within reach, acts are for who may, and refusals say the way out."""

import re

import pytest
from recording.given import (
    COLLEAGUE,
    HANDLER,
    NUMBER,
    STRANGER,
    a_case,
    a_document,
    an_act,
    an_assignment,
    an_end,
    apply,
    footage,
)

from support.officers import CITY, COUNTY, CSRF, ELSEWHERE, STATION, an_officer, calling
from support.video import a_video
from support.web import text_of

OTHER = "寿公（治）2026-00001"
PAGES = ("/recording/", "/recording/footage", "/recording/casefiles")
LISTS = ("/recording/api/actions", "/recording/api/footage", "/recording/api/casefiles")
FRAGMENTS = ("/recording/fragments/todo", "/recording/fragments/bell", "/recording/fragments/log")
SEE_ALL = [("case_manager", CITY), ("inspector", CITY), ("bureau_leader", CITY)]
SEE_UNIT = [("unit_head", STATION), ("unit_head", COUNTY), ("legal_reviewer", COUNTY)]
SEE_NOTHING = ["disclosure_editor", "disclosure_checker", "operator", "administrator"]


@pytest.fixture
async def two_cases(recording, fire):
    """A case of the station with its act, footage and document, overdue; one of another county."""
    await apply(
        recording,
        a_case(),
        an_act(),
        a_document(),
        an_end(),
        a_case(OTHER, unit=ELSEWHERE, handlers=[STRANGER]),
        an_act(OTHER, action_id="B1", officers=[STRANGER]),
        an_end(OTHER),
    )
    await apply(recording, footage(), footage("G1", case_number=OTHER, officer=STRANGER))
    await fire("2026-09-21T00:00:00")


@pytest.fixture
def ref(recording):
    return recording.installation.references.case(NUMBER)


async def test_nobody_and_no_publisher_sees_a_page(desk, two_cases):
    client = (await desk(an_officer())).client
    client.headers.pop("Mj-Token")
    for path in (*PAGES, *LISTS, *FRAGMENTS, "/recording/actions/A1"):
        assert (await client.get(path)).status_code in {303, 401}
        assert (await client.get(path, headers=calling())).status_code == 403


async def test_a_role_without_the_right_sees_empty_lists_and_no_page_of_one(desk, two_cases, ref):
    ones = ("/recording/actions/A1", "/recording/footage/F1", f"/recording/casefiles/{ref}")
    for role in SEE_NOTHING:
        other = await desk(an_officer((role, CITY), number="034998"))
        for path in PAGES:
            text = (await other.get(path)).text
            assert NUMBER not in text
            assert "mj-empty" in text
        for path in ones:
            answer = await other.get(path)
            assert answer.status_code == 403
            assert "查看执法记录" in answer.text


async def test_a_unit_sees_its_own_and_those_below(desk, two_cases):
    for role in SEE_UNIT:
        other = await desk(an_officer(role, number="034998"))
        for path in ("/recording/", "/recording/casefiles"):
            text = (await other.get(path)).text
            assert NUMBER in text
            assert OTHER not in text
        text = (await other.get("/recording/footage")).text
        assert "F1" in text
        assert "G1" not in text
        assert (await other.get("/recording/actions/B1")).status_code == 403


async def test_the_city_sees_all(desk, two_cases):
    for role in SEE_ALL:
        other = await desk(an_officer(role, number="034998"))
        for path in ("/recording/", "/recording/casefiles"):
            text = (await other.get(path)).text
            assert NUMBER in text
            assert OTHER in text


async def test_a_handler_sees_the_own_cases_and_whoever_acted_the_own_acts(desk, two_cases):
    for number in (HANDLER, COLLEAGUE):
        officer = await desk(an_officer("case_handler", number=number))
        text = (await officer.get("/recording/")).text
        assert NUMBER in text
        assert OTHER not in text
    stranger = await desk(an_officer("case_handler", number=STRANGER))
    text = (await stranger.get("/recording/")).text
    assert (NUMBER in text, OTHER in text) == (False, True)


async def test_an_act_shows_what_lacks_by_drawing_and_in_words(desk, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    text = (await officer.get("/recording/actions/A1")).text
    for said in ("缺录待说明", "缺录 60 分钟", "全程 1 小时，有录像 0 秒；缺 1 小时：22:30–23:30"):
        assert said in text
    assert '<rect class="hole" x="0" y="0" width="1000"' in text
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=", text)


async def test_an_act_suggests_footage_of_its_officers_and_links_it_by_one_click(
    desk, recording, two_cases
):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    assert "重叠 1 小时" in (await officer.get("/recording/actions/A1")).text
    answer = await officer.post(
        "/recording/footage/F1/links", what="link", action_id="A1", **{"from": "action"}
    )
    assert answer.headers["location"] == "/recording/actions/A1?done=linked"
    rows = await recording.all("SELECT state, case_number FROM footage WHERE footage_id = 'F1'")
    assert tuple(rows[0]) == ("linked", NUMBER)
    answer = await officer.post("/recording/footage/F1/links", what="unlink", action_id="A1")
    assert answer.headers["location"] == "/recording/footage/F1?done=unlinked"
    assert await recording.all("SELECT 1 FROM footage_links WHERE footage_id = 'F1'") == []


async def test_footage_of_another_time_is_not_linked(desk, recording, two_cases):
    await apply(
        recording,
        footage("F2", started_at="2026-09-10T20:00:00+08:00", ended_at="2026-09-10T21:00:00+08:00"),
    )
    officer = await desk(an_officer("case_handler", number=HANDLER))
    answer = await officer.post("/recording/footage/F2/links", what="link", action_id="A1")
    assert answer.status_code == 409
    assert "时间上没有重叠" in answer.text


ACTS = {
    "/recording/footage/F1/links": {"what": "link", "action_id": "A1"},
    "/recording/actions/A1/explanations": {"reason": "battery", "words": "没电"},
}
MAY_NOT_ACT = (
    "disclosure_editor",
    "disclosure_checker",
    "legal_reviewer",
    "inspector",
    "bureau_leader",
    "operator",
    "administrator",
    ("case_handler", CITY),
    ("unit_head", ELSEWHERE),
)


async def test_who_may_not_act_is_refused_and_nothing_changes(desk, recording, two_cases):
    for role in MAY_NOT_ACT:
        other = await desk(an_officer(role, number="034998"))
        for address, fields in ACTS.items():
            assert (await other.post(address, **fields)).status_code == 403, (role, address)
    assert await recording.all("SELECT 1 FROM link_decisions") == []
    assert await recording.all("SELECT 1 FROM gap_explanations") == []
    rows = await recording.all("SELECT act, outcome FROM audit WHERE act <> 'recording.see'")
    assert {row.outcome for row in rows} == {"refused"}
    assert len(rows) == len(ACTS) * len(MAY_NOT_ACT)


async def test_the_words_of_an_explanation_are_for_who_may_look_and_noted(
    desk, recording, two_cases, ref
):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    await officer.post(
        "/recording/actions/A1/explanations", reason="battery", words="欧阳的执法仪没电了"
    )
    leader = await desk(an_officer(("bureau_leader", CITY), number="034998"))
    text = (await leader.get("/recording/actions/A1")).text
    assert "欧阳" not in text
    assert "电量耗尽" in text
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    assert "欧阳的执法仪没电了" not in (await inspector.get("/recording/actions/A1")).text
    await inspector.says_why(f"/recording/casefiles/{ref}/purpose")
    assert "欧阳的执法仪没电了" in (await inspector.get("/recording/actions/A1")).text
    rows = await recording.all(
        "SELECT officer, act, subject, reason FROM audit WHERE outcome = 'seen'"
    )
    assert [tuple(row) for row in rows] == [
        ("034997", "recording.view", "A1", "inspection 核查信访反映的问题")
    ]


async def test_a_page_without_words_is_no_look(desk, recording, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    assert "还没有说明" in (await officer.get("/recording/actions/A1")).text
    assert await recording.all("SELECT 1 FROM audit") == []


async def test_a_gap_is_explained_by_code_and_words_that_stay_here(desk, recording, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    answer = await officer.post(
        "/recording/actions/A1/explanations", reason="battery", words="欧阳的执法仪没电了"
    )
    assert answer.headers["location"] == "/recording/actions/A1?done=explained"
    [row] = await recording.all("SELECT words FROM gap_explanations")
    assert "欧阳".encode() not in row.words
    rows = await recording.all("SELECT value FROM outbox")
    assert not [row for row in rows if "欧阳" in row.value.decode()]
    text = (await officer.get("/recording/actions/A1?done=explained")).text
    for said in ("欧阳的执法仪没电了", "电量耗尽", "已说明", "缺录说明已登记"):
        assert said in text
    rows = await recording.all("SELECT officer, act, outcome FROM audit ORDER BY number")
    assert [tuple(row) for row in rows] == [
        (HANDLER, "recording.explain", "done"),
        (HANDLER, "recording.view", "seen"),
    ]


WRONG_FORMS = (
    ({"reason": "", "words": "没电"}, "请选择缺录原因"),
    ({"reason": "battery", "words": "  "}, "请填写情况说明"),
    ({"reason": "battery", "words": "长" * 2001}, "最多 2000 字"),
    ({"reason": "battery", "words": "没电", "csrf": "other"}, "不属于当前会话"),
)


async def test_a_wrong_form_is_shown_again_with_what_was_typed(desk, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    for fields, said in WRONG_FORMS:
        answer = await officer.client.post(
            "/recording/actions/A1/explanations", data={"csrf": CSRF, **fields}
        )
        assert answer.status_code in {400, 403}
        assert said in answer.text
        if "csrf" not in fields and fields["words"].strip():
            assert fields["words"][:20] in answer.text


async def test_what_is_wholly_recorded_needs_no_explanation(desk, recording, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    await officer.bring(a_video(3600), action_id="A1", started_at="2026-09-10T22:30")
    answer = await officer.post(
        "/recording/actions/A1/explanations", reason="battery", words="没电"
    )
    assert answer.status_code == 409
    assert "没有缺口" in answer.text


BAD_ADDRESSES = {
    "/recording/?state=secret": 400,
    "/recording/?level=secret": 400,
    "/recording/footage?file=maybe": 400,
    "/recording/footage?after=x": 400,
    "/recording/actions/nothing": 404,
    "/recording/footage/nothing": 404,
    "/recording/casefiles/c_nothing": 404,
    "/recording/fragments/case?case_ref=c_nothing": 404,
}


async def test_bad_addresses_are_refused_in_words(desk, two_cases):
    officer = await desk(an_officer(("case_manager", CITY)))
    for path, status in BAD_ADDRESSES.items():
        answer = await officer.get(path)
        assert answer.status_code == status, path
        assert re.search("[\u4e00-\u9fff]{4}", answer.text)


async def test_a_list_keeps_its_filters_from_page_to_page(desk, recording):
    acts = [an_act(f"田公（网）{n:05}", action_id=f"A{n:03}") for n in range(60)]
    await apply(recording, *acts)
    officer = await desk(an_officer(("case_manager", CITY)))
    text = (await officer.get("/recording/?state=unlinked&level=full")).text
    assert text.count("<tr data-row") == 50
    [onward] = re.findall(r'rel="next" href="([^"]+)"', text)
    assert onward.startswith("/recording/?state=unlinked&amp;level=full&amp;after=")
    text = (await officer.get(onward.replace("&amp;", "&"))).text
    assert text.count("<tr data-row") == 10
    assert 'href="/recording/?level=full&amp;' not in text
    assert 'href="/recording/?state=gap_open&amp;level=full"' in text.replace("&#38;", "&amp;")


async def test_a_list_for_machines_is_read_to_its_end_each_row_once(desk, recording):
    events = []
    for n in range(120):
        number = f"田公（网）{n:05}"
        events += [
            an_act(number, action_id=f"A{n:03}"),
            footage(f"F{n:03}", case_number=number),
            an_end(number),
        ]
    await apply(recording, *events)
    officer = await desk(an_officer(("case_manager", CITY)))
    for path in LISTS:
        seen, after = [], None
        for _ in range(5):
            answer = (await officer.client.get(path, params={"after": after or ""})).json()
            (rows,) = (value for value in answer.values() if isinstance(value, list))
            seen += [str(sorted(row.items(), key=str)) for row in rows]
            after = answer["next"]
            if after is None:
                break
        assert len(seen) == len(set(seen)) == 120, path


async def test_the_todo_is_ordered_by_what_is_due_and_says_why(desk, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    text = (await officer.get("/recording/fragments/todo")).text
    assert "<html" not in text
    places = [
        text.index(said)
        for said in ("缺录待说明：扣押", "上传文书：", "案卷归档", "关联音视频：F1")
    ]
    assert places == sorted(places)
    assert "上传期限已过，录像不全" in text
    assert OTHER not in text
    assert (await officer.get("/recording/fragments/bell")).text == "4"


async def test_nothing_owed_is_one_line_and_nought(desk, two_cases):
    other = await desk(an_officer("operator"))
    assert "没有待办" in (await other.get("/recording/fragments/todo")).text
    assert (await other.get("/recording/fragments/bell")).text == "0"


FOUND = {
    "01183": ["案卷"],
    "A1": ["执法行为"],
    "ZFY0042": ["音视频"],
    "00123号": ["文书"],
    HANDLER: ["执法行为", "音视频"],
    "上窑派出所": ["案卷"],
    STATION: ["案卷"],
    "％＿": [],
    "%_": [],
}


async def test_the_search_finds_by_every_number(desk, two_cases):
    officer = await desk(an_officer(("unit_head", COUNTY), number="034998"))
    for q, found in FOUND.items():
        text = (await officer.post("/recording/fragments/search", q=q)).text
        assert sorted(set(re.findall(r">(案卷|执法行为|音视频|文书) ", text))) == sorted(found), q
        assert OTHER not in text


async def test_the_search_wants_two_characters_and_the_mark_of_the_session(desk, two_cases):
    officer = await desk(an_officer(("case_manager", CITY)))
    assert (await officer.post("/recording/fragments/search", q="A")).status_code == 400
    answer = await officer.client.post("/recording/fragments/search", data={"q": "A1"})
    assert answer.status_code == 403


async def test_the_own_log_says_what_was_done_and_refused_in_words(desk, two_cases):
    officer = await desk(an_officer("case_handler", number=HANDLER))
    await officer.post("/recording/actions/A1/explanations", reason="battery", words="没电")
    await officer.post("/recording/actions/B1/explanations", reason="battery", words="没电")
    text = (await officer.get("/recording/fragments/log")).text
    assert "缺录说明" in text
    assert "被拒绝" in text
    assert '<a href="/recording/actions/A1">执法行为 A1</a>' in text
    stranger = await desk(an_officer("case_handler", number=STRANGER))
    assert "还没有记录" in (await stranger.get("/recording/fragments/log")).text


async def test_the_case_fragment_shows_acts_footage_and_documents_without_a_shell(
    desk, recording, two_cases, ref
):
    reviewer = await desk(an_officer(("legal_reviewer", COUNTY), number="034998"))
    closed = (await reviewer.get(f"/recording/fragments/case?case_ref={ref}")).text
    assert "填写查看事由" in closed
    assert "欧阳查无此人的处罚决定" not in closed
    await apply(recording, an_assignment(reviewer="034998"))
    answer = await reviewer.get(f"/recording/fragments/case?case_ref={ref}")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    for said in ("扣押 · 现场", "缺录待说明", "欧阳查无此人的处罚决定", "rec-ruler"):
        assert said in answer.text
    handler = await desk(an_officer("case_handler", number=HANDLER))
    await handler.bring(a_video(3600), action_id="A1", started_at="2026-09-10T22:30")
    text = (await reviewer.get(f"/recording/fragments/case?case_ref={ref}")).text
    assert '<video controls preload="none" src="/recording/blobs/' in text
    assert "034998 查看" in text
    elsewhere = await desk(an_officer(("legal_reviewer", ELSEWHERE), number="034997"))
    answer = await elsewhere.get(f"/recording/fragments/case?case_ref={ref}")
    assert answer.status_code == 403


async def test_lists_name_nobody(desk, two_cases):
    officer = await desk(an_officer(("case_manager", CITY), number="034998"))
    for path in (*PAGES, *LISTS):
        text = text_of(await officer.get(path))
        for number in (HANDLER, COLLEAGUE, STRANGER):
            assert number not in text, path
