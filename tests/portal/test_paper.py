"""What is printed leads back: the code on paper is read as a reader of codes reads it."""

import io
import re

import pytest
import zxingcpp
from PIL import Image
from portal.given import a_log, an_entry, an_item
from portal.test_verify_page import served

from mingjing_portal.app import build
from support.chromium import a_chromium
from support.web import browsing

ADDRESS = "https://gongkai.example.cn"
SHA = an_item().text_sha256
SHORT = f"{ADDRESS}/r/{SHA[:16]}"


@pytest.fixture
async def app(world, paths, monkeypatch):
    monkeypatch.setenv("MINGJING_PUBLIC_ADDRESS", ADDRESS)
    made = build(await world.settings("portal"), paths.outside())
    yield made
    await made.state.database.close()


async def test_the_code_of_a_printed_page_is_the_short_address_and_leads_to_its_receipt(
    app, inside, browse
):
    await inside.tell(an_item(), *a_log([an_entry(0, public_sha256=SHA)]))
    async with served(app) as portal, a_chromium() as chromium:
        page = await chromium.new_page()
        await page.emulate_media(media="print")
        await page.goto(f"{portal}/items/I1", wait_until="networkidle")
        printed = Image.open(io.BytesIO(await page.screenshot(full_page=True)))
        words = await page.inner_text("main")
    [read] = zxingcpp.read_barcodes(printed)
    assert read.text == SHORT
    assert SHORT in words
    there = await browse.get(read.text.removeprefix(ADDRESS), follow_redirects=True)
    [receipt] = re.findall(r'href="(/receipts/[^"]+)"', there.text)
    assert (await browse.get(receipt)).text.startswith("c2sp.org/tlog-proof@v1\n")


@pytest.mark.parametrize("start", [SHA[:15], "0" * 16, SHA[:16].upper()])
async def test_there_is_no_code_of_what_is_not_public(inside, browse, start):
    await inside.tell(an_item())
    assert (await browse.get(f"/r/{start}/code.svg")).status_code == 404


async def test_where_no_address_is_set_no_code_is_printed(world, inside, browse, monkeypatch):
    await inside.tell(an_item())
    assert "code.svg" in (await browse.get("/items/I1")).text
    monkeypatch.delenv("MINGJING_PUBLIC_ADDRESS")
    app = build(await world.settings("portal"))
    try:
        async with browsing(app) as client:
            page = await client.get("/items/I1")
            assert SHA in page.text
            assert "code.svg" not in page.text
    finally:
        await app.state.database.close()
