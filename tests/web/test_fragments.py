"""Parts of pages that a department gives: they stand within a card and bring none of their own."""

import pytest

from support.officers import CSRF

SERVICES = ("disclosure", "recording", "review", "tasks")


@pytest.mark.parametrize("service", SERVICES)
async def test_a_part_has_a_heading_and_neither_card_nor_shell(browser, service):
    client = await browser(service)
    found = {"q": "没有这样的编号", "csrf": CSRF}
    for answer in (
        await client.get(f"/{service}/fragments/todo"),
        await client.post(f"/{service}/fragments/search", data=found),
        await client.get(f"/{service}/fragments/log"),
    ):
        assert answer.status_code == 200
        assert answer.text.lstrip().startswith("<h2>")
        for sign in ("mj-card", "<section", "<html"):
            assert sign not in answer.text
