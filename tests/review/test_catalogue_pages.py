"""目录清单, a unit, a version, the rules of the law: what each shows to whom."""

import re
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy import event

from mingjing_review.pages.catalogue_words import conditions
from mingjing_review.pages.law import NAMES, _files, _rows
from mingjing_review.rules.item import Item
from mingjing_review.tables import CATALOGUE_VERSIONS
from support.cataloguing import (
    Catalogues,
    a_drafting_head,
    a_version,
    the_city_drafter,
    the_colleague,
    the_county_head,
    the_drafter,
    the_guide,
    the_leader,
)
from support.officers import CITY, COUNTY, ELSEWHERE
from support.reviewing import a_reviewer_elsewhere, an_editor, the_directory, the_handler

QUERIES_MAX = 15
ITEM = msgspec.to_builtins(
    Item(code="seized", title="较大数额没收", source="本局规定", confiscated="5000")
)


async def planted(bench, *rows):
    await bench.review.apply(*the_directory())
    async with bench.review.database.transaction() as tx:
        await tx.insert(CATALOGUE_VERSIONS, rows)


@pytest.mark.parametrize("path", ["/review/catalogue", f"/review/catalogue/{CITY}", "/review/law"])
async def test_who_has_nothing_to_do_with_review_sees_none_of_it(bench, path):
    await bench.review.apply(*the_directory())
    assert (await bench.get(an_editor, path)).status_code == 403
    for officer in (the_handler, the_drafter, the_guide, the_leader):
        assert (await bench.get(officer, path)).status_code == 200


async def test_published_catalogues_are_for_all_and_drafts_for_those_above(bench):
    await bench.review.apply(*the_directory())
    county = Catalogues(bench)
    await county.to("published", valid_from="2026-09-22")
    draft = Catalogues(bench)
    await draft.begin()
    for officer, drafts in (
        (the_guide, 1),
        (the_county_head, 1),
        (a_reviewer_elsewhere, 0),
        (the_handler, 0),
    ):
        listed = (await bench.get(officer, "/review/catalogue")).text
        assert listed.count("第 2 版") == drafts
        assert listed.count("第 1 版") == 1
        assert (await bench.get(officer, county.base)).status_code == 200
        assert (await bench.get(officer, draft.base)).status_code == (200 if drafts else 403)


async def test_every_state_has_its_word_and_its_count(bench):
    today = date(2026, 9, 21)
    rows = [
        a_version(CITY, 1, today - timedelta(days=9), [ITEM]),
        a_version(CITY, 2, today - timedelta(days=1), [ITEM]),
        a_version(CITY, 3, today + timedelta(days=1), [ITEM]),
        *(
            a_version(unit, 1, today, [ITEM], state=state, published_on=None, valid_from=None)
            for unit, state in (
                (COUNTY, "drafted"),
                (ELSEWHERE, "asked"),
                ("340404000000", "guided"),
                ("340406000000", "approved"),
            )
        ),
    ]
    await planted(bench, *rows)
    page = (await bench.get(the_leader, "/review/catalogue")).text
    words = ("起草中", "待指导", "待审批", "待公布", "待施行", "施行中", "已替代")
    for word in words:
        assert f"<b>1</b><span>{word}</span>" in page
    only = (await bench.get(the_leader, "/review/catalogue", state="replaced")).text
    assert "第 1 版" in only
    assert "第 2 版" not in only
    assert (await bench.get(the_leader, "/review/catalogue", state="burnt")).status_code == 400
    bench.clock.move_to("2026-09-22 00:00")
    moved = (await bench.get(the_leader, "/review/catalogue")).text
    assert "<b>2</b><span>已替代</span>" in moved


async def test_a_long_list_has_pages(bench):
    first = date(2019, 1, 1)
    rows = [a_version(CITY, number, first + timedelta(days=number), [ITEM]) for number in range(60)]
    await planted(bench, *rows)
    page = (await bench.get(the_leader, "/review/catalogue")).text
    assert page.count("data-row") == 50
    mark = page.split("after=", 1)[1].split('"', 1)[0]
    rest = (await bench.get(the_leader, "/review/catalogue", after=mark)).text
    assert rest.count("data-row") == 10
    assert (await bench.get(the_leader, "/review/catalogue", after="x")).status_code == 400


@pytest.fixture
def queries(bench):
    """How many statements a page asks for."""
    engine = bench.client._transport.app.state.database.engine.sync_engine
    asked = []

    def note(_conn, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


async def test_a_page_asks_few_questions_however_many_catalogues_there_are(bench, queries):
    first = date(2019, 1, 1)
    rows = [
        a_version(unit, number, first + timedelta(days=number), [ITEM])
        for unit in (CITY, COUNTY, ELSEWHERE)
        for number in range(1, 31)
    ]
    await planted(bench, *rows)
    for path in (
        "/review/catalogue",
        f"/review/catalogue/{COUNTY}",
        f"/review/catalogue/versions/{COUNTY}-30",
        "/review/law",
        "/review/fragments/bell",
        "/review/fragments/todo",
    ):
        del queries[:]
        assert (await bench.get(the_guide, path)).status_code == 200
        assert len(queries) <= QUERIES_MAX, (path, len(queries))


async def test_a_unit_says_by_which_catalogue_it_goes_today(bench):
    await bench.review.apply(*the_directory())
    page = (await bench.get(the_drafter, f"/review/catalogue/{COUNTY}")).text
    assert "平台首版：本单位和上级单位都没有公布过目录" in page
    assert "行政处罚法（2021年修订）§58第一款第（四）项" in page
    async with bench.review.database.transaction() as tx:
        await tx.insert(CATALOGUE_VERSIONS, [a_version(CITY, 1, date(2026, 9, 21), [ITEM])])
    page = (await bench.get(the_drafter, f"/review/catalogue/{COUNTY}")).text
    assert "测试市公安局第 1 版，自 2026-09-21 起施行（本单位没有公布过" in page
    assert (await bench.get(the_drafter, "/review/catalogue/999999999999")).status_code == 404


@pytest.mark.parametrize(
    ("state", "offered", "to", "not_to"),
    [
        ("drafted", "/ask", the_colleague, the_county_head),
        ("asked", "/guide", the_guide, the_colleague),
        ("guided", "/back", the_county_head, a_drafting_head),
        ("approved", "/publish", the_drafter, the_county_head),
    ],
)
async def test_a_version_offers_what_is_next_to_who_may(bench, state, offered, to, not_to):
    await bench.review.apply(*the_directory())
    catalogue = Catalogues(bench)
    await catalogue.to(state)
    assert f'action="{catalogue.base}{offered}"' in (await bench.get(to, catalogue.base)).text
    assert (
        f'action="{catalogue.base}{offered}"' not in (await bench.get(not_to, catalogue.base)).text
    )


async def test_the_form_of_an_item_holds_what_stands_in_it(bench):
    await bench.review.apply(*the_directory())
    catalogue = Catalogues(bench)
    await catalogue.begin()
    sent = {
        "confiscated": "",
        "fine": "fixed",
        "fine_person": "800",
        "levels": ["police_station"],
        "flags": ["social_risk"],
    }
    assert (await catalogue.put(**sent)).status_code == 303
    page = (await bench.get(the_drafter, f"{catalogue.base}/items", code="item_1")).text
    assert 'value="800"' in page
    assert 'name="levels" value="police_station" checked' in page
    assert 'name="fine" value="fixed" checked' in page
    missing = await bench.get(the_drafter, f"{catalogue.base}/items", code="nothing")
    assert missing.status_code == 404


async def test_a_published_version_is_not_changed_by_any_form(bench):
    await bench.review.apply(*the_directory())
    catalogue = Catalogues(bench)
    await catalogue.to("published")
    assert (await bench.get(the_drafter, f"{catalogue.base}/items")).status_code == 409
    for act in ("ask", "strike", "items", "publish"):
        refused = await catalogue.act(act, the_drafter, title="一", source="二", confiscated="1")
        assert refused.status_code == 409
    assert (await bench.get(the_city_drafter, "/review/catalogue/versions/none")).status_code == 404


@pytest.mark.parametrize(
    ("on", "amounts"),
    [
        ("2025-12-31", {"2000": "有效", "4000": "尚未生效"}),
        ("2026-01-01", {"2000": "已失效", "4000": "有效"}),
    ],
)
async def test_the_rules_are_shown_as_they_held_on_a_day(bench, on, amounts):
    await bench.review.apply(*the_directory())
    page = (await bench.get(the_handler, "/review/law", on=on, file="hearing")).text
    rows = [row for row in page.split("<tr") if "hearing.fine.public_security.person" in row]
    said = {
        amount: state
        for row in rows
        for amount in amounts
        for state in ("有效", "已失效", "尚未生效")
        if f"{amount}元" in row and f">{state}</span>" in row
    }
    assert said == amounts


async def test_every_rule_of_review_is_on_the_page(bench):
    page = (await bench.get(the_handler, "/review/law")).text
    for what in ("ground.58.by_other_law", "review.opinion", "hearing.fine.other.person",
                 "review.simple.public_security", "review.powers.station.public_security",
                 "review.catalogue_adjust", "catalogue.social_risk"):  # fmt: skip
        assert what in page


@pytest.mark.parametrize("query", [{"on": "gestern"}, {"file": "../secret"}])
async def test_what_is_no_day_or_no_file_is_refused_in_words(bench, query):
    assert (await bench.get(the_handler, "/review/law", **query)).status_code == 400


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decision_kinds": ("permit", "coercion")}, ["决定种类：行政许可或行政强制"]),
        ({"flags": ("social_risk", "hearing_held")},
         ["情形：可能造成重大社会影响或者引发社会风险且经过听证程序"]),
        ({"fine_person": "1000", "fine_organisation": "20000.50"},
         ["罚款：个人 1,000 元以上，单位 20,000.50 元以上"]),
        ({"fine_at_hearing": True, "levels": ("moon",)}, ["层级：moon", "罚款达到听证数额"]),
        ({"confiscated": "5000", "detention_days": 10},
         ["没收：5,000 元以上", "行政拘留：10 日以上"]),
    ],
)  # fmt: skip
def test_an_item_says_in_words_what_it_asks_for(given, said):
    assert conditions(Item(code="a", title="一", source="二", **given)) == said


def test_every_rule_is_shown_in_words():
    said = {
        text
        for name in _files()
        for row in _rows(name, date(2026, 9, 21))
        for pair in row["value"]
        for text in pair
    }
    assert set(NAMES) == _files()
    allowed = re.compile(r"[^a-z]*|\*|.*[\u4e00-\u9fff].*", re.DOTALL)
    codes = {one for one in said if not allowed.fullmatch(one)}
    assert codes == set()
