"""实时态势 as somebody sees it who leaves it open: it is new without being loaded again."""

from journeys.matter import Matter
from journeys.people import expect

MATTER = Matter("77001")


async def test_an_event_shows_on_the_live_page_without_a_reload_and_the_hand_keeps_its_place(
    office,
):
    person = await office.window("operator")
    page = await person.opens("/tasks/live")
    await person.sees("实时态势", "casework")
    link = page.get_by_role("link", name="casework", exact=True)
    row = page.locator("tr[data-row]", has=link)
    await link.focus()
    await page.evaluate("() => { window.theSame = true; }")
    before = await row.locator("td.num").first.inner_text()
    office.publishes(MATTER.accepted())
    await expect(row.locator("td.num").first).not_to_have_text(before)
    assert await page.evaluate("() => window.theSame") is True
    await expect(link).to_be_focused()
    assert person.complaints == []
    await page.context.close()
