"""What citizens read: an item, a tombstone, lists, search, the larger type."""

import re
from datetime import date

import pytest
from portal.given import TEXT, a_withdrawal, an_item

from mingjing_disclosure.rules.public_page import says_withdrawn, text_shown
from support.web import text_of

WEIGHT_MAX = 100_000


@pytest.mark.parametrize("address", ["/items/none", "/items/..%2f..", "/elder/items/none"])
async def test_an_item_that_is_not_there_is_said_so(browse, address):
    assert (await browse.get(address)).status_code == 404


@pytest.mark.parametrize("address", ["/list?kind=secret", "/list?after=x", "/withdrawn?after=="])
async def test_a_list_that_is_asked_wrongly_is_refused_in_words(browse, address):
    answer = await browse.get(address)
    assert answer.status_code == 400
    assert "所要的类别" in answer.text or "翻页标记" in answer.text


async def test_a_list_leads_on_and_shows_each_item_once(browse, inside):
    await inside.tell(*(an_item(f"I{n:02}") for n in range(45)), an_item("P1", kind="permit"))
    seen, address = [], "/list?kind=penalty"
    while address:
        text = (await browse.get(address)).text
        seen += re.findall(r"/items/([IP]\d+)", text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        address = found[1].replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen)) == 45
    assert "P1" not in seen


async def test_an_item_shows_its_text_its_facts_and_what_can_be_done_against_it(browse, inside):
    await inside.tell(an_item())
    answer = await browse.get("/items/I1")
    for said in ("田家庵分局", "警告、罚款 30000 元", "2026-11-18", "2026-11-27 前",
                 "2026-11-23，按期", "60 日内申请行政复议", "item=I1&amp;kind=privacy",
                 '<span class="masked" title="依法隐去">赵某</span>'):  # fmt: skip
        assert said in answer.text
    assert text_shown(answer.text) == TEXT


async def test_what_a_text_holds_is_shown_as_text_and_read_back_as_it_was(browse, inside):
    text = "<script>alert(1)</script>\n&lt; &amp; “引号” 'x'\n  二  空格"
    text = text.replace("\n  ", "\n")
    await inside.tell(an_item(text=text, masked=()))
    answer = await browse.get("/items/I1")
    assert "<script" not in answer.text
    assert text_shown(answer.text) == text


@pytest.mark.parametrize("masked", [((0, 0, 99),), ((99, 0, 1),), ((3, 7, 9), (3, 8, 10))])
async def test_a_mark_that_does_not_fit_hides_nothing(browse, inside, masked):
    await inside.tell(an_item(masked=masked))
    assert text_shown((await browse.get("/items/I1")).text) == TEXT


async def test_a_tombstone_says_why_since_when_and_by_which_law(browse, inside):
    await inside.tell(an_item())
    await inside.tell(a_withdrawal())
    answer = await browse.get("/items/I1")
    assert answer.status_code == 410
    for said in (
        "该内容已撤回",
        "原决定已被依法撤销",
        "2026-11-25",
        "行政处罚法（2021年修订）§48",
        "田家庵分局",
    ):
        assert said in answer.text
    assert says_withdrawn(answer.text)
    for gone in ("赌博", "示例信息", "网络安全"):
        assert gone not in answer.text
    assert "/items/I1" not in text_of(await browse.get("/")).split("最新公开")[1]
    found = await browse.post("/search", data={"q": "赌博"}, follow_redirects=True)
    assert "/items/I1" not in text_of(found)
    assert "原决定已被依法撤销" in (await browse.get("/withdrawn")).text


async def test_a_generic_tombstone_tells_nothing_of_what_was_there(browse, inside, app):
    await inside.tell(an_item())
    await inside.tell(a_withdrawal(generic=True, reason="该内容依法不再公开。", basis="规定§7"))
    pages = [(await browse.get(a)).text for a in ("/items/I1", "/withdrawn")]
    [row] = await app.state.database.all("SELECT t::text AS row FROM public_items t")
    for text in (*(page.split("<main")[1] for page in pages), row.row):
        for gone in ("田家庵", "00871", "罚款", "网络", "行政处罚", "penalty", "2026-11-18",
                     "2026-11-23"):  # fmt: skip
            assert gone not in text, gone
    assert "依法不再公开" in pages[0]


async def test_a_withdrawal_changes_the_etag_at_once(browse, inside):
    await inside.tell(an_item())
    first = await browse.get("/items/I1")
    held = {"If-None-Match": first.headers["etag"]}
    again = await browse.get("/items/I1", headers=held)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "public, no-cache"
    await inside.tell(a_withdrawal())
    assert (await browse.get("/items/I1", headers=held)).status_code == 410


async def test_a_correction_shows_the_new_text_and_the_history(browse, inside):
    await inside.tell(an_item())
    better = an_item(version=2, text=TEXT.replace("三万元", "两万元"), correction="更正罚款数额",
                     published_on=date(2026, 11, 25))  # fmt: skip
    await inside.tell(better)
    text = (await browse.get("/items/I1")).text
    for said in ("两万元", "第 2 版", "更正罚款数额", "2026-11-25", "2026-11-23，按期"):
        assert said in text
    assert "三万元" not in text


async def test_every_page_works_without_script_other_hosts_or_inline_style(browse, inside):
    await inside.tell(an_item(), an_item("I2"), a_withdrawal("I2"))
    for address in ("/", "/list", "/items/I1", "/items/I2", "/withdrawn", "/feedback",
                    "/search?q=赌博", "/elder/", "/elder/items/I1", "/elder/feedback"):  # fmt: skip
        answer = await browse.get(address)
        assert "<script" not in answer.text
        assert " style=" not in answer.text
        assert not re.findall(r"""["'](?:https?:)?//""", answer.text)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers


async def test_the_longest_item_weighs_less_than_100_kb_with_its_style(browse, inside):
    text = "\n".join(["字" * 100] * 190)
    await inside.tell(an_item(text=text, masked=tuple((n, 0, 2) for n in range(190))))
    page = await browse.get("/items/I1")
    weight = len(page.content)
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        weight += len((await browse.get(address)).content)
    assert weight < WEIGHT_MAX


async def test_the_larger_type_is_the_same_content_and_stays_larger_by_its_links(browse, inside):
    await inside.tell(an_item())
    text = (await browse.get("/elder/items/I1")).text
    assert text_shown(text) == TEXT
    assert 'class="elder"' in text
    links = re.findall(r'href="(/[^"#]*)"', text)
    inner = [link for link in links if not link.startswith("/static") and link != "/items/I1"]
    assert inner
    assert [link for link in inner if not link.startswith("/elder/")] == []
    assert 'href="/elder/items/I1"' in (await browse.get("/items/I1")).text


async def test_the_front_page_counts_what_came_and_links_by_kind(browse, inside):
    await inside.tell(an_item(), an_item("I2", due_on=date(2026, 11, 20)), an_item("I3"))
    await inside.tell(a_withdrawal("I3"))
    text = (await browse.get("/")).text
    for said in ("66.7%", "/list?kind=penalty", "已公开 3 件"):
        assert said in text
