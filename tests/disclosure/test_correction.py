"""A decision that changes while it is public: corrected, or looked at by a person."""

from datetime import UTC, date, datetime

import pytest
from disclosure.given import correcting
from disclosure.story import (
    ORIGINAL,
    PARTIES,
    PUBLIC,
    a_cyber_case,
    a_penalty,
    an_undoing_of,
    the_story,
)

from support.publishing import EDITOR, LEADER

GROWN = {"kind": "person", "name": "王建国", "role": "victim", "birth_date": "1980-01-01"}


@pytest.fixture(autouse=True)
def in_time(legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))


@pytest.fixture
async def story(face, told):
    """What was told, and the item that is public by it."""
    case, decision, service = the_story()
    await told(case, decision, service)
    return case, decision, await face.published(PUBLIC)


def in_other_words(decision, **changes):
    about = {**correcting(decision), **changes}
    return a_penalty(about=about, text=ORIGINAL.replace("三万元", "五万元"))


async def keep(face, item_id, officer=LEADER):
    page = (await face.get(officer, f"/disclosure/items/{item_id}")).text
    mark = page.split('id="keep"')[1].split('name="seen" value="')[1].split('"')[0]
    return await face.act(officer, item_id, "keep", keep_note="不涉及公开文本", seen=mark)


async def test_while_nothing_changed_nothing_is_to_be_corrected(face, story):
    _case, _decision, item_id = story
    assert (await face.item()).must_correct is False
    answer = await face.act(LEADER, item_id, "keep", keep_note="x")
    assert (answer.status_code, "没有待处理的变化" in answer.text) == (409, True)


async def test_other_words_of_a_public_decision_are_flagged_with_reason_and_day(face, told, story):
    _case, decision, item_id = story
    await told(in_other_words(decision, time=datetime(2026, 9, 24, 2, tzinfo=UTC)))
    item = await face.item()
    assert (item.state, item.must_correct, item.must_withdraw) == ("published", True, False)
    assert item.correct_by == date(2026, 9, 28)  # the next working day, after Mid-Autumn
    assert "更正了这件决定" in item.correct_says
    for address in ("/disclosure/?state=must_correct", f"/disclosure/items/{item_id}"):
        page = (await face.get(EDITOR, address)).text
        for said in ("应更正", "应立即更正", "公安机关执法公开规定§7"):
            assert said in page, address
    todo = (await face.get(EDITOR, "/disclosure/fragments/todo")).text
    assert "更正" in todo
    assert item.document_number in todo
    assert (await face.get(EDITOR, "/disclosure/fragments/bell")).text == "1"
    assert "三万元" in (await face.citizen.get(f"/items/{item_id}")).text  # until it is corrected


async def test_a_party_who_is_added_is_flagged_and_the_old_text_can_be_mended(face, told, story):
    case, _decision, item_id = story
    await told(a_cyber_case(about=correcting(case), parties=[*PARTIES, GROWN]))
    item = await face.item()
    assert (item.must_correct, "又登记了当事人" in item.correct_says) == (True, True)
    done = await face.act(EDITOR, item_id, "correct", correct_why="隐去一处姓名")
    assert done.status_code == 303  # though the public text itself now leaks
    await face.published(PUBLIC.replace("王建国", "王某"))
    item = await face.item()
    assert (item.state, item.must_correct, item.correct_by) == ("corrected", False, None)
    assert "王建国" not in (await face.citizen.get(f"/items/{item_id}")).text


async def test_it_stays_flagged_until_the_correction_is_public(face, told, story):
    _case, decision, item_id = story
    await told(in_other_words(decision))
    await face.act(EDITOR, item_id, "correct", correct_why="更正罚款数额")
    await face.approved(PUBLIC.replace("三万元", "五万元"))
    assert (await face.item()).must_correct
    await face.deliver()
    assert not (await face.item()).must_correct


async def test_a_correction_that_is_dropped_leaves_it_flagged(face, told, story):
    _case, decision, item_id = story
    await told(in_other_words(decision))
    await face.act(EDITOR, item_id, "correct", correct_why="更正罚款数额")
    await face.act(EDITOR, item_id, "drop")
    assert (await face.item()).must_correct


async def test_a_person_says_that_nothing_needs_correction_until_still_more_changes(
    face, told, story
):
    case, decision, item_id = story
    changed = in_other_words(decision)
    await told(changed)
    assert (await keep(face, item_id)).status_code == 303
    assert not (await face.item()).must_correct
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    assert "确认无须更正" in page
    await told(a_cyber_case(about=correcting(case), parties=[*PARTIES, GROWN]))
    assert (await face.item()).must_correct


async def test_what_changed_after_the_page_was_opened_is_not_confirmed_with_it(face, told, story):
    case, decision, item_id = story
    await told(in_other_words(decision))
    page = (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    mark = page.split('id="keep"')[1].split('name="seen" value="')[1].split('"')[0]
    await told(a_cyber_case(about=correcting(case), parties=[*PARTIES, GROWN]))
    answer = await face.act(LEADER, item_id, "keep", keep_note="x", seen=mark)
    assert (answer.status_code, "又有变化" in answer.text) == (409, True)
    assert (await face.item()).must_correct


async def test_what_must_be_withdrawn_is_not_corrected(face, told, story):
    _case, decision, item_id = story
    await told(in_other_words(decision), an_undoing_of("revoked"))
    item = await face.item()
    assert (item.must_withdraw, item.must_correct) == (True, False)
    answer = await face.act(LEADER, item_id, "keep", keep_note="x")
    assert answer.status_code == 409


async def test_what_changes_while_it_is_on_its_way_is_flagged_when_it_arrives(face, told):
    case, decision, service = the_story()
    await told(case, decision, service)
    await face.approved(PUBLIC)
    await face.publisher.build()
    await told(in_other_words(decision))
    await face.deliver()
    item = await face.item()
    assert (item.state, item.must_correct) == ("published", True)


async def test_the_days_of_correcting_follow_from_the_later_of_fact_and_publication(
    face, told, story
):
    case, _decision, _item_id = story
    about = {**correcting(case), "time": datetime(2026, 9, 19, 2, tzinfo=UTC)}
    await told(a_cyber_case(about=about, parties=[*PARTIES, GROWN]))
    assert (await face.item()).correct_by == date(2026, 9, 23)
