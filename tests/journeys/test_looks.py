"""Why somebody looks: stated once without a duty; by leave of its leader at another's footage."""

import pytest
from journeys.footage import asks, film, footage_brought
from journeys.matter import Matter, ago
from playwright.async_api import expect

MATTER = Matter("03201")
STARTED, ENDED = ago(days=3), ago(days=3, seconds=-60)
PLAYED = """async () => (await fetch(document.querySelector("video").src)).status"""


@pytest.fixture(scope="module")
async def footage(office, tmp_path_factory):
    """The page of a recording of the station's case."""
    office.publishes(MATTER.accepted(), MATTER.acted(STARTED, ENDED))
    file = film(tmp_path_factory.mktemp("film") / "act.webm", shade=91)
    return f"/recording/footage/{await footage_brought(office, MATTER, STARTED, file)}"


async def test_who_handles_the_case_plays_it_without_a_question(office, footage):
    handler = await office.person("case_handler")
    page = await handler.opens(footage)
    await expect(page.locator("#purpose")).to_have_count(0)
    assert await page.evaluate(PLAYED) == 200


async def test_the_inspectorate_says_why_once_and_plays(office, footage):
    inspector = await office.person("inspector")
    page = await inspector.opens(footage)
    await expect(page.locator("video")).to_have_count(0)
    assert await inspector.barriers() == []
    await asks(inspector, "核查信访反映的问题", "inspection")
    await inspector.sees("查看事由：督察：核查信访反映的问题")
    assert await page.evaluate(PLAYED) == 200
    await inspector.opens(footage)
    await expect(page.locator("video")).to_have_count(1)


async def test_an_officer_of_another_unit_asks_the_leader_and_looks_by_leave(office, footage):
    other = await office.person("bureau_leader")  # whom the table lets look at no footage
    await other.opens(footage)
    await other.follows("申请调阅")
    await asks(other, "看看")
    await other.sees("至少 4 个字")
    await expect(other.page.locator("#purpose_words")).to_have_value("看看")
    assert await other.barriers() == []
    await asks(other, "协查另一起盗窃案")
    await other.sees("待批准")
    request = other.page.url.split("?")[0].removeprefix(other.home)

    leader = await office.person("unit_head")
    await leader.sees_after_a_while("/", "审批调阅申请")
    await leader.page.locator(f"a[href='{request}']").click()
    await leader.sees("协查办案：协查另一起盗窃案")
    assert await leader.barriers() == []
    await leader.page.get_by_role("button", name="批准", exact=True).press("Enter")
    await leader.sees("已批准，申请人现在可以调阅")

    await other.opens(request)
    assert await other.page.evaluate(PLAYED) == 200
    assert await other.barriers() == []


async def test_the_audit_says_who_looked_for_what_and_who_approved(office, footage):
    inspector = await office.person("inspector")
    await inspector.opens("/audit")
    await inspector.page.fill("#officer", office.account("bureau_leader")["username"])
    await inspector.page.fill("#why", "核对调阅留痕")
    await inspector.page.locator("main form button.primary").click()
    leader = office.account("unit_head")["username"]
    await inspector.sees("经批准调阅音视频", "协查办案：协查另一起盗窃案", f"{leader} 批准", "存证")
