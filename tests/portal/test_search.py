"""Search: two signs find, and no address, table or log says what was looked for."""

import re

import pytest
from portal.given import an_item

from mingjing_portal.acts import search
from mingjing_portal.rules.search import grams_of, squeezed, wanted_of

NAME = "赵小梅"


async def searched(browse, words, root=""):
    """What is found at the address to which the form leads."""
    return await browse.post(f"{root}/search", data={"q": words}, follow_redirects=True)


@pytest.mark.parametrize("words", ["", " ", "赌", "，", "a"])
async def test_fewer_than_two_signs_are_not_searched_and_said_so(browse, inside, words):
    await inside.tell(an_item())
    answer = await browse.post("/search", data={"q": words})
    assert answer.status_code == 200
    assert "/items/I1" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        "赌博",
        "罚款",
        "田家庵",
        "00871",
        "〔2026〕00871",
        "示例信息",
        "网络 罚款",
        "行罚决字",
        "ＷＷＷ例",
    ],
)
async def test_two_signs_find_anything_that_is_public(browse, inside, words):
    await inside.tell(an_item(title="未履行网络安全保护义务案www例"), an_item("I2", text="别的事"))
    assert "/items/I1" in (await searched(browse, words)).text


@pytest.mark.parametrize("words", ["博赌", "款罚", "赵梅", "张三", "罚款 张三"])
async def test_what_does_not_stand_there_is_not_found_and_said_so(browse, inside, words):
    await inside.tell(an_item())
    text = (await searched(browse, words)).text
    assert "没有找到" in text
    assert "/items/I1" not in text


async def test_pairs_that_are_apart_do_not_make_a_word(browse, inside):
    await inside.tell(an_item(text="赌场和博物"))
    assert "/items/I1" not in (await searched(browse, "赌博")).text


async def test_a_search_leads_on_by_addresses_and_shows_each_item_once(browse, inside):
    await inside.tell(*(an_item(f"I{n:02}") for n in range(45)))
    seen, answer = [], await searched(browse, "赌博")
    while answer:
        seen += re.findall(r"/items/(I\d+)", answer.text)
        found = re.search(r'rel="next" href="([^"]+)"', answer.text)
        answer = await browse.get(found[1]) if found else None
    assert len(seen) == len(set(seen)) == 45


@pytest.mark.parametrize("root", ["", "/elder"])
async def test_the_address_of_what_is_found_does_not_say_what_was_looked_for(browse, inside, root):
    await inside.tell(an_item(text=f"{NAME}不在此处"))
    answer = await browse.post(f"{root}/search", data={"q": NAME})
    assert answer.status_code == 303
    address = answer.headers["location"]
    assert re.fullmatch(rf"{root}/search/[\w-]{{20,}}", address)
    again = await browse.post(f"{root}/search", data={"q": NAME})
    assert again.headers["location"] != address  # nor that two looked for the same
    found = await browse.get(address)
    assert (found.status_code, "/items/I1" in found.text) == (200, True)
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["referrer-policy"] == "no-referrer"
    links = re.findall(r'(?:href|action)="([^"]*)"', found.text)
    assert not [link for link in links if NAME in link or "%E8" in link]


async def test_what_is_looked_for_is_in_no_table_and_no_log(browse, app, inside, caplog, capfd):
    await inside.tell(an_item())
    await searched(browse, NAME)
    for table in ("public_items", "public_counts", "bundle_head"):
        for row in await app.state.database.all(f"SELECT t::text AS row FROM {table} t"):
            assert NAME not in row.row
    out, err = capfd.readouterr()
    for text in (caplog.text, out, err):
        assert NAME not in text
        assert "%E8%B5%B5" not in text


async def test_an_old_address_with_words_shows_the_form_filled_in_and_searches_nothing(
    browse, inside
):
    await inside.tell(an_item())
    answer = await browse.get("/search", params={"q": "赌博"})
    assert answer.status_code == 200
    assert 'value="赌博"' in answer.text
    assert "请点“搜索”" in answer.text
    assert "/items/I1" not in answer.text


@pytest.mark.parametrize("address", ["/search/none", "/elder/search/none"])
async def test_a_search_that_is_over_says_so_and_offers_the_form(browse, address):
    answer = await browse.get(address)
    assert answer.status_code == 410
    assert "已过期" in answer.text
    assert 'method="post"' in answer.text


def test_a_search_is_held_for_minutes_after_its_last_use():
    now = 1000.0
    held = search.Searches(lambda: now)
    name = held.keep(NAME)
    now += search.KEPT_SECONDS - 1
    assert held.words(name) == NAME
    now += search.KEPT_SECONDS - 1
    assert held.words(name) == NAME
    now += search.KEPT_SECONDS
    assert held.words(name) is None
    assert not held.held


def test_not_more_than_so_many_searches_are_held():
    now = 1000.0
    held = search.Searches(lambda: now)
    for _ in range(search.KEPT_MAX + 5):
        held.keep(NAME)
        now += 0.1
    assert len(held.held) <= search.KEPT_MAX


async def test_more_than_a_minute_takes_is_refused_with_when_to_come_again(browse):
    for _ in range(search.PER_MINUTE_MAX):
        await browse.post("/search", data={"q": "赌博"})
    answers = [await browse.post("/search", data={"q": "赌博"}) for _ in range(20)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0].headers["retry-after"]) >= 1
    assert 'value="赌博"' in refused[0].text


async def test_a_form_longer_than_any_search_is_refused(browse):
    answer = await browse.post("/search", data={"q": "赌" * 2000})
    assert answer.status_code == 413


async def test_a_word_of_the_front_page_is_searched_by_a_click_without_script(browse, inside):
    await inside.tell(an_item())
    page = (await browse.get("/")).text
    assert "/search?q=" not in page
    words = re.findall(r'<button name="q" value="([^"]+)"', page)
    assert "/items/I1" in (await searched(browse, words[2])).text


def test_pairs_are_made_of_letters_digits_and_chinese_signs_only():
    assert grams_of(squeezed(["赌博，Ａ1", "行"])) == ["a1", "赌博"]
    assert wanted_of("赌 博") is None
    assert wanted_of("赌博 罚款").words == ("赌博", "罚款")
