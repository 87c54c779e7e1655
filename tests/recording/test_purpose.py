"""Every look has its purpose: by duty without a question, else stated first and kept for a day."""

import hashlib
from datetime import timedelta

import pytest
from recording.given import (
    HANDLER,
    NUMBER,
    STRANGER,
    a_case,
    a_document,
    accessed,
    an_act,
    an_assignment,
    an_end,
    apply,
)

from mingjing_recording.rules.duty import duty_to_look
from mingjing_shared.clock import machine_now
from mingjing_shared.web.purpose import HOLDS
from support.officers import CITY, COUNTY, ELSEWHERE, an_officer
from support.video import a_video

VIDEO = a_video(3600)
SHA = hashlib.sha256(VIDEO).hexdigest()
FILE = f"/recording/blobs/{SHA}"
WHY = {"purpose": "inspection", "purpose_words": "核查信访反映的问题"}
SAYS_WHY = (
    ("unit_head", COUNTY),
    ("legal_reviewer", COUNTY),
    ("case_manager", ELSEWHERE),
    ("inspector", ELSEWHERE),
)


@pytest.mark.parametrize(
    ("role", "is_reviewer", "casefile", "duty"),
    [
        ("case_handler", False, None, "case_handling"),
        ("case_handler", False, "archived", "case_handling"),
        ("legal_reviewer", True, None, "legal_review"),
        ("legal_reviewer", False, "open", None),
        ("case_manager", True, None, "legal_review"),
        ("case_manager", False, "overdue", "archiving"),
        ("case_manager", False, "archived", None),
        ("unit_head", False, "open", "archiving"),
        ("unit_head", False, "warned", "archiving"),
        ("unit_head", False, "no_clock", None),
        ("unit_head", True, None, None),
        ("unit_head", False, None, None),
        ("inspector", True, "open", None),
        ("bureau_leader", False, "open", None),
    ],
)
def test_a_duty_follows_from_role_and_state_and_from_nothing_else(
    role, is_reviewer, casefile, duty
):
    assert duty_to_look(role, is_reviewer=is_reviewer, casefile=casefile) == duty


@pytest.fixture
async def footage_id(desk, recording):
    """A recording of the case, brought by its officer."""
    await apply(recording, a_case(), an_act())
    officer = await desk(an_officer("case_handler", number=HANDLER))
    answer = await officer.bring(VIDEO, action_id="A1", started_at="2026-09-10T22:30")
    assert answer.status_code == 303
    return (await recording.all("SELECT footage_id FROM footage"))[0].footage_id


@pytest.fixture
def ask_at(footage_id):
    return f"/recording/footage/{footage_id}/purpose"


async def lines(recording, outcome="seen"):
    rows = await recording.all(
        "SELECT officer, act, role, reason, approved_by FROM audit"
        " WHERE outcome = :outcome ORDER BY number",
        outcome=outcome,
    )
    return [tuple(row) for row in rows]


async def test_who_has_no_duty_is_asked_before_anything_opens(desk, recording, ask_at):
    for place, role in enumerate(SAYS_WHY):
        other = await desk(an_officer(role, number=f"03499{place}"))
        answer = await other.get(FILE)
        assert answer.status_code == 428, role
        assert VIDEO[:30] not in answer.content
        assert f'action="{ask_at}"' in answer.text
    assert await lines(recording) == []
    assert await lines(recording, "refused") == []
    assert await accessed(recording) == []


async def test_a_stated_purpose_opens_and_stands_in_audit_and_event(desk, recording, ask_at):
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    answer = await inspector.post(ask_at, **WHY, then=FILE)
    assert answer.headers["location"] == FILE
    for _ in range(2):
        assert (await inspector.get(FILE)).content == VIDEO
    said = "inspection 核查信访反映的问题"
    assert await lines(recording, "done") == [
        (HANDLER, "recording.upload", "case_handler", None, None),
        ("034997", "purpose.state", "inspector", said, None),
    ]
    assert await lines(recording) == [("034997", "recording.view", "inspector", said, None)]
    [told] = await accessed(recording)
    assert '"purpose":"inspection"' in told
    assert "核查" not in told


async def test_the_page_of_a_recording_asks_in_place_of_the_player(desk, footage_id, ask_at):
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    page = f"/recording/footage/{footage_id}"
    text = (await inspector.get(page)).text
    assert "<video" not in text
    assert f'action="{ask_at}"' in text
    await inspector.says_why(ask_at)
    text = (await inspector.get(page)).text
    assert f'src="{FILE}"' in text
    assert "查看事由：督察：核查信访反映的问题" in text


async def test_what_is_stated_holds_for_its_officer_and_its_case(desk, recording, ask_at):
    await apply(recording, a_case("寿公（治）2026-00001"), a_document("寿公（治）2026-00001"))
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    await inspector.says_why(ask_at)
    other = await desk(an_officer(("inspector", CITY), number="034996"))
    assert (await other.get(FILE)).status_code == 428
    ref = recording.installation.references.case("寿公（治）2026-00001")
    assert "填写查看事由" not in (await inspector.get(FILE)).text
    assert 'id="purpose"' in (await inspector.get(f"/recording/casefiles/{ref}")).text
    own = recording.installation.references.case(NUMBER)
    assert 'id="purpose"' not in (await inspector.get(f"/recording/casefiles/{own}")).text


@pytest.mark.parametrize(
    ("ago", "status"), [(HOLDS - timedelta(minutes=1), 200), (HOLDS + timedelta(minutes=1), 428)]
)
async def test_after_a_day_it_is_asked_anew(desk, recording, footage_id, ago, status):
    async with recording.transaction() as tx:
        await tx.execute(
            "INSERT INTO audit (at, officer, act, outcome, reason, subject_kind, subject, case_ref)"
            " VALUES (:at, '034997', 'purpose.state', 'done', 'inspection 督察交办', 'footage',"
            " :id, :case_ref)",
            at=machine_now() - ago,
            id=footage_id,
            case_ref=tx.installation.references.case(NUMBER),
        )
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    assert (await inspector.get(FILE)).status_code == status


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**WHY, "purpose": ""}, "请选择查看事由"),
        ({**WHY, "purpose": "case_handling"}, "请选择查看事由"),
        ({**WHY, "purpose_words": ""}, "请填写具体事由"),
        ({**WHY, "purpose_words": "看一看"}, "至少 4 个字"),
        ({**WHY, "purpose_words": "核查 34040219900101123X 反映"}, "不要写证件号"),
        ({**WHY, "purpose_words": "长" * 201}, "最多 200 字"),
    ],
)
async def test_what_is_no_purpose_opens_nothing_and_stays_as_typed(
    desk, recording, ask_at, fields, said
):
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    answer = await inspector.post(ask_at, **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert fields["purpose_words"] in answer.text
    assert (await inspector.get(FILE)).status_code == 428
    assert [row[1] for row in await lines(recording, "done")] == ["recording.upload"]


async def test_who_may_not_look_states_nothing(desk, recording, ask_at):
    for role in ("bureau_leader", ("unit_head", ELSEWHERE), "operator"):
        other = await desk(an_officer(role, number=STRANGER))
        assert (await other.post(ask_at, **WHY)).status_code == 403
        assert (await other.get(FILE)).status_code == 403
    assert {row[1] for row in await lines(recording, "refused")} == {"recording.view"}


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/session/sign-out"]
)
async def test_afterwards_one_goes_to_a_page_of_the_departments_and_nowhere_else(
    desk, footage_id, ask_at, then
):
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    answer = await inspector.post(ask_at, **WHY, then=then)
    assert answer.headers["location"] == f"/recording/footage/{footage_id}?done=purpose"


async def test_the_reviewer_who_took_the_case_on_is_not_asked(desk, recording, footage_id):
    reviewer = await desk(an_officer(("legal_reviewer", COUNTY), number="034998"))
    assert (await reviewer.get(FILE)).status_code == 428
    await apply(recording, an_assignment(reviewer="034998"))
    assert (await reviewer.get(FILE)).status_code == 200
    assert await lines(recording) == [
        ("034998", "recording.view", "legal_reviewer", "legal_review", None)
    ]


async def test_who_must_archive_is_not_asked_and_a_look_by_another_role_is_another_line(
    desk, recording, footage_id
):
    await apply(recording, an_end(), an_assignment(reviewer="034998"))
    for role in (("unit_head", COUNTY), ("legal_reviewer", COUNTY), ("legal_reviewer", COUNTY)):
        officer = await desk(an_officer(role, number="034998"))
        assert (await officer.get(FILE)).status_code == 200
    assert [row[3] for row in await lines(recording)] == ["archiving", "legal_review"]


async def test_a_duty_goes_before_another_role_that_would_be_asked(desk, recording, footage_id):
    both = an_officer(("inspector", CITY), "case_handler", number=HANDLER)
    assert (await (await desk(both)).get(FILE)).status_code == 200
    assert [row[2:4] for row in await lines(recording)] == [("case_handler", "case_handling")]


async def test_titles_of_documents_are_for_who_has_a_purpose_and_reading_them_is_noted(
    desk, recording, footage_id
):
    await apply(recording, a_document())
    ref = recording.installation.references.case(NUMBER)
    pages = (f"/recording/casefiles/{ref}", f"/recording/fragments/case?case_ref={ref}")
    leader = await desk(an_officer(("bureau_leader", CITY), number="034996"))
    inspector = await desk(an_officer(("inspector", CITY), number="034997"))
    for officer in (leader, inspector):
        for page in pages:
            assert "欧阳查无此人" not in (await officer.get(page)).text
    assert await lines(recording) == []
    handler = await desk(an_officer("case_handler", number=HANDLER))
    for page in pages:
        assert "欧阳查无此人" in (await handler.get(page)).text
    assert await lines(recording) == [
        (HANDLER, "recording.view", "case_handler", "case_handling", None)
    ] * len(pages)
