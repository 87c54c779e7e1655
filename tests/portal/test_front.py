"""The public face: empty, light, cacheable, alone."""

import re
from datetime import UTC, date, datetime

from mingjing_portal.tables import PUBLIC_ITEMS
from support.web import text_of

WEIGHT_MAX = 100_000


async def publish(app, **changes):
    given = {
        "item_id": "I1",
        "kind": "permit",
        "title": "旅馆业特种行业许可（准予）",
        "document_number": "谢公特许字〔2026〕0117号",
        "unit_name": "谢家集分局",
        "made_on": date(2026, 11, 20),
        "published_at": datetime(2026, 11, 23, 6, tzinfo=UTC),
        "withdrawn_at": None,
    }
    async with app.state.database.transaction() as tx:
        await tx.insert(PUBLIC_ITEMS, [{**given, **changes}])


async def test_an_unknown_address_is_a_plain_chinese_page(browse):
    answer = await browse.get("/items/欧阳")
    assert answer.status_code == 404
    assert "回到首页" in answer.text
    assert "欧阳" not in answer.text


async def test_nothing_of_the_inside_is_described_or_linked(browse):
    assert (await browse.get("/portal/openapi.json")).status_code == 404
    text = (await browse.get("/")).text
    assert not re.findall(r"/(disclosure|recording|review|tasks|intake|gateway)\b", text)


async def test_the_empty_portal_says_so_and_how_to_report_an_error(browse):
    answer = await browse.get("/")
    assert answer.status_code == 200
    for said in ("公示门户", "暂无公示", "纠错", "隐私举报"):
        assert said in answer.text


async def test_the_front_page_with_its_style_weighs_less_than_100_kb(browse, app):
    for number in range(30):
        await publish(app, item_id=f"I{number}", title="题" * 60)
    page = await browse.get("/")
    weight = len(page.content)
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        weight += len((await browse.get(address)).content)
    assert weight < WEIGHT_MAX


async def test_the_front_page_works_without_script_and_without_other_hosts(browse):
    text = (await browse.get("/")).text
    assert "<script" not in text
    assert not re.findall(r"""["'](?:https?:)?//""", text)


async def test_an_unchanged_page_is_answered_short_and_a_changed_one_in_full(browse, app):
    first = await browse.get("/")
    held = {"If-None-Match": first.headers["etag"]}
    again = await browse.get("/", headers=held)
    assert (again.status_code, again.content) == (304, b"")
    await publish(app)
    changed = await browse.get("/", headers=held)
    assert changed.status_code == 200
    assert "旅馆业特种行业许可" in changed.text


async def test_a_cache_may_keep_the_page_but_must_ask(browse):
    assert (await browse.get("/")).headers["cache-control"] == "public, no-cache"
    assert (await browse.head("/")).status_code == 200


async def test_a_withdrawn_item_is_not_among_the_newest(browse, app):
    await publish(app, withdrawn_at=datetime(2026, 11, 24, tzinfo=UTC))
    assert "旅馆业" not in text_of(await browse.get("/"))


async def test_a_title_is_shown_as_text_whatever_it_holds(browse, app):
    await publish(app, title="<script>alert(1)</script>")
    assert "<script" not in text_of(await browse.get("/"))


async def test_the_portal_is_ready_with_its_own_database_alone(browse):
    assert (await browse.get("/readyz")).json()["ready"]
    assert (await browse.get("/healthz")).text == "ok"
    assert "http_server_request_duration_seconds" in (await browse.get("/metrics")).text
