"""The whole way: decision, text, three persons, bundle, portal, the page read as a citizen does."""

import asyncio
import contextlib
import json
import sys
from datetime import UTC, date, datetime

import httpx
import pytest
from disclosure.given import a_case, a_classified_case, correcting
from disclosure.story import (
    COMPANY,
    DOCUMENT_NUMBER,
    PERSONAL,
    PUBLIC,
    SUSPECT,
    WITNESS,
    a_cyber_case,
    a_penalty,
    an_undoing_of,
    the_story,
)

from mingjing_deploy.local.ports import free_port
from mingjing_disclosure.acts.publishing import PortalAway, Publisher, keep_publishing
from mingjing_disclosure.handlers import ALARMS
from mingjing_shared.messaging.clocks import fire_due
from mingjing_shared.publicity.bundle import file_name
from support.publishing import EDITOR, LEADER, public_face
from support.running import until

IN_TIME = datetime(2026, 9, 22, 2, 0, tzinfo=UTC)
LATE = datetime(2026, 9, 30, 2, 0, tzinfo=UTC)


@pytest.fixture
async def in_time(legal_clock):
    legal_clock(IN_TIME)


async def test_nothing_is_public_and_nothing_is_said_before_the_page_was_seen(face, told, in_time):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    assert await face.state() == "publishing"
    assert await face.publisher.round() == 0  # the bundle lies there; the portal sleeps
    assert (face.paths.bundles / file_name(1)).exists()
    assert await face.state() == "publishing"
    assert [kind for kind, _ in await face.told()] == ["due"]
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "公众还打不开该页面" in page
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 404


async def test_a_page_that_shows_another_text_is_not_taken_for_published(face, told, in_time):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    await face.publisher.round()
    await face.outside.state.importer.take_all()
    async with face.outside.state.database.transaction() as tx:
        await tx.execute("UPDATE public_items SET text = replace(text, '三万元', '三千元')")
    face.look_anew()
    assert await face.publisher.round() == 0
    assert await face.state() == "publishing"
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "与批准的文本不一致" in page


async def test_a_decision_comes_to_the_public_page_and_only_then_it_is_told(face, told, in_time):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    assert await face.state() == "published"
    kind, data = (await face.told())[-1]
    assert kind == "published"
    assert data["on_time"] is True
    assert data["address"] == f"/items/{item_id}"
    assert data["decision_id"] == "D1"
    assert data["public_sha256"] == await face.newest_sha()
    assert data["masking_version"]
    page = await face.citizen.get(f"/items/{item_id}")
    assert page.status_code == 200
    for said in (DOCUMENT_NUMBER, COMPANY, "罚款 30000 元", "60 日内申请行政复议", "按期",
                 "6 个月内提起行政诉讼", "依法隐去"):  # fmt: skip
        assert said in page.text
    assert '<span class="masked" title="依法隐去">张某</span>' in page.text
    assert await face.database.all("SELECT 1 FROM clocks WHERE fired_at IS NULL") == []


async def test_no_personal_data_of_the_story_is_in_any_public_byte(face, told, in_time):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    raw = b"".join(bytes(row.body) for row in await face.database.all("SELECT body FROM bundles"))
    addresses = ("/", "/list", "/list?kind=penalty", "/withdrawn", f"/items/{item_id}")
    found = await face.citizen.post("/search", data={"q": "罚款"})
    more = (found.headers["location"], "/elder/", f"/elder/items/{item_id}", "/metrics")
    pages = [await face.citizen.get(address) for address in addresses + more]
    assert {page.status_code for page in pages[: len(addresses)]} == {200}
    rows = await face.outside.state.database.all("SELECT t::text AS row FROM public_items t")
    assert raw
    assert rows
    seen = [
        raw.decode(),
        *(page.text for page in pages),
        *(row.row for row in rows),
        json.dumps(await face.told(), ensure_ascii=False),
    ]
    for text in seen:
        assert not [word for word in PERSONAL if word in text]


async def test_a_cause_that_names_somebody_is_left_out_of_the_public_title(face, told, in_time):
    cause = {"code": "x", "name": f"{SUSPECT}未履行义务"}
    await told(a_cyber_case(cause=cause), *the_story()[1:])
    item_id = await face.published(PUBLIC)
    page = (await face.citizen.get(f"/items/{item_id}")).text
    assert "<h1>行政处罚决定书</h1>" in page
    assert SUSPECT not in page


async def test_what_is_published_after_its_day_says_that_it_was_late(face, told, legal_clock):
    await told(*the_story())
    legal_clock(LATE)
    item_id = await face.published(PUBLIC)
    assert (await face.told())[-1][1]["on_time"] is False
    assert "逾期" in (await face.citizen.get(f"/items/{item_id}")).text


async def test_a_crash_between_any_two_steps_repeats_safely(face, told, in_time):
    await told(*the_story())
    await face.approved(PUBLIC)
    again = [Publisher(face.database, face.publisher_settings, face.citizen) for _ in range(4)]
    await again[0].build()  # killed before the file was written
    assert not (face.paths.bundles / file_name(1)).exists()
    await again[1].hand_over()  # killed after it was written
    whole = (face.paths.bundles / file_name(1)).read_bytes()
    (face.paths.bundles / file_name(1)).write_bytes(whole[:40])  # half a file: another's crash
    await again[2].round()
    assert (face.paths.bundles / file_name(1)).read_bytes() == whole
    await face.outside.state.importer.take_all()
    await asyncio.gather(*(one.round() for one in again))  # two workers see the page at once
    assert [kind for kind, _ in await face.told()].count("published") == 1
    assert await face.state() == "published"
    [count] = await face.database.all("SELECT count(*) AS n FROM bundles")
    assert count.n == 1


async def test_while_the_portal_is_away_nothing_is_lost(face, told, in_time):
    await told(*the_story())
    await face.approved(PUBLIC)

    def refuse(_request):
        raise httpx.ConnectError("away")

    away = httpx.AsyncClient(transport=httpx.MockTransport(refuse), base_url="http://portal")
    publisher = Publisher(face.database, face.publisher_settings, away)
    with pytest.raises(PortalAway):
        await publisher.round()
    await publisher.close()
    assert await face.state() == "publishing"
    assert await face.deliver() == 1
    assert await face.state() == "published"


async def test_a_correction_goes_the_whole_way_and_both_versions_are_kept(face, told, in_time):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    answer = await face.act(EDITOR, item_id, "correct", correct_why=f"{SUSPECT}的称谓")
    assert (answer.status_code, "泄露" in answer.text) == (409, True)
    done = await face.act(EDITOR, item_id, "correct", correct_why="更正第四段中的日期")
    assert done.status_code == 303
    assert await face.state() == "to_mask"
    assert "2026年9月1日" in (await face.citizen.get(f"/items/{item_id}")).text
    better = PUBLIC.replace("2026年9月1日", "2026年9月2日")
    await face.published(better)
    assert await face.state() == "corrected"
    page = (await face.citizen.get(f"/items/{item_id}")).text
    for said in ("2026年9月2日", "第 2 版", "更正第四段中的日期"):
        assert said in page
    assert "2026年9月1日" not in page
    assert [kind for kind, _ in await face.told()] == ["due", "published", "corrected"]
    rows = await face.database.all("SELECT version, seen_public_at FROM public_texts ORDER BY 1")
    assert [(row.version, row.seen_public_at is not None) for row in rows] == [(1, True), (2, True)]


async def test_a_correction_that_is_dropped_leaves_the_public_page_as_it_is(face, told, in_time):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await face.act(EDITOR, item_id, "correct", correct_why="更正日期")
    assert (await face.act(EDITOR, item_id, "drop")).status_code == 303
    assert await face.state() == "published"


@pytest.mark.parametrize("kind", ["revoked", "changed", "found_illegal"])
async def test_what_is_undone_must_be_withdrawn_within_three_working_days(
    face, told, legal_clock, kind
):
    legal_clock(IN_TIME)
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await told(an_undoing_of(kind, on="2026-09-24"))
    item = await face.item()
    assert (item.state, item.must_withdraw) == ("published", True)
    assert item.withdraw_by == date(2026, 9, 30)  # over the Mid-Autumn days
    [clock] = await face.database.all("SELECT subject FROM clocks WHERE kind = 'withdrawal'")
    assert clock.subject == "D1@2026-09-30"
    assert "应撤回" in (await face.get(LEADER, "/disclosure/?state=must_withdraw")).text
    legal_clock(datetime(2026, 9, 28, 2, tzinfo=UTC))
    done = await face.act(
        LEADER, item_id, "withdraw", withdraw_code=f"decision_{kind}", withdraw_note="复议决定"
    )
    assert done.status_code == 303
    assert await face.state() == "withdrawing"
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 200
    await face.deliver()
    assert await face.state() == "withdrawn"
    kind_told, data = (await face.told())[-1]
    assert (kind_told, data["reason"], data["within_days"]) == ("withdrawn", f"decision_{kind}", 1)
    stone = await face.citizen.get(f"/items/{item_id}")
    assert stone.status_code == 410
    for said in ("该内容已撤回", "2026-09-28", "行政处罚法（2021年修订）§48", DOCUMENT_NUMBER):
        assert said in stone.text
    assert "留存网络日志" not in stone.text
    assert await face.database.all("SELECT 1 FROM clocks WHERE fired_at IS NULL") == []


async def test_the_day_after_the_third_the_withdrawal_is_late(face, told, legal_clock):
    legal_clock(IN_TIME)
    await told(*the_story())
    await face.published(PUBLIC)
    await told(an_undoing_of("revoked", on="2026-09-24"))
    for instant, late in ((datetime(2026, 9, 30, 15, 59, tzinfo=UTC), False),
                          (datetime(2026, 9, 30, 16, 1, tzinfo=UTC), True)):  # fmt: skip
        legal_clock(instant)
        async with face.database.transaction() as tx:
            await fire_due(tx, ALARMS)
        assert ((await face.item()).withdraw_overdue_at is not None) is late


async def test_what_turns_out_to_be_a_minor_s_leaves_a_tombstone_that_says_nothing(
    face, told, in_time
):
    case = a_cyber_case()
    await told(case, *the_story()[1:])
    item_id = await face.published(PUBLIC)
    minor = {"kind": "person", "name": "丁某人", "birth_date": "2012-01-01", "role": "suspect"}
    await told(a_case(about=correcting(case), kind="cyber", parties=[minor]))
    item = await face.item()
    assert (item.state, item.must_withdraw, item.reason_code) == ("published", True, "minor")
    assert "立即撤回" in item.withdraw_says
    answer = await face.act(
        LEADER, item_id, "withdraw", withdraw_code="wrongly_published", withdraw_note="x",
        withdraw_says="当事人是未成年人",
    )  # fmt: skip
    assert (answer.status_code, "不得透露" in answer.text) == (409, True)
    done = await face.act(
        LEADER, item_id, "withdraw", withdraw_code="minor", withdraw_note="受案信息更正",
        withdraw_says="当事人是未成年人",
    )  # fmt: skip
    assert done.status_code == 303
    await face.deliver()
    stone = (await face.citizen.get(f"/items/{item_id}")).text
    assert "该内容依法不再公开" in stone
    for hidden in ("未成年", "minor", DOCUMENT_NUMBER, COMPANY, "网络", "处罚", "龙泉", "张某"):
        assert hidden not in stone, hidden
    listed = (await face.citizen.get("/withdrawn")).text
    for hidden in ("未成年", DOCUMENT_NUMBER, "行政处罚"):
        assert hidden not in listed.split("<main")[1], hidden


async def test_the_sentence_of_a_withdrawal_must_not_leak_either(face, told, in_time):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    answer = await face.act(
        LEADER, item_id, "withdraw", withdraw_code="wrongly_published", withdraw_note="x",
        withdraw_says=f"{WITNESS}提出异议",
    )  # fmt: skip
    assert (answer.status_code, "泄露" in answer.text) == (409, True)
    assert f"{WITNESS}提出异议" in answer.text  # what was typed is kept
    assert await face.state() == "published"


async def test_a_decision_that_its_sender_takes_away_while_public_must_be_withdrawn(
    face, told, in_time
):
    decision = a_penalty()
    await told(a_cyber_case(), decision, the_story()[2])
    item_id = await face.published(PUBLIC)
    await told(a_penalty(about=correcting(decision), decision_id="D9"))
    item = await face.item("D1")
    assert (item.state, item.must_withdraw, item.reason_code) == (
        "published", True, "decision_gone",
    )  # fmt: skip
    done = await face.act(
        LEADER, item_id, "withdraw", withdraw_code="wrongly_published", withdraw_note="x"
    )
    assert done.status_code == 303
    await face.deliver()
    assert await face.state("D1") == "withdrawn"


async def test_what_turns_out_to_be_classified_while_public_must_be_withdrawn_in_silence(
    face, told, in_time
):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await told(a_classified_case())
    item = await face.item()
    assert (item.must_withdraw, item.reason_code, item.cause) == (True, "classified", None)
    assert await face.database.all("SELECT 1 FROM decision_facts") == []
    assert await face.database.all("SELECT 1 FROM party_identities") == []
    for code, status in (("wrongly_published", 409), ("privacy", 303)):
        done = await face.act(LEADER, item_id, "withdraw", withdraw_code=code, withdraw_note="涉密")
        assert done.status_code == status
    await face.deliver()
    assert await face.state() == "withdrawn"
    stone = (await face.citizen.get(f"/items/{item_id}")).text
    assert "涉密" not in stone


async def test_a_withdrawal_takes_a_correction_that_was_under_way_with_it(face, told, in_time):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await face.act(EDITOR, item_id, "correct", correct_why="更正日期")
    await face.approved(PUBLIC.replace("9月1日", "9月2日"))
    await face.publisher.round()  # the correction is in a bundle, not seen yet
    await face.act(
        LEADER, item_id, "withdraw", withdraw_code="wrongly_published", withdraw_note="x"
    )
    await face.deliver()
    await face.deliver()
    assert await face.state() == "withdrawn"
    assert await face.database.all("SELECT 1 FROM deliveries WHERE seen_at IS NULL") == []


async def test_with_the_portal_as_a_process_of_its_own_all_happens_by_itself(
    world, tmp_path, legal_clock, told_in
):
    legal_clock(IN_TIME)
    async with public_face(world, tmp_path) as face:
        await told_in(face, *the_story())
        port = free_port()
        environment = {**world.environment("portal", port), **face.paths.environment()}
        environment["MINGJING_PORT"] = str(port)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "mingjing_portal.app"), env=environment,
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        stop = asyncio.Event()
        settings = face.paths.inside(
            await world.settings("disclosure"), public_portal_url=f"http://127.0.0.1:{port}"
        )
        task = asyncio.create_task(keep_publishing(face.database, settings, stop))
        try:
            item_id = await face.approved(PUBLIC)

            async def is_public():
                return await face.state() == "published"

            await until(is_public)
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as citizen:
                assert COMPANY in (await citizen.get(f"/items/{item_id}")).text
        finally:
            stop.set()
            await task
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            assert await process.wait() == 0
