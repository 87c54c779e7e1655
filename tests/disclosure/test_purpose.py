"""The original is read by duty while its publication is worked on, else for a stated purpose."""

import pytest
from disclosure.people import HEAD, INSPECTOR, units
from disclosure.story import the_story

from mingjing_disclosure.rules.duty import duty_to_read
from support.officers import STATION
from support.publishing import CHECKER, EDITOR, LEADER

WORKED_ON = ("to_mask", "no_clock", "to_check", "to_approve", "publishing", "withdrawing")
DONE_WITH = ("waiting_case", "withheld", "published", "corrected", "withdrawn")
DUTIES = {
    "disclosure_editor": "proofreading",
    "disclosure_checker": "proofreading",
    "unit_head": "approval",
    "bureau_leader": "approval",
    "inspector": None,
}


@pytest.mark.parametrize("role", DUTIES)
def test_a_duty_lasts_while_it_is_worked_on_or_waits_for_a_word(role):
    for state in WORKED_ON:
        assert duty_to_read(role, state, waits_for_word=False) == DUTIES[role]
    for state in DONE_WITH:
        assert duty_to_read(role, state, waits_for_word=False) is None
        assert duty_to_read(role, state, waits_for_word=True) == DUTIES[role]


@pytest.fixture
async def item_id(face, told):
    await units(face)
    await told(*the_story(unit=STATION))
    return (await face.item()).item_id


async def looks(face):
    rows = await face.database.all(
        "SELECT officer, act, outcome, reason FROM audit"
        " WHERE act IN ('disclosure.original', 'purpose.state') ORDER BY number"
    )
    return [tuple(row) for row in rows]


async def test_who_works_on_it_reads_without_a_question_and_the_duty_is_noted(face, item_id):
    for officer in (EDITOR, CHECKER, HEAD, LEADER):
        text = (await face.get(officer, f"/disclosure/items/{item_id}")).text
        assert "查看已留痕" in text
        assert 'id="purpose"' not in text
    assert [row[3] for row in await looks(face)] == ["proofreading"] * 2 + ["approval"] * 2


async def test_who_does_not_sees_the_page_without_the_original_until_saying_why(face, item_id):
    page = f"/disclosure/items/{item_id}"
    text = (await face.get(INSPECTOR, page)).text
    assert 'id="purpose"' in text
    assert "查看已留痕" not in text
    assert await looks(face) == []
    wrong = await face.act(
        INSPECTOR, item_id, "purpose", purpose="inspection", purpose_words="看看"
    )
    assert (wrong.status_code, ">看看</textarea>" in wrong.text) == (400, True)
    done = await face.act(
        INSPECTOR, item_id, "purpose", purpose="inspection", purpose_words="核查信访反映的问题"
    )
    assert done.status_code == 303
    assert "查看已留痕" in (await face.get(INSPECTOR, page)).text
    said = "inspection 核查信访反映的问题"
    assert await looks(face) == [
        (INSPECTOR.number, "purpose.state", "done", said),
        (INSPECTOR.number, "disclosure.original", "seen", said),
    ]
