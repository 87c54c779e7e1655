"""What looks like the name of somebody who is no party: hidden or confirmed, before it goes on."""

from datetime import UTC, datetime

import pytest
from disclosure.story import ORIGINAL, PUBLIC, a_cyber_case, a_penalty, the_story

from support.publishing import CHECKER, EDITOR, LEADER

STRANGER = "钱小竹"
NAMING = PUBLIC.replace("证人赵某证言", f"证人赵某、报警人{STRANGER}证言")


@pytest.fixture(autouse=True)
def in_time(legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))


@pytest.fixture
async def item_id(face, told):
    text = ORIGINAL.replace("证人赵小梅证言", f"证人赵小梅、报警人{STRANGER}证言")
    await told(a_cyber_case(), a_penalty(text=text), the_story()[2])
    return (await face.item()).item_id


async def test_a_name_that_nobody_answered_is_not_submitted_and_what_was_typed_is_kept(
    face, item_id
):
    answer = await face.act(EDITOR, item_id, "text", body=NAMING, submit="yes")
    assert answer.status_code == 409
    for said in ("疑似案外人", f"“{STRANGER}”", NAMING, f'name="confirmed" value="{STRANGER}"'):
        assert said in answer.text
    assert await face.state() == "to_mask"


async def test_a_draft_may_hold_it_and_the_page_asks(face, item_id):
    assert (await face.act(EDITOR, item_id, "text", body=NAMING, submit="no")).status_code == 303
    page = (await face.get(EDITOR, f"/disclosure/items/{item_id}")).text
    assert "疑似案外人姓名 1 处" in page
    assert f'value="{STRANGER}"> ' in page  # not ticked


async def test_hidden_it_is_not_asked_any_more(face, item_id):
    await face.submitted(NAMING.replace(STRANGER, "钱某"))
    assert await face.state() == "to_check"


async def test_confirmed_it_goes_on_and_the_second_person_sees_that(face, item_id):
    given = {"body": NAMING, "submit": "yes", "confirmed": STRANGER}
    assert (await face.act(EDITOR, item_id, "text", **given)).status_code == 303
    page = (await face.get(CHECKER, f"/disclosure/items/{item_id}")).text
    assert f"编辑已确认不是姓名或应当保留：{STRANGER}" in page
    seen = await face.newest_sha()
    assert (await face.act(CHECKER, item_id, "check", seen=seen)).status_code == 303
    assert (await face.act(LEADER, item_id, "approve", seen=seen)).status_code == 303
    rows = await face.database.all("SELECT t::text AS row FROM public_texts t")
    assert STRANGER not in rows[0].row  # sealed
    [step] = await face.database.all(
        "SELECT counts FROM steps WHERE act = 'disclosure.edit' ORDER BY number"
    )
    assert step.counts["confirmed"] == 1
    assert STRANGER not in str(step.counts)


async def test_the_second_person_and_the_head_do_not_pass_what_nobody_answered(face, item_id):
    given = {"body": NAMING, "submit": "yes", "confirmed": STRANGER}
    await face.act(EDITOR, item_id, "text", **given)
    seen = await face.newest_sha()
    async with face.database.transaction() as tx:  # as if it was submitted before this was asked
        await tx.execute("UPDATE public_texts SET confirmed = NULL")
    answer = await face.act(CHECKER, item_id, "check", seen=seen)
    assert (answer.status_code, "疑似案外人" in answer.text) == (409, True)
    async with face.database.transaction() as tx:
        await tx.execute("UPDATE publications SET stage = 'to_approve'")
        await tx.execute("UPDATE items SET state = 'to_approve'")
    answer = await face.act(LEADER, item_id, "approve", seen=seen)
    assert (answer.status_code, "疑似案外人" in answer.text) == (409, True)


async def test_confirming_one_name_does_not_answer_another(face, item_id):
    body = NAMING.replace("证人赵某", "证人赵某、其妻孙小兰")
    given = {"body": body, "submit": "yes", "confirmed": STRANGER}
    answer = await face.act(EDITOR, item_id, "text", **given)
    assert (answer.status_code, "“孙小兰”" in answer.text) == (409, True)
