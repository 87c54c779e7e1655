"""What citizens wrote: pulled, opened inside, shown to editor and checker, settled by one."""

import pytest
from disclosure.people import HANDLER, HEAD
from disclosure.story import PUBLIC, WITNESS, the_story

from support.publishing import CHECKER, EDITOR, LEADER, Paths

SAID = f"第五段写了{WITNESS}的名字"


@pytest.fixture
async def number(face):
    """A privacy report that a citizen sent."""
    answer = await face.citizen.post(
        "/feedback", data={"kind": "privacy", "item": "I1", "text": SAID, "contact": "1380055"}
    )
    assert "回执号" in answer.text
    [file] = face.paths.spool.iterdir()
    return file.stem


@pytest.mark.parametrize("officer", [HANDLER, HEAD, LEADER])
async def test_who_has_no_business_with_it_does_not_see_it(face, number, officer):
    await face.pull()
    assert (await face.get(officer, "/disclosure/feedback")).status_code == 403
    answer = await face.post(
        officer, f"/disclosure/feedback/{number}", outcome="unfounded", answer="x"
    )
    assert answer.status_code == 403


async def test_what_does_not_open_is_put_aside_and_never_deleted(face, number):
    [file] = face.paths.spool.iterdir()
    file.write_bytes(b"x" * 100)
    other = face.paths.spool / "other.sealed"
    other.write_bytes(b"")
    await face.pull()
    assert sorted(f.suffix for f in face.paths.spool.iterdir()) == [".unreadable", ".unreadable"]
    assert await face.database.all("SELECT 1 FROM feedback") == []


async def test_what_was_sealed_to_another_key_is_put_aside(face, number, tmp_path):
    face.paths.sealing = Paths(tmp_path).sealing
    await face.pull()
    assert await face.database.all("SELECT 1 FROM feedback") == []


async def test_a_report_comes_inside_once_lies_sealed_and_is_shown_with_its_day(face, number):
    [file] = face.paths.spool.iterdir()
    raw = file.read_bytes()
    assert await face.pull() == 1
    assert list(face.paths.spool.iterdir()) == []
    file.write_bytes(raw)  # killed between storing and deleting
    await face.pull()
    [row] = await face.database.all("SELECT * FROM feedback")
    assert (row.kind, row.state, row.due_on is not None) == ("privacy", "open", True)
    assert SAID.encode() not in bytes(row.body)
    for officer in (EDITOR, CHECKER):
        text = (await face.get(officer, "/disclosure/feedback")).text
        for said in (SAID, "隐私举报", number, "1380055"):
            assert said in text
        looks = await face.database.all(
            "SELECT act FROM audit WHERE officer = :n AND outcome = 'seen'", n=officer.number
        )
        assert [look.act for look in looks] == ["disclosure.feedback"]
    assert "隐私举报" in (await face.get(EDITOR, "/disclosure/fragments/todo")).text


async def test_it_is_settled_once_with_what_was_done(face, number):
    await face.pull()
    address = f"/disclosure/feedback/{number}"
    answer = await face.post(EDITOR, address, outcome="", answer="已核对")
    assert (answer.status_code, "请选择办理结果" in answer.text) == (400, True)
    assert "已核对" in answer.text
    done = await face.post(EDITOR, address, outcome="withdrawn", answer="已撤回并重新脱敏")
    assert done.status_code == 303
    text = (await face.get(EDITOR, "/disclosure/feedback?state=answered")).text
    assert "已撤回并重新脱敏" in text
    again = await face.post(EDITOR, address, outcome="unfounded", answer="x")
    assert (again.status_code, "已经办结" in again.text) == (409, True)
    assert (await face.post(EDITOR, "/disclosure/feedback/none", outcome="unfounded",
                            answer="x")).status_code == 404  # fmt: skip


async def test_a_report_about_an_item_leads_to_it(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    page = (await face.citizen.get(f"/items/{item_id}")).text
    assert f"/feedback?item={item_id}&amp;kind=correction" in page
    await face.citizen.post(
        "/feedback", data={"kind": "correction", "item": item_id, "text": "日期不对"}
    )
    await face.pull()
    assert f"/disclosure/items/{item_id}" in (await face.get(EDITOR, "/disclosure/feedback")).text
