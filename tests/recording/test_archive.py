"""A case file is archived: complete or explained, in one package that proves itself, once."""

import hashlib
import io
import json
import zipfile

import pytest
from recording.given import (
    HANDLER,
    NUMBER,
    STRANGER,
    a_case,
    a_decision,
    a_document,
    an_act,
    an_end,
    apply,
    footage,
)

from mingjing_deploy.package_check import package_of
from support.officers import CITY, COUNTY, ELSEWHERE, an_officer
from support.video import a_video

PDF = b"%PDF-1.7\n" + b"page " * 50
VIDEO = a_video(3600)
PAPER = "淮公(田)行罚决字〔2026〕00123号"


@pytest.fixture
def ref(recording):
    return recording.installation.references.case(NUMBER)


@pytest.fixture
async def handler(desk, recording):
    await apply(recording, a_case(), an_act(), a_document(), a_decision(document_number=PAPER))
    return await desk(an_officer("case_handler", number=HANDLER))


async def bring_everything(officer, ref):
    answer = await officer.bring(VIDEO, action_id="A1", started_at="2026-09-10T22:30")
    assert answer.status_code == 303
    answer = await officer.bring(PDF, kind="document", case_ref=ref, document_number=PAPER)
    assert answer.status_code == 303


async def archived(database):
    rows = await database.all("SELECT * FROM casefile_packages ORDER BY archived_at")
    return list(rows)


async def said(database, kind="casefile"):
    rows = await database.all(
        "SELECT attributes, value FROM outbox WHERE attributes->>'type' LIKE :type"
        " ORDER BY position",
        type=f"cn.mingjing.{kind}.%",
    )
    return [(row.attributes["type"].rsplit(".", 1)[1], json.loads(row.value)) for row in rows]


REFUSED = (
    "legal_reviewer",
    "disclosure_editor",
    "disclosure_checker",
    "inspector",
    "bureau_leader",
    "operator",
    "administrator",
    ("unit_head", ELSEWHERE),
    ("case_handler", COUNTY),
)


async def test_who_may_not_archive_is_refused(desk, handler, recording, ref):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    for role in REFUSED:
        other = await desk(an_officer(role, number=STRANGER))
        answer = await other.post(f"/recording/casefiles/{ref}/packages")
        assert answer.status_code == 403, role
    assert await archived(recording) == []
    rows = await recording.all("SELECT 1 FROM audit WHERE act = 'recording.archive'")
    assert len(rows) == len(REFUSED)


async def test_a_case_that_has_not_ended_is_not_archived(handler, recording, ref):
    await bring_everything(handler, ref)
    answer = await handler.post(f"/recording/casefiles/{ref}/packages")
    assert answer.status_code == 409
    assert "尚未终结" in answer.text
    assert await archived(recording) == []


async def test_a_gap_that_nobody_explained_stands_in_the_way(handler, recording, ref, fire):
    await apply(recording, an_end())
    await fire("2026-09-20T00:00:00")
    await handler.bring(PDF, kind="document", case_ref=ref, document_number=PAPER)
    answer = await handler.post(f"/recording/casefiles/{ref}/packages", lacking="没有")
    assert answer.status_code == 409
    assert "缺录而未说明：A1" in answer.text
    assert await archived(recording) == []


async def test_what_lacks_is_listed_first_and_must_be_explained(handler, recording, ref):
    await apply(recording, an_end(), footage(case_number=NUMBER))
    await handler.bring(VIDEO, action_id="A1", started_at="2026-09-10T22:30")
    page = (await handler.get(f"/recording/casefiles/{ref}")).text
    assert page.index("缺件 3 项") < page.index("<h2>文书")
    for lack in ("没有电子件的文书：<a", "没有电子件的决定：D-2026-0917", "没有入库文件的音视频"):
        assert lack in page
    answer = await handler.post(f"/recording/casefiles/{ref}/packages")
    assert answer.status_code == 409
    assert "缺 3 件材料" in answer.text
    assert await archived(recording) == []
    answer = await handler.post(f"/recording/casefiles/{ref}/packages", lacking="原件在法院。")
    assert answer.status_code == 303
    [package] = await archived(recording)
    assert "法院".encode() not in package.lacking
    assert "原件在法院。" in (await handler.get(f"/recording/casefiles/{ref}")).text


async def test_why_something_lacks_is_for_who_may_look_and_noted(desk, handler, recording, ref):
    await apply(recording, an_end())
    await handler.bring(VIDEO, action_id="A1", started_at="2026-09-10T22:30")
    await handler.post(f"/recording/casefiles/{ref}/packages", lacking="原件在法院。")
    leader = await desk(an_officer(("bureau_leader", CITY), number=STRANGER))
    text = (await leader.get(f"/recording/casefiles/{ref}")).text
    assert "原件在法院。" not in text
    assert "缺件说明" in text
    manager = await desk(an_officer(("case_manager", CITY), number="034998"))
    assert "原件在法院。" not in (await manager.get(f"/recording/casefiles/{ref}")).text
    await manager.says_why(f"/recording/casefiles/{ref}/purpose", "case_management", "年度案卷评查")
    assert "原件在法院。" in (await manager.get(f"/recording/casefiles/{ref}")).text
    rows = await recording.all(
        "SELECT officer, act, subject_kind, reason FROM audit WHERE outcome = 'seen'"
    )
    assert [tuple(row) for row in rows] == [
        ("034998", "recording.view", "casefile", "case_management 年度案卷评查")
    ]


async def test_an_archived_case_file_is_a_package_that_proves_itself(
    handler, recording, ref, tmp_path
):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    answer = await handler.post(f"/recording/casefiles/{ref}/packages")
    assert answer.headers["location"] == f"/recording/casefiles/{ref}?done=archived"
    [package] = await archived(recording)
    answer = await handler.get(f"/recording/blobs/{package.sha256}")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert hashlib.sha256(answer.content).hexdigest() == package.sha256
    (tmp_path / "package.zip").write_bytes(answer.content)
    held = package_of(tmp_path / "package.zip")
    assert (held.sha256, held.case_number, held.files) == (package.sha256, NUMBER, 2)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        assert held.testzip() is None
        manifest = json.loads(held.read("manifest.json"))
        sums = dict(
            reversed(line.split("  ", 1))
            for line in held.read("sha256sums.txt").decode().split("\n")[:-1]
        )
        files = {name: held.read(name) for name in held.namelist() if name.startswith("data/")}
    assert sorted(files.values()) == sorted([PDF, VIDEO])
    assert {name: hashlib.sha256(body).hexdigest() for name, body in files.items()} == sums
    assert manifest["case_number"] == NUMBER
    assert manifest["lacks"] == []
    assert {item["sha256"] for item in manifest["items"]} == set(sums.values())
    assert (await said(recording))[-1] == (
        "archived",
        {"case_number": NUMBER, "package_sha256": package.sha256, "items": 2},
    )


async def test_archiving_is_shown_everywhere_and_ends_the_term(handler, recording, ref, fire):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    await handler.post(f"/recording/casefiles/{ref}/packages")
    await fire("2026-12-01T00:00:00")
    for table in ("casefiles", "records", "footage"):
        rows = await recording.all(f"SELECT state FROM {table}")
        assert {row.state for row in rows} == {"archived"}, table
    assert "overdue" not in [name for name, _ in await said(recording)]


async def test_a_case_file_not_archived_in_time_is_told_once(handler, recording, fire):
    await apply(recording, an_end())
    await fire("2026-10-19T00:00:01")
    await fire("2026-10-20T00:00:01")
    assert [told for name, told in await said(recording) if name == "overdue"] == [
        {"case_number": NUMBER, "breach_on": "2026-10-18"}
    ]


async def test_an_overdue_case_file_may_still_be_archived(handler, recording, ref, fire):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    await fire("2026-10-19T00:00:01")
    answer = await handler.post(f"/recording/casefiles/{ref}/packages")
    assert answer.status_code == 303
    assert (await recording.all("SELECT state FROM casefiles"))[0].state == "archived"


async def test_it_is_archived_again_only_when_something_came(handler, recording, ref):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    await handler.post(f"/recording/casefiles/{ref}/packages")
    answer = await handler.post(f"/recording/casefiles/{ref}/packages")
    assert answer.status_code == 409
    assert "没有新的材料" in answer.text
    await handler.bring(PDF + b"2", kind="document", case_ref=ref, document_number="补充")
    assert "材料有变化" in (await handler.get(f"/recording/casefiles/{ref}")).text
    answer = await handler.post(f"/recording/casefiles/{ref}/packages")
    assert answer.status_code == 303
    assert [package.items for package in await archived(recording)] == [2, 3]


async def test_links_of_an_archived_case_stay_as_they_are(handler, recording, ref):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    await handler.post(f"/recording/casefiles/{ref}/packages")
    [shot] = await recording.all("SELECT footage_id FROM footage")
    answer = await handler.post(
        f"/recording/footage/{shot.footage_id}/links", what="unlink", action_id="A1"
    )
    assert answer.status_code == 409
    assert "案卷已归档" in answer.text
    assert len(await recording.all("SELECT 1 FROM footage_links")) == 1


async def test_no_file_links_a_known_recording_to_an_act_of_an_archived_case(
    handler, recording, ref
):
    await apply(recording, an_end())
    await bring_everything(handler, ref)
    await handler.post(f"/recording/casefiles/{ref}/packages")
    await apply(recording, footage())
    answer = await handler.bring(a_video(3600, shade=10), footage_id="F1", action_id="A1")
    assert answer.status_code == 409
    assert "案卷已归档" in answer.text
    assert await recording.all("SELECT 1 FROM footage_files WHERE footage_id = 'F1'") == []
    assert await recording.all("SELECT 1 FROM link_decisions WHERE footage_id = 'F1'") == []
