"""A unit's catalogue is drafted, guided, approved and published; refusals first."""

import pytest

from support.cataloguing import (
    BIG_CONFISCATION,
    Catalogues,
    a_drafting_head,
    a_station_reviewer,
    the_city_drafter,
    the_colleague,
    the_county_head,
    the_drafter,
    the_guide,
    the_leader,
)
from support.officers import CITY, STATION
from support.reviewing import a_reviewer_elsewhere, the_directory, the_handler


@pytest.fixture
async def catalogue(bench):
    await bench.review.apply(*the_directory())
    return Catalogues(bench)


async def test_a_unit_has_one_draft_at_a_time(catalogue):
    await catalogue.to("drafted")
    again = await Catalogues(catalogue.bench).begin(the_colleague)
    assert again.status_code == 409
    assert "第 1 版尚未公布（起草中）" in again.text


@pytest.mark.parametrize("officer", [the_handler, a_reviewer_elsewhere, the_county_head])
async def test_who_is_not_of_its_legal_department_does_not_draft(catalogue, officer):
    assert (await catalogue.begin(officer)).status_code == 403
    await catalogue.to("drafted")
    assert (await catalogue.put(officer)).status_code == 403
    assert (await catalogue.act("strike", officer, code="closure")).status_code == 403
    assert (await catalogue.act("ask", officer)).status_code == 403


async def test_who_drafted_neither_guides_nor_approves(catalogue):
    await catalogue.to("drafted")
    assert (await catalogue.put(the_guide, title="另一项")).status_code == 303
    await catalogue.act("ask", the_drafter)
    own = await catalogue.act("guide", the_guide, verdict="guided")
    assert own.status_code == 403
    assert "本人起草或者修改过" in own.text
    assert (await catalogue.act("guide", the_city_drafter, verdict="guided")).status_code == 303
    shown = await catalogue.shown(the_county_head)
    own = await catalogue.act("approve", a_drafting_head, **shown)
    assert own.status_code == 403
    assert (await catalogue.row()).state == "guided"
    refused = [line for line in await catalogue.bench.audit() if line[3] == "own-draft"]
    assert [line[1] for line in refused[-2:]] == [
        "review.catalogue_guide",
        "review.catalogue_approve",
    ]


async def test_a_unit_does_not_guide_itself(catalogue):
    await catalogue.to("asked")
    own = await catalogue.act("guide", the_colleague, verdict="guided")
    assert own.status_code == 403
    assert "上级单位的法制部门" in own.text
    assert (await catalogue.row()).state == "asked"


@pytest.mark.parametrize("state", ["drafted", "asked"])
async def test_guidance_is_not_skipped(catalogue, state):
    await catalogue.to(state)
    fields = {"shown": "0" * 64, "since": "2026-01-01", "until": "2026-09-01"}
    refused = await catalogue.act("approve", the_county_head, **fields)
    assert refused.status_code == 409
    assert "不能审批" in refused.text
    outside = await catalogue.act("outside", the_drafter, words="电话请示过")
    assert outside.status_code in {400, 409}
    assert (await catalogue.row()).state == state


async def test_a_superior_in_the_platform_is_not_replaced_by_one_outside(catalogue):
    await catalogue.to("drafted")
    refused = await catalogue.act("outside", the_drafter, words="电话请示过")
    assert refused.status_code == 400
    assert "不能跳过上级指导" in refused.text
    assert "电话请示过" in refused.text  # nothing typed is lost


async def test_an_objection_says_what_is_to_be_changed_and_leads_back_to_the_draft(catalogue):
    await catalogue.to("asked")
    bare = await catalogue.act("guide", the_guide, verdict="objected")
    assert bare.status_code == 400
    done = await catalogue.act("guide", the_guide, verdict="objected", words="第九项数额过高")
    assert done.status_code == 303
    assert (await catalogue.row()).state == "drafted"
    page = await catalogue.bench.get(the_drafter, catalogue.base)
    assert "第九项数额过高" in page.text
    stranger = await catalogue.bench.get(a_reviewer_elsewhere, catalogue.base)
    assert stranger.status_code == 403


async def test_a_changed_text_is_guided_anew(catalogue):
    await catalogue.to("guided")
    assert (await catalogue.put(title="又加一项")).status_code == 303
    assert (await catalogue.row()).state == "drafted"


async def test_what_is_sent_back_says_why(catalogue):
    await catalogue.to("guided")
    assert (await catalogue.act("back", the_county_head)).status_code == 400
    assert (await catalogue.act("back", the_county_head, words="数额再议")).status_code == 303
    assert (await catalogue.row()).state == "drafted"


async def test_nobody_approves_what_nobody_looked_at(catalogue):
    await catalogue.to("guided")
    refused = await catalogue.act("approve", the_county_head, shown="")
    assert refused.status_code == 400
    assert "还没有查看这一版的影响预演" in refused.text


async def test_who_read_an_older_page_is_refused(catalogue):
    await catalogue.to("drafted")
    stale = await catalogue.put(seen=0, title="晚到的一项")
    assert stale.status_code == 409
    assert "晚到的一项" in stale.text
    assert len((await catalogue.row()).items) == 11


async def test_what_a_national_document_names_is_neither_struck_nor_changed(catalogue):
    await catalogue.to("drafted")
    struck = await catalogue.act("strike", the_drafter, code="social_risk")
    assert struck.status_code == 400
    assert "国办发〔2018〕118号" in struck.text
    changed = await catalogue.put(code="social_risk", title="可能造成重大社会影响")
    assert changed.status_code == 400


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "请填写条目名称"),
        ({"source": ""}, "请填写依据"),
        ({"confiscated": ""}, "没有任何条件"),
        ({"confiscated": "五千"}, "应为数字"),
        ({"confiscated": "-1"}, "应为数字"),
        ({"confiscated": "0"}, "应为数字"),
        ({"fine": "fixed"}, "至少填写一个数额"),
        ({"detention_days": "0"}, "应为 1 至 100 的整数"),
        ({"flags": "raining"}, "清单之外"),
        ({"levels": "moon"}, "清单之外"),
    ],
)
async def test_an_item_that_says_nothing_or_nonsense_is_refused(catalogue, fields, said):
    await catalogue.to("drafted")
    before = (await catalogue.row()).items
    refused = await catalogue.put(**fields)
    assert refused.status_code == 400
    assert said in refused.text
    if fields.get("title") is None:
        assert BIG_CONFISCATION["title"] in refused.text
    assert (await catalogue.row()).items == before


@pytest.mark.parametrize("day", ["2026-09-20", "2026-09-21", "", "明天"])
async def test_a_catalogue_does_not_hold_before_the_day_after_its_publication(catalogue, day):
    await catalogue.to("approved")
    refused = await catalogue.act("publish", the_drafter, valid_from=day)
    assert refused.status_code == 400
    assert "不溯及既往" in refused.text
    assert (await catalogue.row()).state == "approved"


async def test_it_may_hold_from_the_day_after_its_publication(catalogue):
    await catalogue.to("approved")
    assert (await catalogue.act("publish", the_drafter, valid_from="2026-09-22")).status_code == 303
    row = await catalogue.row()
    assert (row.state, str(row.published_on), str(row.valid_from)) == (
        "published",
        "2026-09-21",
        "2026-09-22",
    )
    (told,) = await catalogue.bench.told_of("catalogue.published")
    assert told == {
        "unit": catalogue.unit,
        "catalogue_version": "1",
        "valid_from": "2026-09-22",
        "sha256": row.items_sha256,
        "items": 11,
    }


async def test_a_version_does_not_hold_before_the_one_before_it(catalogue):
    await catalogue.to("published", valid_from="2026-10-01")
    second = Catalogues(catalogue.bench)
    await second.to("approved")
    refused = await second.act("publish", the_drafter, valid_from="2026-09-30")
    assert refused.status_code == 400
    assert "第 1 版自 2026-10-01 起施行" in refused.text


async def test_the_topmost_unit_notes_how_it_was_guided_from_outside(catalogue):
    city = Catalogues(catalogue.bench, CITY)
    await city.begin(the_guide)
    asked = await city.act("ask", the_guide)
    assert asked.status_code == 400
    assert (await city.act("outside", the_guide)).status_code == 400
    assert (await city.act("outside", the_guide, words="省厅法制总队9月1日函复")).status_code == 303
    assert (await city.approve(the_leader)).status_code == 303
    answer = await city.act("publish", the_guide, valid_from="2026-10-01")
    assert answer.status_code == 303
    steps = await catalogue.bench.review.database.all(
        "SELECT kind, codes FROM catalogue_steps WHERE version_id = :id ORDER BY place",
        id=city.version_id,
    )
    assert [step.kind for step in steps] == ["drafted", "outside", "approved", "published"]
    assert len(steps[2].codes["shown"]) == 64


async def test_what_was_written_is_sealed(catalogue):
    await catalogue.to("asked")
    rows = await catalogue.bench.review.database.all("SELECT words FROM catalogue_steps")
    assert not any("请指导".encode() in bytes(row.words) for row in rows if row.words)


async def test_a_station_below_drafts_from_what_holds_for_it(catalogue):
    await catalogue.to("published", valid_from="2026-09-22")
    catalogue.bench.clock.move_to("2026-09-22 08:00")
    own = Catalogues(catalogue.bench, STATION)
    assert (await own.begin(a_station_reviewer)).status_code == 303
    row = await own.row()
    assert row.based_on == catalogue.version_id
    assert row.items == (await catalogue.row()).items


async def test_the_audit_says_who_did_what(catalogue):
    await catalogue.to("published")
    done = [(line[0], line[1]) for line in await catalogue.bench.audit() if line[2] == "done"]
    assert done[-6:] == [
        ("034017", "review.catalogue_draft"),
        ("034017", "review.catalogue_draft"),
        ("034017", "review.catalogue_draft"),
        ("034005", "review.catalogue_guide"),
        ("034300", "review.catalogue_approve"),
        ("034017", "review.catalogue_publish"),
    ]
