"""The finished files of an item pass the leak check before they leave, or they do not leave."""

from datetime import UTC, datetime

import httpx
import pytest
from disclosure.given import a_service, correcting
from disclosure.story import PARTIES, PUBLIC, SUSPECT, a_cyber_case, a_penalty, the_story

from mingjing_disclosure.acts import leak_check
from mingjing_disclosure.acts.publishing import Publisher
from mingjing_disclosure.acts.rejudging import judge_waiting
from mingjing_shared.publicity.bundle import file_name
from support.publishing import EDITOR, LEADER

IN_PINYIN = PUBLIC.replace("直接责任人张某", "直接责任人张某（Zhāng Jiànwěi）")


async def steps(face):
    rows = await face.database.all("SELECT act FROM steps ORDER BY number")
    return [row.act for row in rows]


@pytest.fixture
async def in_time(legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))


async def test_a_leak_that_three_persons_overlooked_does_not_leave(face, told, in_time):
    await told(*the_story())
    item_id = await face.approved(IN_PINYIN)
    assert await face.publisher.round() == 0
    assert not (face.paths.bundles / file_name(1)).exists()
    assert await face.database.all("SELECT 1 FROM deliveries") == []
    assert await face.state() == "to_mask"
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 404
    assert [kind for kind, _ in await face.told()] == ["due"]


async def test_the_gate_says_where_it_leaks_by_which_rule_and_keeps_the_reason(face, told, in_time):
    await told(*the_story())
    item_id = await face.approved(IN_PINYIN)
    await face.publisher.round()
    page = (await face.get(EDITOR, f"/disclosure/items/{item_id}")).text
    assert "发布前泄密检查发现 1 处，未发布" in page
    assert "公示内容：/text，第 4 行" in page
    assert "姓名的拼音“Zhāng Jiànwěi”" in page
    assert "已收回，未对外发布" in page
    assert "Zhāng Jiànwěi" in page.split("公开文本", 1)[1]  # the text is still there to be mended
    [row] = await face.database.all("SELECT note, counts FROM steps WHERE act = 'leak_found'")
    assert row.counts["hits"] == 1
    assert SUSPECT.encode() not in bytes(row.note)


async def test_after_the_editor_mends_the_text_it_goes_the_whole_way(face, told, in_time):
    await told(*the_story())
    item_id = await face.approved(IN_PINYIN)
    await face.publisher.round()
    assert await face.published(PUBLIC) == item_id
    assert await face.state() == "published"
    assert [act for act in await steps(face) if act.startswith("leak")] == [
        "leak_found", "leak_free",
    ]  # fmt: skip
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "发布前泄密检查 0 处" in page
    assert "发布前泄密检查发现 1 处" not in page


async def test_what_could_not_be_checked_does_not_leave_says_so_and_is_tried_again(
    face, told, in_time, monkeypatch
):
    def broken(*_given):
        raise MemoryError

    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    with monkeypatch.context() as patch:
        patch.setattr(leak_check, "leaks_in_content", broken)
        assert await face.publisher.round() == 0
    assert not (face.paths.bundles / file_name(1)).exists()
    assert await steps(face) == [act for act in await steps(face) if act != "leak_free"]
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "发布前泄密检查没有完成，暂不发布" in page
    await judge_waiting(face.database)
    assert (await steps(face))[-1] == "leak_free"
    await face.publisher.round()
    assert (face.paths.bundles / file_name(1)).exists()


async def test_a_clean_item_is_checked_once_however_often_the_worker_comes(face, told, in_time):
    await told(*the_story())
    await face.approved(PUBLIC)
    await judge_waiting(face.database)
    await judge_waiting(face.database)
    await face.deliver()
    assert await face.state() == "published"
    assert (await steps(face)).count("leak_free") == 1


async def test_who_comes_into_the_case_after_the_check_is_looked_for_before_it_leaves(
    face, told, in_time
):
    case = a_cyber_case(parties=PARTIES[:1])
    await told(case, *the_story()[1:])
    body = PUBLIC.replace("赵某证言", "赵某（Sun Lina）证言")
    await face.approved(body)
    await judge_waiting(face.database)
    more = [*PARTIES, {"kind": "person", "name": "孙丽娜", "role": "witness"}]
    await told(a_cyber_case(parties=more, about=correcting(case)))
    await face.publisher.round()
    assert not (face.paths.bundles / file_name(1)).exists()
    assert await face.state() == "to_mask"
    assert (await steps(face))[-1] in ("cancel", "leak_found")


async def test_a_public_page_that_says_more_than_the_text_is_not_taken_for_published(
    face, told, in_time
):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    await face.publisher.round()
    await face.outside.state.importer.take_all()
    async with face.outside.state.database.transaction() as tx:
        await tx.execute("UPDATE public_items SET title = 'ZHANG Jianwei'")
    face.look_anew()
    assert await face.publisher.round() == 0
    assert await face.state() == "publishing"
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "公众页面上发现" in page
    assert "姓名的拼音" in page
    [row] = await face.database.all("SELECT trouble FROM deliveries")
    assert "Jianwei" not in row.trouble


async def test_one_item_that_leaks_does_not_keep_another_from_leaving(face, told, in_time):
    await told(*the_story(), a_penalty(decision_id="D2"), a_service(decision_id="D2"))
    await face.approved(IN_PINYIN)
    await face.approved(PUBLIC, "D2")
    await face.deliver()
    assert (await face.state("D1"), await face.state("D2")) == ("to_mask", "published")


async def test_without_a_portal_the_check_is_done_and_nothing_is_lost(face, told, in_time):
    await told(*the_story())
    await face.approved(PUBLIC)

    def refuse(_request):
        raise httpx.ConnectError("away")

    away = httpx.AsyncClient(transport=httpx.MockTransport(refuse), base_url="http://portal")
    publisher = Publisher(face.database, face.publisher_settings, away)
    with pytest.raises(Exception, match="ConnectError"):
        await publisher.round()
    await publisher.close()
    assert (await steps(face)).count("leak_free") == 1
    assert await face.deliver() == 1
