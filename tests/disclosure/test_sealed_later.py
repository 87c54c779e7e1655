"""Something public is sealed later: by facts, or by a law that comes into force."""

import asyncio
from datetime import UTC, datetime

import pytest
from disclosure.given import a_service, correcting
from disclosure.people import HANDLER
from disclosure.story import PARTIES, PUBLIC, a_cyber_case, a_penalty, an_undoing_of, the_story

from mingjing_disclosure.acts.rechecking import keep_rechecking, recheck_public
from support.publishing import EDITOR, LEADER
from support.running import until

SEALING = [{"law": "治安管理处罚法", "article": "第二十九条"}]
BEFORE = datetime(2025, 12, 22, 2, 0, tzinfo=UTC)
LAST_DAY = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
FIRST_DAY = datetime(2025, 12, 31, 16, 0, 10, tzinfo=UTC)


async def published_before_the_law(face, told):
    case = a_cyber_case(kind="public_security", parties=PARTIES)
    decision = a_penalty(made_on="2025-12-18", basis=SEALING)
    await told(case, decision, a_service(served_on="2025-12-20"))
    item_id = await face.published(PUBLIC)
    assert await face.state() == "published"
    return item_id


@pytest.mark.parametrize(("at", "is_sealed"), [(LAST_DAY, False), (FIRST_DAY, True)])
async def test_what_a_new_law_seals_must_be_withdrawn_from_its_first_day_on(
    face, told, legal_clock, at, is_sealed
):
    legal_clock(BEFORE)
    item_id = await published_before_the_law(face, told)
    legal_clock(at)
    assert await recheck_public(face.database) == 1
    item = await face.item()
    assert (item.must_withdraw, item.reason_code == "sealed_public_security") == (
        is_sealed, is_sealed,
    )  # fmt: skip
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 200  # a person withdraws


async def test_the_worker_looks_by_itself_and_what_is_withdrawn_is_left_alone(
    face, told, legal_clock
):
    legal_clock(BEFORE)
    item_id = await published_before_the_law(face, told)
    legal_clock(FIRST_DAY)
    stop = asyncio.Event()
    task = asyncio.create_task(keep_rechecking(face.database, stop))

    async def is_flagged():
        return (await face.item()).must_withdraw

    await until(is_flagged)
    stop.set()
    await task
    given = {"withdraw_code": "sealed_public_security", "withdraw_note": "x"}
    assert (await face.act(LEADER, item_id, "withdraw", **given)).status_code == 303
    await face.deliver()
    assert await recheck_public(face.database) == 0
    assert await face.state() == "withdrawn"


async def test_at_once_comes_before_everything_that_has_a_day(face, told, legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))
    case, decision, service = the_story()
    second = a_penalty(decision_id="D2", document_number="田公（网）行罚决字〔2026〕00872号")
    await told(case, decision, service, second, a_service(decision_id="D2"))
    await face.published(PUBLIC)
    await face.published(PUBLIC.replace("00871", "00872"), "D2")
    await told(an_undoing_of("revoked"))
    sealing = a_penalty(
        about=correcting(second), decision_id="D2", basis=SEALING,
        document_number="田公（网）行罚决字〔2026〕00872号",
    )  # fmt: skip
    await told(sealing)
    todo = (await face.get(LEADER, "/disclosure/fragments/todo")).text
    assert "<b>立即</b>" in todo
    assert todo.index("00872") < todo.index("00871")
    listed = (await face.get(LEADER, "/disclosure/?state=must_withdraw")).text
    assert "<b>立即</b>" in listed


async def test_of_what_is_sealed_the_page_asks_nobody_to_report_it_elsewhere(
    face, told, legal_clock
):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))
    case, decision, service = the_story()
    await told(case, decision, service)
    item_id = await face.published(PUBLIC)
    address = f"/disclosure/items/{item_id}"
    assert "双公示报送" in (await face.get(EDITOR, address)).text
    await told(a_cyber_case(about=correcting(case), kind="public_security"))
    assert "双公示报送" not in (await face.get(EDITOR, address)).text
    given = {"withdraw_code": "sealed_public_security", "withdraw_note": "x"}
    await face.act(LEADER, item_id, "withdraw", **given)
    await face.deliver()
    for officer in (EDITOR, LEADER, HANDLER):
        page = (await face.get(officer, address)).text
        assert "已撤回，公众不再看到" in page
        assert "公众将看到的全文" not in page
