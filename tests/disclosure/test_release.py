"""A release holds for the parties it was given for: who is added later is decided anew."""

from datetime import UTC, datetime

import pytest
from disclosure.given import correcting
from disclosure.story import PARTIES, PUBLIC, a_cyber_case, a_penalty, the_story

from support.publishing import LEADER

FIRST = {"kind": "person", "name": "丁某人", "role": "suspect"}
SECOND = {"kind": "person", "name": "戊某人", "role": "suspect"}


@pytest.fixture(autouse=True)
def in_time(legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))


def a_case_of(*more, about=None):
    return a_cyber_case(about=about, parties=[*PARTIES, *more])


async def released(face, told):
    case = a_case_of(FIRST)
    await told(case, *the_story()[1:])
    item = await face.item()
    assert (item.state, item.reason_code) == ("withheld", "age_unknown")
    done = await face.release(LEADER, item.item_id, "户籍已核，四十岁")
    assert done.status_code == 303
    assert await face.state() == "to_mask"
    return case, item.item_id


async def withheld_again(face):
    item = await face.item()
    return (item.standing, item.reason_code) == ("withheld", "age_unknown")


async def test_a_release_says_whom_it_is_for_and_by_no_name(face, told):
    case = a_case_of(FIRST, SECOND)
    await told(case, *the_story()[1:])
    item_id = (await face.item()).item_id
    assert "涉及：丁某人、戊某人。" in (await face.get(LEADER, f"/disclosure/items/{item_id}")).text
    await face.release(LEADER, item_id, "已核")
    [row] = await face.database.all("SELECT released FROM publications")
    assert len(row.released["about"]["age_unknown"]) == 2
    assert "某人" not in str(row.released)


async def test_who_is_added_to_the_case_later_withholds_it_again(face, told):
    case, item_id = await released(face, told)
    added = a_case_of(FIRST, SECOND, about=correcting(case))
    await told(added)
    assert await withheld_again(face)
    assert (await face.release(LEADER, item_id, "又核")).status_code == 303
    assert await face.state() == "to_mask"


async def test_one_who_only_moves_in_the_list_is_still_the_one_who_was_released(face, told):
    case, _ = await released(face, told)
    known = {**SECOND, "birth_date": "1980-01-01"}
    await told(a_cyber_case(about=correcting(case), parties=[known, FIRST, *PARTIES]))
    assert await face.state() == "to_mask"


async def test_one_who_takes_the_place_of_the_released_one_in_the_list_is_not_released(face, told):
    case, _ = await released(face, told)
    await told(a_case_of(SECOND, about=correcting(case)))
    assert await withheld_again(face)


async def test_a_release_by_a_page_that_is_out_of_date_covers_nobody_new(face, told):
    case = a_case_of(FIRST)
    await told(case, *the_story()[1:])
    item_id = (await face.item()).item_id
    page = await face.get(LEADER, f"/disclosure/items/{item_id}")
    await told(a_case_of(FIRST, SECOND, about=correcting(case)))
    seen = page.text.split('name="seen" value="')[1].split('"')[0]
    answer = await face.act(LEADER, item_id, "release", release_note="已核", seen=seen)
    assert (answer.status_code, "所涉当事人有变化" in answer.text) == (409, True)
    assert await withheld_again(face)


async def test_what_is_approved_does_not_leave_when_somebody_is_added(face, told):
    case, item_id = await released(face, told)
    await face.approved(PUBLIC)
    await told(a_case_of(FIRST, SECOND, about=correcting(case)))
    await face.deliver()
    assert await withheld_again(face)
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 404


async def test_what_is_public_must_be_withdrawn_or_decided_anew_when_somebody_is_added(face, told):
    case, item_id = await released(face, told)
    await face.published(PUBLIC)
    await told(a_case_of(FIRST, SECOND, about=correcting(case)))
    item = await face.item()
    assert (item.state, item.must_withdraw) == ("published", True)
    assert "核定后继续公开" in item.withdraw_says
    assert "应撤回" in (await face.get(LEADER, "/disclosure/?state=must_withdraw")).text
    assert (await face.release(LEADER, item_id, "又核")).status_code == 303
    item = await face.item()
    assert (item.state, item.must_withdraw) == ("published", False)


async def test_what_is_withdrawn_is_not_released(face, told):
    case, item_id = await released(face, told)
    await face.published(PUBLIC)
    await told(a_case_of(FIRST, SECOND, about=correcting(case)))
    await face.act(LEADER, item_id, "withdraw", withdraw_code="minor", withdraw_note="x")
    answer = await face.release(LEADER, item_id, "又核")
    assert (answer.status_code, "不能恢复" in answer.text) == (409, True)


async def test_a_unit_s_release_does_not_cover_a_person_who_is_added(face, told):
    case = a_cyber_case(kind="public_security", parties=PARTIES[:1])
    await told(case, a_penalty(), the_story()[2])
    item_id = (await face.item()).item_id
    await face.release(LEADER, item_id, "单位处罚，经研究公开")
    assert await face.state() == "to_mask"
    person = {**FIRST, "birth_date": "1980-01-01"}
    await told(a_cyber_case(about=correcting(case), kind="public_security",
                            parties=[PARTIES[0], person]))  # fmt: skip
    item = await face.item()
    assert (item.reason_code, item.releasable) == ("sealed_public_security", False)


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"sensitive": ["minor", "media"]}, "sensitive", "敏感案件（"),
        ({"kind": "narcotics"}, "narcotics", "涉毒案件"),
    ],
)
async def test_a_sensitive_or_drug_case_goes_on_only_by_a_person_who_saw_the_basis(
    face, told, changes, code, says
):
    await told(a_cyber_case(**changes), *the_story()[1:])
    item = await face.item()
    assert (item.state, item.reason_code, item.releasable) == ("withheld", code, True)
    page = (await face.get(LEADER, f"/disclosure/items/{item.item_id}")).text
    for words in (says, "由人核定", "公安机关执法公开规定（公通字〔2018〕26号）§6、§13"):
        assert words in page
    listed = (await face.get(LEADER, "/disclosure/withheld")).text
    assert "可由人核定" in listed
    assert (await face.release(LEADER, item.item_id, "经研究可以公开")).status_code == 303
    await face.published(PUBLIC)
    assert await face.state() == "published"


async def test_what_is_public_and_turns_out_sensitive_is_withdrawn_in_silence_or_decided(
    face, told
):
    case = a_cyber_case()
    await told(case, *the_story()[1:])
    item_id = await face.published(PUBLIC)
    await told(a_cyber_case(about=correcting(case), sensitive=["minor"]))
    assert (await face.item()).must_withdraw
    given = {"withdraw_note": "x", "withdraw_says": "涉及未成年人"}
    answer = await face.act(LEADER, item_id, "withdraw", withdraw_code="wrongly_published", **given)
    assert answer.status_code == 409
    assert (await face.release(LEADER, item_id, "经研究可以公开")).status_code == 303
    assert not (await face.item()).must_withdraw
