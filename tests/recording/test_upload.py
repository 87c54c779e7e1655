"""A file is brought: streamed, hashed, encrypted, locked; or refused, and nothing is left."""

import asyncio
import hashlib
import json

from prometheus_client import REGISTRY
from recording.given import (
    COLLEAGUE,
    HANDLER,
    NUMBER,
    STRANGER,
    a_case,
    a_document,
    an_act,
    apply,
    footage,
)
from recording.store_as_admin import as_admin
from recording.test_tree import by_the_text_of_the_rfc

from mingjing_recording.settings import BUCKET
from mingjing_shared.clock import machine_now
from support.officers import CITY, COUNTY, ELSEWHERE, an_officer
from support.video import a_video

PDF = b"%PDF-1.7\n" + b"page " * 500
A_MB = 1024 * 1024
BIG = b"%PDF-1.7\n" + bytes(range(256)) * (9 * A_MB // 2 // 256)
STARTED = "2026-09-10T22:30"
_OPS = ("put", "get")


async def audit(recording):
    rows = await recording.all("SELECT act, outcome, subject, reason FROM audit ORDER BY number")
    return [tuple(row) for row in rows]


async def test_nobody_without_a_session_brings_anything(desk, left, storing):
    before = await left()
    stranger = await desk(an_officer("case_handler"))
    stranger.client.headers.pop("Mj-Token")
    answer = await stranger.bring(PDF)
    assert answer.status_code == 401
    assert await left() == before


OTHER_ROLES = (
    "legal_reviewer",
    "case_manager",
    "disclosure_editor",
    "disclosure_checker",
    "inspector",
    "bureau_leader",
    "operator",
    "administrator",
)


async def test_a_role_without_the_right_brings_nothing(desk, officer, recording, left):
    before = await left()
    for role in OTHER_ROLES:
        other = await desk(an_officer((role, CITY), number=STRANGER))
        answer = await other.bring(a_video(60), action_id="A1", started_at=STARTED)
        assert answer.status_code == 403, role
        assert "不在您的权限之内" in answer.text
    assert await left() == before
    assert await audit(recording) == [
        ("recording.upload", "refused", subject, "not-allowed")
        for _, _, subject, _ in await audit(recording)
    ]
    assert len(await audit(recording)) == len(OTHER_ROLES)


async def test_a_handler_of_another_case_and_a_head_of_another_unit_bring_nothing(
    desk, officer, left
):
    before = await left()
    for other in (
        an_officer("case_handler", number=STRANGER),
        an_officer(("unit_head", ELSEWHERE), number=STRANGER, unit=ELSEWHERE),
    ):
        answer = await (await desk(other)).bring(a_video(60), action_id="A1", started_at=STARTED)
        assert answer.status_code == 403
    assert await left() == before


OTHER = "寿公（治）2026-00001"


async def test_own_footage_is_not_hung_on_an_act_of_others_by_bringing_its_file(
    desk, recording, left
):
    await apply(
        recording,
        a_case(),
        a_case(OTHER, unit=ELSEWHERE, handlers=[STRANGER]),
        an_act(OTHER, action_id="B1", officers=[STRANGER]),
        footage(officer=HANDLER),
    )
    before = await left()
    for other in (an_officer("case_handler", number=HANDLER), an_officer(("unit_head", COUNTY))):
        answer = await (await desk(other)).bring(a_video(60), footage_id="F1", action_id="B1")
        assert answer.status_code == 403
        assert "关联音视频" in answer.text
    assert await left() == before
    assert await recording.all("SELECT 1 FROM link_decisions") == []
    assert (await audit(recording))[-1] == ("recording.link", "refused", "B1", "not-allowed")


async def test_a_known_recording_is_linked_by_its_file_only_to_an_act_of_its_time(
    officer, recording, left
):
    await apply(
        recording,
        footage(started_at="2026-09-10T20:00:00+08:00", ended_at="2026-09-10T23:00:00+08:00"),
    )
    before = await left()
    answer = await officer.bring(a_video(3600), footage_id="F1", action_id="A1")
    assert answer.status_code == 409
    assert "时间上没有重叠" in answer.text
    assert await left() == before
    assert await recording.all("SELECT 1 FROM link_decisions") == []


async def test_a_new_recording_of_another_time_than_the_act_is_refused(officer, left):
    before = await left()
    answer = await officer.bring(a_video(60), action_id="A1", started_at="2026-09-10T20:00")
    assert answer.status_code == 409
    assert "时间上没有重叠" in answer.text
    assert await left() == before


async def test_a_known_recording_is_linked_to_the_act_that_its_file_is_brought_for(
    officer, recording
):
    await apply(recording, footage())
    answer = await officer.bring(a_video(3600), footage_id="F1", action_id="A1")
    assert answer.headers["location"] == "/recording/footage/F1?done=kept"
    rows = await recording.all("SELECT action_id, linked_by FROM footage_links")
    assert [tuple(row) for row in rows] == [("A1", HANDLER)]
    assert [row[:3] for row in await audit(recording)] == [
        ("recording.upload", "done", "F1"),
        ("recording.link", "done", "F1"),
        ("recording.link", "done", "A1"),
    ]


async def test_a_form_of_another_session_is_refused_before_the_file_is_read(officer, left):
    before = await left()
    answer = await officer.bring(a_video(60), csrf="other", action_id="A1", started_at=STARTED)
    assert answer.status_code == 403
    assert "不属于当前会话" in answer.text
    assert await left() == before


NO_RECORDINGS = {
    "empty": (b"", "文件是空的"),
    "a web page": (b"<html><script>alert(1)</script>", "不是可以接收的音视频"),
    "a document": (PDF, "不是可以接收的音视频"),
    "cut off": (a_video(60)[:300], "打不开"),
    "only the head of a video": (b"\x1a\x45\xdf\xa3webm" + b"0" * 4000, "打不开"),
}


async def test_what_is_no_recording_is_refused_by_its_content(officer, left):
    before = await left()
    for name, (content, said) in NO_RECORDINGS.items():
        answer = await officer.bring(content, name="a.mp4", action_id="A1", started_at=STARTED)
        assert answer.status_code == 400, name
        assert said in answer.text, name
    assert await left() == before


async def test_a_refused_form_keeps_what_was_typed(officer):
    answer = await officer.bring(PDF, action_id="A1", started_at=STARTED)
    assert f'value="{STARTED}"' in answer.text
    assert 'name="action_id" value="A1"' in answer.text


async def test_a_file_beyond_the_limit_is_refused(officer, left):
    before = await left()
    answer = await officer.bring(BIG * 2, action_id="A1", started_at=STARTED)
    assert answer.status_code == 413
    assert "8 MB" in answer.text
    assert await left() == before


async def test_when_it_began_must_be_said_and_may_not_be_to_come(officer, left):
    before = await left()
    for started_at, said in (
        ("", "文件里也没有可用的拍摄时间"),
        ("gestern", "不是日期时间"),
        ("2099-01-01T00:00", "在将来"),
    ):
        answer = await officer.bring(a_video(60), action_id="A1", started_at=started_at)
        assert answer.status_code == 400
        assert said in answer.text
    assert await left() == before


async def test_without_an_object_store_bringing_is_refused_and_the_pages_work(
    world, recording, desk, officer
):
    from recording.conftest import sitting

    from mingjing_recording.app import build

    app = build(await world.settings("recording"))
    async with sitting(app, an_officer("case_handler", number=HANDLER)) as here:
        answer = await here.bring(a_video(60), action_id="A1", started_at=STARTED)
        assert answer.status_code == 503
        assert "没有指定对象存储" in answer.text
        assert (await here.get("/recording/")).status_code == 200
    await app.state.database.close()
    assert await recording.all("SELECT 1 FROM blobs") == []


async def test_a_recording_is_kept_hashed_locked_and_encrypted(
    officer, recording, objectstore, left
):
    content = a_video(3600)
    given = {op: REGISTRY.get_sample_value("mj_object_bytes_total", {"op": op}) for op in _OPS}
    answer = await officer.bring(content, action_id="A1", started_at=STARTED)
    assert answer.status_code == 303
    [row] = await recording.all("SELECT * FROM blobs")
    sealed_bytes = len(content) + 16
    for op in _OPS:  # put, and read back
        moved = REGISTRY.get_sample_value("mj_object_bytes_total", {"op": op}) - given[op]
        assert (op, moved) == (op, sealed_bytes)
    assert REGISTRY.get_sample_value("mj_upload_inflight") == 0
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    assert row.tree_root == by_the_text_of_the_rfc([content]).hex()
    assert (row.size, row.media_type, row.duration_ms) == (len(content), "video/webm", 3_600_000)
    async with as_admin(objectstore) as admin:
        stored = await admin.get_object(
            Bucket=BUCKET, Key=row.object_key, VersionId=row.object_version
        )
        sealed = await stored["Body"].read()
    assert hashlib.sha256(sealed).hexdigest() == row.sealed_sha256
    assert (len(sealed), content[:40] in sealed) == (sealed_bytes, False)
    assert stored["ObjectLockMode"] == "COMPLIANCE"
    days = (stored["ObjectLockRetainUntilDate"] - machine_now()).days
    assert 180 <= days <= 185
    assert (await left())[-1] == 0


async def test_a_recording_brought_for_an_act_covers_it(officer, recording):
    await officer.bring(a_video(3600), action_id="A1", started_at=STARTED)
    rows = await recording.all("SELECT state, covered_seconds, lacking_minutes FROM records")
    assert [tuple(row) for row in rows] == [("linked", 3600, None)]
    rows = await recording.all("SELECT linked_by FROM footage_links")
    assert [row.linked_by for row in rows] == [HANDLER]
    rows = await recording.all("SELECT attributes FROM outbox ORDER BY position")
    told = [row.attributes["type"].removeprefix("cn.mingjing.") for row in rows]
    assert told[-3:] == ["footage.registered", "footage.archived", "footage.linked"]


async def test_a_recording_says_itself_when_it_was_begun(officer, recording):
    for kind in ("mp4", "webm"):
        content = a_video(3600, kind=kind, begun="2026-09-10T14:30:00Z")
        answer = await officer.bring(content, action_id="A1")
        assert answer.status_code == 303, kind
    rows = await recording.all("SELECT started_at FROM footage")
    assert {row.started_at.isoformat() for row in rows} == {"2026-09-10T14:30:00+00:00"}
    answer = await officer.bring(
        a_video(60, kind="mp4", begun="1904-01-01T00:00:00Z"), action_id="A1"
    )
    assert answer.status_code == 400


async def test_a_large_file_is_kept_in_parts_and_its_tree_is_that_of_its_segments(
    officer, recording, case_ref
):
    answer = await officer.bring(BIG, kind="document", case_ref=case_ref, document_number="甲")
    assert answer.status_code == 303
    [row] = await recording.all("SELECT * FROM blobs")
    segments = [BIG[at : at + A_MB] for at in range(0, len(BIG), A_MB)]
    assert row.tree_root == by_the_text_of_the_rfc(segments).hex()
    answer = await officer.get(f"/recording/blobs/{row.sha256}")
    assert answer.content == BIG


async def test_the_same_file_again_is_recognised_and_kept_once(officer, recording, left):
    await apply(recording, footage(case_number=NUMBER))
    content = a_video(3600)
    first = await officer.bring(content, footage_id="F1")
    before = await left()
    again = await officer.bring(content, name="other name.mp4", footage_id="F1")
    assert (first.headers["location"], again.headers["location"]) == (
        "/recording/footage/F1?done=kept",
        "/recording/footage/F1?done=again",
    )
    assert await left() == before


async def test_the_same_file_as_another_recording_is_refused(officer, recording, left):
    await apply(recording, footage(case_number=NUMBER), footage("F2", case_number=NUMBER))
    content = a_video(3600)
    await officer.bring(content, footage_id="F1")
    before = await left()
    answer = await officer.bring(content, footage_id="F2")
    assert answer.status_code == 400
    assert "已经作为另一段音视频入库" in answer.text
    assert await left() == before


async def test_an_original_cannot_be_replaced(officer, recording):
    await apply(recording, footage(case_number=NUMBER))
    await officer.bring(a_video(3600), footage_id="F1")
    answer = await officer.bring(a_video(3600, shade=10), footage_id="F1")
    assert answer.status_code == 400
    assert "原始文件不能替换" in answer.text


async def test_a_file_other_than_the_one_told_of_is_refused(officer, recording, left):
    await apply(recording, footage(case_number=NUMBER, sha256="a" * 64))
    before = await left()
    answer = await officer.bring(a_video(3600), footage_id="F1")
    assert answer.status_code == 400
    assert "aaaaaaaa" in answer.text
    assert await left() == before
    assert (await audit(recording))[-1] == (
        "recording.upload",
        "refused",
        "F1",
        "recording-not-taken",
    )


async def test_whoever_wore_the_recorder_brings_its_file_though_it_names_no_case(desk, recording):
    await apply(recording, footage(officer=COLLEAGUE))
    colleague = await desk(an_officer("case_handler", number=COLLEAGUE))
    answer = await colleague.bring(a_video(60, kind="mp4"), footage_id="F1")
    assert answer.status_code == 303
    rows = await recording.all("SELECT state, kept_at IS NOT NULL FROM footage")
    assert [tuple(row) for row in rows] == [("unlinked", True)]


async def test_a_document_is_kept_for_its_case_and_told(officer, recording, case_ref):
    await apply(recording, a_document())
    number = "淮公（田）行罚决字[2026]00123号"
    answer = await officer.bring(PDF, kind="document", case_ref=case_ref, document_number=number)
    assert answer.headers["location"] == f"/recording/casefiles/{case_ref}?done=kept"
    rows = await recording.all("SELECT state, sha256 FROM documents")
    assert [tuple(row) for row in rows] == [("held", hashlib.sha256(PDF).hexdigest())]
    rows = await recording.all("SELECT attributes, value FROM outbox ORDER BY position")
    assert rows[-1].attributes["type"] == "cn.mingjing.document.received"
    assert json.loads(rows[-1].value)["document_number"] == "淮公(田)行罚决字〔2026〕00123号"


async def test_a_document_needs_its_number_and_a_known_case(officer, case_ref, left):
    before = await left()
    for fields, said in (
        ({"document_number": ""}, "请填写文书字号"),
        ({"document_number": "甲" * 101}, "最多 100 字"),
        ({"document_number": "甲", "case_ref": "c_nothing"}, "没有这个案件"),
    ):
        given = {"kind": "document", "case_ref": case_ref, **fields}
        answer = await officer.bring(PDF, **given)
        assert answer.status_code == 400
        assert said in answer.text
    assert await left() == before


async def test_a_video_is_no_document(officer, case_ref, left):
    before = await left()
    answer = await officer.bring(
        a_video(60), kind="document", case_ref=case_ref, document_number="甲"
    )
    assert answer.status_code == 400
    assert "不是可以接收的文书" in answer.text
    assert await left() == before


async def test_two_bring_the_same_file_at_once_and_it_is_kept_once(officer, recording):
    await apply(recording, footage(case_number=NUMBER))
    content = a_video(3600)
    answers = await asyncio.gather(*(officer.bring(content, footage_id="F1") for _ in range(3)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await recording.all("SELECT 1 FROM footage_files")) == 1
