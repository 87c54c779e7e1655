"""The plain list of what must be public."""

import pytest

from support.people import ADULT, NUMBER, a_case, a_decision, apply


@pytest.fixture
async def disclosure(world):
    return await world.database("disclosure")


@pytest.fixture
async def page(browser):
    return await browser("disclosure")


async def test_an_unknown_state_is_refused_in_words(page):
    answer = await page.get("/disclosure/?state=secret")
    assert answer.status_code == 400
    assert "没有所要的状态" in answer.text
    assert "待脱敏" in answer.text


@pytest.mark.parametrize("mark", ["x", "WyJhIl0", "WyIyMDI2LTEzLTAxIiwiRCJd", "=" * 5000])
async def test_a_damaged_mark_is_refused_in_words(page, mark):
    answer = await page.get("/disclosure/api/items", params={"after": mark})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert "翻页标记" in answer.json()["detail"]


async def test_a_decision_is_listed_with_its_day_and_why(page, disclosure):
    await apply(disclosure, a_case(), a_decision())
    text = (await page.get("/disclosure/")).text
    for said in (NUMBER, "2026-09-29", "待脱敏", "行政处罚", "2026年9月29日"):
        assert said in text


async def test_why_a_decision_is_withheld_is_told_to_the_entitled_and_not_who(page, disclosure):
    minor = {**ADULT, "resident_id": None, "birth_date": "2010-01-01"}
    await apply(disclosure, a_case(), a_decision(parties=[minor]))
    text = (await page.get("/disclosure/withheld")).text
    assert NUMBER in text
    assert "未满 18 周岁" in text or "未满18周岁" in text or "未成年" in text
    for hidden in ("2010-01-01", ADULT["name"]):
        assert hidden not in text


async def test_a_page_leads_to_the_next_and_keeps_the_state_asked_for(page, disclosure):
    await apply(disclosure, a_case(), *(a_decision(decision_id=f"D{n:03}") for n in range(51)))
    text = (await page.get("/disclosure/?state=to_mask")).text
    assert text.count("<tr") == 51  # 50 rows and the heads
    assert "/disclosure/?state=to_mask&amp;after=" in text


async def test_figures_leave_out_synthetic_events(page, disclosure):
    await apply(disclosure, a_case(), a_decision(about={"mode": "synthetic"}))
    answer = (await page.get("/disclosure/api/items")).json()
    assert answer["counts"] == {}
    assert "合成" in (await page.get("/disclosure/")).text
