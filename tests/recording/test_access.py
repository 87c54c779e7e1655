"""Footage of another unit: asked for, decided by its leader, open for days, each look approved."""

import hashlib
from datetime import datetime

import pytest
from recording.given import HANDLER, NUMBER, a_case, a_classified_case, accessed, an_act, apply
from recording.test_purpose import lines

from mingjing_recording.errors import NotNow, OwnRequest
from mingjing_recording.rules.access import days_open, decide, state_of
from mingjing_shared.errors import InvalidInput
from support.officers import CITY, COUNTY, ELSEWHERE, STATION, an_officer
from support.video import a_video

VIDEO = a_video(3600)
FILE = f"/recording/blobs/{hashlib.sha256(VIDEO).hexdigest()}"
WHY = {"purpose": "cooperation", "purpose_words": "协查另一起盗窃案"}
SAID = "cooperation 协查另一起盗窃案"
NOW = datetime.fromisoformat("2026-09-20T10:00:00+08:00")
UNTIL = datetime.fromisoformat("2026-09-28T00:00:00+08:00")  # seven whole days after that day
ASKER, LEADER = "034801", "034802"


@pytest.mark.parametrize(
    ("is_approved", "open_until", "now", "state"),
    [
        (None, None, NOW, "asked"),
        (False, None, NOW, "refused"),
        (True, UNTIL, NOW, "open"),
        (True, UNTIL, datetime.fromisoformat("2026-09-27T23:59:59+08:00"), "open"),
        (True, UNTIL, UNTIL, "over"),
    ],
)
def test_where_a_request_stands(is_approved, open_until, now, state):
    assert state_of(is_approved=is_approved, open_until=open_until, now=now) == state


def decided(state="asked", *, approves=True, reason="", deciders=(LEADER,)):
    return decide(
        state, approves=approves, reason=reason, asked_by=ASKER, deciders=deciders, now=NOW
    )


def test_nobody_decides_on_the_own_request_nor_by_whoever_stands_in():
    for deciders in ((ASKER,), (LEADER, ASKER)):
        with pytest.raises(OwnRequest):
            decided(deciders=deciders)


@pytest.mark.parametrize("state", ["open", "over", "refused"])
@pytest.mark.parametrize("approves", [True, False])
def test_what_is_decided_is_not_decided_again(state, approves):
    with pytest.raises(NotNow):
        decided(state, approves=approves, reason="理由充分")


def test_it_is_refused_with_a_reason_only_and_allowed_for_the_days_of_the_rule():
    with pytest.raises(InvalidInput):
        decided(approves=False)
    assert decided(approves=False, reason="与本案无关").is_approved is False
    assert decided().open_until == UNTIL
    assert days_open(NOW.date()) == 7


@pytest.fixture
async def footage_id(desk, recording, set_clock):
    """A recording of the station's case."""
    set_clock("2026-09-20T10:00:00")
    await apply(recording, a_case(), an_act())
    officer = await desk(an_officer("case_handler", number=HANDLER))
    await officer.bring(VIDEO, action_id="A1", started_at="2026-09-10T22:30")
    return (await recording.all("SELECT footage_id FROM footage"))[0].footage_id


@pytest.fixture
async def asker(desk):
    return await desk(an_officer(("case_handler", ELSEWHERE), number=ASKER, unit=ELSEWHERE))


@pytest.fixture
async def leader(desk):
    return await desk(an_officer(("unit_head", STATION), number=LEADER))


@pytest.fixture
async def request_id(asker, footage_id, recording):
    answer = await asker.post(f"/recording/footage/{footage_id}/access", **WHY)
    assert answer.status_code == 303, answer.text
    [row] = await recording.all("SELECT request_id FROM access_requests")
    assert answer.headers["location"] == f"/recording/access/{row.request_id}?done=asked"
    return row.request_id


async def test_the_refusal_shows_the_lawful_way_to_who_may_go_it(desk, asker, footage_id):
    answer = await asker.get(f"/recording/footage/{footage_id}")
    assert answer.status_code == 403
    assert f'href="/recording/footage/{footage_id}/access"' in answer.text
    editor = await desk(an_officer("disclosure_editor", number="034803"))
    answer = await editor.get(f"/recording/footage/{footage_id}")
    assert (answer.status_code, "申请调阅" in answer.text) == (403, False)
    assert (await editor.get(f"/recording/footage/{footage_id}/access")).status_code == 403


async def test_who_may_look_as_it_is_does_not_ask(leader, recording, footage_id):
    answer = await leader.post(f"/recording/footage/{footage_id}/access", **WHY)
    assert answer.status_code == 409
    assert "可以直接调阅" in answer.text
    assert await recording.all("SELECT 1 FROM access_requests") == []


async def test_a_request_without_a_purpose_is_none_and_stays_as_typed(asker, recording, footage_id):
    address = f"/recording/footage/{footage_id}/access"
    answer = await asker.post(address, purpose="cooperation", purpose_words="看看")
    assert answer.status_code == 400
    assert ">看看</textarea>" in answer.text
    assert '<option value="cooperation" selected>' in answer.text
    assert await recording.all("SELECT 1 FROM access_requests") == []


async def test_asking_opens_nothing_and_asking_twice_is_refused(
    asker, recording, footage_id, request_id
):
    assert (await asker.get(FILE)).status_code == 403
    answer = await asker.post(f"/recording/footage/{footage_id}/access", **WHY)
    assert answer.status_code == 409
    assert "待批准" in answer.text
    assert len(await recording.all("SELECT 1 FROM access_requests")) == 1


async def test_only_a_leader_of_the_footages_unit_or_above_decides(
    desk, asker, recording, request_id
):
    address = f"/recording/access/{request_id}/decision"
    for role in (("unit_head", ELSEWHERE), ("inspector", CITY), ("case_handler", STATION)):
        other = await desk(an_officer(role, number="034803"))
        assert (await other.get(f"/recording/access/{request_id}")).status_code == 403
        assert (await other.post(address, decision="approve")).status_code == 403
    assert (await asker.post(address, decision="approve")).status_code == 403
    assert (await asker.get(FILE)).status_code == 403
    above = await desk(an_officer(("unit_head", COUNTY), number="034804"))
    assert (await above.post(address, decision="approve")).status_code == 303


async def test_a_leader_of_another_leader_s_footage_does_not_decide_on_the_own_request(
    desk, recording, footage_id
):
    mighty = await desk(an_officer(("bureau_leader", CITY), number="034805", unit=CITY))
    answer = await mighty.post(f"/recording/footage/{footage_id}/access", **WHY)
    address = answer.headers["location"].split("?")[0]
    answer = await mighty.post(f"{address}/decision", decision="approve")
    assert answer.status_code == 403
    assert "不能审批本人的调阅申请" in answer.text
    assert "审批调阅申请" not in (await mighty.get("/recording/fragments/todo")).text


async def test_what_waits_is_on_the_leaders_list_and_bell_until_it_is_decided(leader, request_id):
    bell = int((await leader.get("/recording/fragments/bell")).text)
    text = (await leader.get("/recording/fragments/todo")).text
    assert f'href="/recording/access/{request_id}"' in text
    assert request_id in (await leader.get("/recording/access")).text
    await leader.post(f"/recording/access/{request_id}/decision", decision="approve")
    assert request_id not in (await leader.get("/recording/fragments/todo")).text
    assert int((await leader.get("/recording/fragments/bell")).text) == bell - 1


async def test_approved_it_opens_and_each_look_names_who_approved(
    asker, leader, recording, request_id
):
    page = f"/recording/access/{request_id}"
    answer = await leader.post(f"{page}/decision", decision="approve")
    assert answer.headers["location"] == f"{page}?done=approved"
    assert f'src="{FILE}"' in (await asker.get(page)).text
    assert (await asker.get(FILE)).content == VIDEO
    assert await lines(recording) == [
        (ASKER, "recording.view_approved", "case_handler", SAID, LEADER)
    ]
    [told] = await accessed(recording)
    for said in (f'"by":"{ASKER}"', '"purpose":"cooperation"', f'"approved_by":"{LEADER}"'):
        assert said in told
    assert [row[:2] for row in await lines(recording, "done")] == [
        (HANDLER, "recording.upload"),
        (ASKER, "recording.request_access"),
        (LEADER, "recording.decide_access"),
    ]


async def test_it_opens_to_nobody_else_and_only_for_its_days(
    desk, asker, leader, request_id, set_clock
):
    await leader.post(f"/recording/access/{request_id}/decision", decision="approve")
    other = await desk(an_officer(("case_handler", ELSEWHERE), number="034806", unit=ELSEWHERE))
    assert (await other.get(FILE)).status_code == 403
    assert (await other.get(f"/recording/access/{request_id}")).status_code == 403
    set_clock("2026-09-27T23:59:00")
    assert (await asker.get(FILE)).status_code == 200
    set_clock("2026-09-28T00:00:02")  # whole seconds: the clock is moved by them
    assert (await asker.get(FILE)).status_code == 403
    assert "<video" not in (await asker.get(f"/recording/access/{request_id}")).text


async def test_refused_with_its_reason_it_stays_shut_and_may_be_asked_again(
    asker, leader, footage_id, request_id
):
    page = f"/recording/access/{request_id}"
    answer = await leader.post(f"{page}/decision", decision="refuse")
    assert answer.status_code == 400
    answer = await leader.post(f"{page}/decision", decision="refuse", reason="与您的案件无关")
    assert answer.status_code == 303
    assert "与您的案件无关" in (await asker.get(page)).text
    assert (await asker.get(FILE)).status_code == 403
    assert "再次申请" in (await asker.get(f"/recording/footage/{footage_id}")).text
    answer = await asker.post(f"/recording/footage/{footage_id}/access", **WHY)
    assert answer.status_code == 303


async def test_of_a_case_that_turns_out_to_be_classified_nothing_opens(
    asker, leader, recording, request_id
):
    await leader.post(f"/recording/access/{request_id}/decision", decision="approve")
    await apply(recording, a_classified_case())
    assert (await asker.get(FILE)).status_code in (403, 404)
    assert NUMBER not in (await asker.get("/recording/access")).text
