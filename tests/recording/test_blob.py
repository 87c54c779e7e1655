"""Kept files are given out in the clear, whole or in part, to the entitled; every look is noted."""

import hashlib
from datetime import timedelta

import pytest
from prometheus_client import REGISTRY
from recording.given import (
    HANDLER,
    NUMBER,
    STRANGER,
    a_case,
    a_classified_case,
    accessed,
    an_act,
    apply,
)
from recording.store_as_admin import as_admin

from mingjing_recording.rules.chunk import CHUNK_BYTES, SEALED_CHUNK_BYTES
from mingjing_recording.settings import BUCKET
from support.officers import COUNTY, ELSEWHERE, an_officer, calling
from support.video import a_video
from support.web import text_of

VIDEO = a_video(3600)
SHA = hashlib.sha256(VIDEO).hexdigest()
PAPER = b"%PDF-1.7\n" + bytes(range(256)) * 10_000
PAPER_SHA = hashlib.sha256(PAPER).hexdigest()


@pytest.fixture
async def handler(desk, recording):
    """The officer of the case, who has brought a recording of its act."""
    await apply(recording, a_case(), an_act())
    officer = await desk(an_officer("case_handler", number=HANDLER))
    answer = await officer.bring(VIDEO, action_id="A1", started_at="2026-09-10T22:30")
    assert answer.status_code == 303
    return officer


@pytest.fixture
async def reader(handler, recording):
    """The same officer, who has brought a document of several chunks too."""
    ref = recording.installation.references.case(NUMBER)
    answer = await handler.bring(PAPER, kind="document", case_ref=ref, document_number="甲")
    assert answer.status_code == 303
    return handler


async def looks(recording, outcome="seen"):
    rows = await recording.all(
        "SELECT officer, act, subject_kind, subject, reason FROM audit"
        " WHERE outcome = :outcome ORDER BY number",
        outcome=outcome,
    )
    return [tuple(row) for row in rows]


async def test_nobody_without_a_session_sees_a_file(handler):
    token = handler.client.headers.pop("Mj-Token")
    answer = await handler.get(f"/recording/blobs/{SHA}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/session/sign-in")
    answer = await handler.client.get(f"/recording/blobs/{SHA}", headers=calling())
    assert answer.status_code == 403
    handler.client.headers["Mj-Token"] = token


REFUSED = (
    "disclosure_editor",
    "disclosure_checker",
    "bureau_leader",
    "operator",
    "administrator",
    ("case_handler", COUNTY),
    ("unit_head", ELSEWHERE),
    ("legal_reviewer", ELSEWHERE),
)


async def test_who_may_not_see_it_is_refused_by_name_and_noted(desk, handler, recording):
    for role in REFUSED:
        other = await desk(an_officer(role, number=STRANGER))
        answer = await other.get(f"/recording/blobs/{SHA}")
        assert answer.status_code == 403, role
        assert "调阅音视频与文书" in answer.text
        assert VIDEO[:30] not in answer.content
    assert [look[:3] for look in await looks(recording, "refused")] == [
        (STRANGER, "recording.view", "footage") for _ in REFUSED
    ]
    assert await accessed(recording) == []


async def test_what_is_not_kept_is_not_found(handler):
    for sha256 in ("0" * 64, "x", "..%2f..%2fetc", SHA[:-1]):
        assert (await handler.get(f"/recording/blobs/{sha256}")).status_code in {400, 404}


async def test_a_file_of_a_case_that_turned_out_to_be_classified_is_not_given_out(
    reader, recording
):
    await apply(recording, a_classified_case())
    for sha256 in (SHA, PAPER_SHA):
        assert (await reader.get(f"/recording/blobs/{sha256}")).status_code == 404
    assert NUMBER not in text_of(await reader.get("/recording/footage"))


async def test_a_file_is_given_out_with_what_it_is_and_no_guessing(handler):
    answer = await handler.get(f"/recording/blobs/{SHA}")
    assert answer.content == VIDEO
    headers = answer.headers
    assert headers["content-type"] == "video/webm"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"] == f'inline; filename="{SHA[:16]}.webm"'
    assert headers["accept-ranges"] == "bytes"
    assert headers["etag"] == f'"{SHA}"'
    assert headers["content-length"] == str(len(VIDEO))
    assert headers["cache-control"] == "no-store"
    assert "script-src" not in headers["content-security-policy"]


RANGES = {
    "bytes=0-0": (0, 1),
    f"bytes={CHUNK_BYTES - 3}-{CHUNK_BYTES + 2}": (CHUNK_BYTES - 3, CHUNK_BYTES + 3),
    f"bytes={CHUNK_BYTES}-{2 * CHUNK_BYTES - 1}": (CHUNK_BYTES, 2 * CHUNK_BYTES),
    f"bytes={2 * CHUNK_BYTES + 7}-": (2 * CHUNK_BYTES + 7, len(PAPER)),
    "bytes=-5": (len(PAPER) - 5, len(PAPER)),
    "bytes=1-99999999": (1, len(PAPER)),
}


async def test_a_range_is_exactly_these_bytes(reader):
    for asked, (start, end) in RANGES.items():
        answer = await reader.client.get(f"/recording/blobs/{PAPER_SHA}", headers={"Range": asked})
        assert answer.status_code == 206
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/{len(PAPER)}"
        assert answer.headers["content-length"] == str(end - start)
        assert answer.content == PAPER[start:end]


async def test_a_range_behind_the_end_is_answered_with_the_length(reader):
    answer = await reader.client.get(
        f"/recording/blobs/{PAPER_SHA}", headers={"Range": f"bytes={len(PAPER)}-"}
    )
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(PAPER)}"


async def test_a_range_meant_for_other_content_gives_the_whole(reader):
    answer = await reader.client.get(
        f"/recording/blobs/{PAPER_SHA}", headers={"Range": "bytes=0-9", "If-Range": '"other"'}
    )
    assert (answer.status_code, answer.content) == (200, PAPER)


async def test_a_head_says_the_same_without_the_bytes(reader):
    answer = await reader.client.head(f"/recording/blobs/{PAPER_SHA}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(PAPER))
    assert answer.headers["content-type"] == "application/pdf"


async def test_one_look_is_one_line_however_many_parts_a_player_asks_for(handler, recording):
    for part in ("bytes=0-99", "bytes=100-199", "bytes=-50", "bytes=0-"):
        answer = await handler.client.get(f"/recording/blobs/{SHA}", headers={"Range": part})
        assert answer.status_code == 206
    rows = await recording.all("SELECT footage_id FROM footage")
    assert await looks(recording) == [
        (HANDLER, "recording.view", "footage", rows[0].footage_id, "case_handling")
    ]
    assert len(await accessed(recording)) == 1


async def test_a_look_after_a_pause_is_another_line(handler, recording):
    await handler.get(f"/recording/blobs/{SHA}")
    async with recording.transaction() as tx:
        await tx.execute(
            "UPDATE viewings SET last_at = last_at - CAST(:ago AS interval)",
            ago=timedelta(minutes=16),
        )
    await handler.get(f"/recording/blobs/{SHA}")
    assert len(await looks(recording)) == 2


async def test_a_look_that_never_pauses_is_another_line_after_an_hour(handler, recording):
    await handler.get(f"/recording/blobs/{SHA}")
    async with recording.transaction() as tx:
        await tx.execute(
            "UPDATE viewings SET began_at = began_at - CAST(:ago AS interval)",
            ago=timedelta(minutes=61),
        )
    await handler.get(f"/recording/blobs/{SHA}")
    await handler.get(f"/recording/blobs/{SHA}")
    assert len(await looks(recording)) == 2
    assert len(await accessed(recording)) == 2


async def test_opening_the_page_of_a_recording_is_no_look(handler, recording):
    rows = await recording.all("SELECT footage_id FROM footage")
    answer = await handler.get(f"/recording/footage/{rows[0].footage_id}")
    assert f'src="/recording/blobs/{SHA}"' in answer.text
    assert 'preload="none"' in answer.text
    assert f"{HANDLER} 查看" in answer.text
    assert await looks(recording) == []


async def replace_object(recording, objectstore, change):
    """Somebody with all rights in the store puts other bytes where the file is expected."""
    [row] = await recording.all("SELECT * FROM blobs WHERE sha256 = :sha256", sha256=PAPER_SHA)
    async with as_admin(objectstore) as admin:
        stored = await admin.get_object(
            Bucket=BUCKET, Key=row.object_key, VersionId=row.object_version
        )
        sealed = bytearray(await stored["Body"].read())
        change(sealed)
        answer = await admin.put_object(Bucket=BUCKET, Key=row.object_key, Body=bytes(sealed))
    return row, answer["VersionId"]


async def test_a_version_put_over_a_file_changes_nothing(reader, recording, objectstore):
    await replace_object(recording, objectstore, lambda sealed: sealed.clear())
    assert (await reader.get(f"/recording/blobs/{PAPER_SHA}")).content == PAPER


async def expect_replaced(recording, objectstore, change):
    """The same, and in the database the other bytes are taken for the file."""
    _, version = await replace_object(recording, objectstore, change)
    async with recording.transaction() as tx:
        await tx.execute(
            "UPDATE blobs SET object_version = :version WHERE sha256 = :sha256",
            version=version,
            sha256=PAPER_SHA,
        )


def flip(place):
    def change(sealed):
        sealed[place] ^= 1

    return change


def swap(sealed):
    first = sealed[:SEALED_CHUNK_BYTES]
    sealed[:SEALED_CHUNK_BYTES] = sealed[SEALED_CHUNK_BYTES : 2 * SEALED_CHUNK_BYTES]
    sealed[SEALED_CHUNK_BYTES : 2 * SEALED_CHUNK_BYTES] = first


def counted(metric, **labels):
    return REGISTRY.get_sample_value(metric, labels)


async def test_tampered_bytes_are_refused_and_none_of_them_given(reader, recording, objectstore):
    noticed = counted("mj_object_hash_mismatch_total", when="read")
    for change in (flip(0), flip(5000), swap):
        await expect_replaced(recording, objectstore, change)
        answer = await reader.get(f"/recording/blobs/{PAPER_SHA}")
        assert answer.status_code == 500
        assert "未通过完整性校验" in answer.text
        assert PAPER[100:200] not in answer.content
    assert counted("mj_object_hash_mismatch_total", when="read") == noticed + 3


async def test_a_file_cut_short_in_the_store_is_refused(reader, recording, objectstore):
    missed = counted("mj_object_op_seconds_count", op="get", outcome="missing")
    await expect_replaced(
        recording, objectstore, lambda sealed: sealed.__delitem__(slice(-40, None))
    )
    answer = await reader.client.get(
        f"/recording/blobs/{PAPER_SHA}", headers={"Range": "bytes=-10"}
    )
    assert answer.status_code == 500
    assert PAPER[-10:] not in answer.content
    assert counted("mj_object_op_seconds_count", op="get", outcome="missing") == missed + 1


async def test_a_file_whose_key_was_taken_from_another_row_does_not_open(reader, recording):
    async with recording.transaction() as tx:
        await tx.execute(
            "UPDATE blobs SET data_key = (SELECT data_key FROM blobs WHERE sha256 = :other)"
            " WHERE sha256 = :sha256",
            other=SHA,
            sha256=PAPER_SHA,
        )
    answer = await reader.get(f"/recording/blobs/{PAPER_SHA}")
    assert answer.status_code == 500
    assert PAPER[:50] not in answer.content
