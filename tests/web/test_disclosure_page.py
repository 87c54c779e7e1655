"""The plain list of what must be public."""

import pytest
from mingjing_disclosure.handlers import HANDLERS
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from support.events import received

NAME = "欧阳查无此人"
ADULT = {
    "kind": "person",
    "name": NAME,
    "resident_id": "11010519491231002X",
    "role": "penalised",
    "address": "某某路九十九号",
    "phone": "13800138000",
}
PERSONAL = (NAME, "11010519491231002X", "某某路九十九号", "13800138000", "1949")


@pytest.fixture
async def disclosure(world):
    return await world.database("disclosure")


@pytest.fixture
async def page(browser):
    return await browser("disclosure")


async def apply(database, *events):
    async with database.transaction() as tx:
        for item in events:
            await HANDLERS[type(item.event)]([item], tx)


def a_case(number="田公（网）2026-01183", **changes):
    return received(
        CaseAccepted, case_number=number, **{"kind": "traffic", "parties": [ADULT], **changes}
    )


def a_decision(decision_id="D1", number="田公（网）2026-01183", **changes):
    given = {"decision_id": decision_id, "kind": "penalty", "made_on": "2026-09-18", "parties": []}
    return received(DecisionMade, case_number=number, **{**given, **changes})


async def test_an_unknown_state_is_refused_in_words(page):
    answer = await page.get("/disclosure/?state=secret")
    assert answer.status_code == 400
    assert "没有所要的状态" in answer.text
    assert "待公示" in answer.text


@pytest.mark.parametrize("mark", ["x", "WyJhIl0", "WyIyMDI2LTEzLTAxIiwiRCJd", "=" * 5000])
async def test_a_damaged_mark_is_refused_in_words(page, mark):
    answer = await page.get("/disclosure/api/items", params={"after": mark})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert "翻页标记" in answer.json()["detail"]


async def test_an_empty_list_says_what_would_be_here(page):
    answer = await page.get("/disclosure/")
    assert answer.status_code == 200
    assert "还没有决定" in answer.text


async def test_a_decision_is_listed_with_its_day_and_why(page, disclosure):
    await apply(disclosure, a_case(), a_decision())
    text = (await page.get("/disclosure/")).text
    for said in ("田公（网）2026-01183", "2026-09-29", "待公示", "行政处罚", "2026年9月29日"):
        assert said in text


async def test_why_a_decision_is_withheld_is_not_told_before_sign_in(page, disclosure):
    minor = {**ADULT, "resident_id": None, "birth_date": "2010-01-01"}
    await apply(disclosure, a_case(parties=[minor]), a_decision())
    text = (await page.get("/disclosure/")).text
    assert "不予公示" in text
    for hidden in ("未满十八", "minor", "2010"):
        assert hidden not in text
    listed = (await page.get("/disclosure/api/items")).json()["items"]
    assert (listed[0]["state"], listed[0]["says"]) == ("withheld", None)


async def test_no_personal_value_is_in_any_answer(page, disclosure):
    await apply(disclosure, a_case(), a_decision(parties=[ADULT]))
    for address in ("/disclosure/", "/disclosure/api/items", "/disclosure/?state=withheld"):
        text = (await page.get(address)).text
        assert not [value for value in PERSONAL if value in text]


async def test_the_list_is_read_to_its_end_page_by_page_and_each_item_once(page, disclosure):
    decisions = [a_decision(f"D{n:03}", made_on=f"2026-09-{n % 28 + 1:02}") for n in range(120)]
    await apply(disclosure, a_case(), *decisions)
    seen, after = [], None
    while True:
        answer = (await page.get("/disclosure/api/items", params={"after": after or ""})).json()
        seen += [(item["made_on"], item["decision_id"]) for item in answer["items"]]
        after = answer["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, reverse=True)


async def test_a_page_leads_to_the_next_and_keeps_the_state_asked_for(page, disclosure):
    await apply(disclosure, a_case(), *(a_decision(f"D{n:03}") for n in range(51)))
    text = (await page.get("/disclosure/?state=due")).text
    assert text.count("<tr") == 51  # 50 rows and the heads
    assert "/disclosure/?state=due&amp;after=" in text


async def test_figures_leave_out_synthetic_events(page, disclosure):
    await apply(disclosure, a_case(), a_decision(about={"mode": "synthetic"}))
    answer = (await page.get("/disclosure/api/items")).json()
    assert answer["counts"] == {}
    assert "合成" in (await page.get("/disclosure/")).text
