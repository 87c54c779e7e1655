"""After a change of law each catalogue is adjusted or checked within a month."""

from datetime import date, datetime

import pytest

from mingjing_review.rules.law_change import Change, Checked, Settled, duties
from mingjing_shared.events.legislation import LawChanged
from mingjing_shared.law.calendar import published_calendar
from support.cataloguing import Catalogues, the_city_drafter, the_drafter, the_guide
from support.events import received
from support.officers import CITY, COUNTY
from support.reviewing import a_reviewer_elsewhere, an_inspector, the_directory, the_handler

SOURCE = "治安管理处罚法（2025年修订）§117"
ENTERED = {"what": "public_security_2025", "holds_from": "2026-09-01", "law_source": SOURCE}
TOLD = Change("/huainan/lawdesk", "e1", date(2026, 8, 20), "law", date(2026, 9, 1), SOURCE)


def changed(**changes):
    given = {"what": "public_security_2025", "from": "2026-09-01", "source": SOURCE}
    return received(LawChanged, **{**given, **changes})


def owed(today, *, published=(), checked=(), change=TOLD):
    settled = Settled({"city": list(published)}, list(checked))
    (duty,) = duties(["city"], [change], settled, published_calendar(), today)
    return duty


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 9, 30), "open"),
        (date(2026, 10, 8), "open"),  # 10-01 is in a holiday: the first working day after it
        (date(2026, 10, 9), "overdue"),
    ],
)
def test_a_catalogue_is_adjusted_within_a_month(today, state):
    duty = owed(today)
    assert (duty.state, duty.term.due_on) == (state, date(2026, 10, 8))
    assert "任务2" in duty.says


@pytest.mark.parametrize(
    ("published", "state"),
    [
        (date(2026, 8, 19), "overdue"),  # before anybody was told
        (date(2026, 8, 20), "adjusted"),
        (date(2026, 8, 21), "adjusted"),
        (date(2026, 10, 9), "adjusted"),  # late, and settled
    ],
)
def test_a_version_published_after_it_was_told_settles_it(published, state):
    assert owed(date(2026, 10, 12), published=[published]).state == state


def test_a_check_settles_the_very_change_of_the_very_unit():
    mine = Checked("city", *TOLD.key, date(2026, 9, 20))
    assert owed(date(2026, 10, 12), checked=[mine]).state == "checked"
    other = Checked("city", "/huainan/lawdesk", "e2", date(2026, 9, 20))
    elsewhere = Checked("county", *TOLD.key, date(2026, 9, 20))
    assert owed(date(2026, 10, 12), checked=[other, elsewhere]).state == "overdue"


def test_before_the_rule_nothing_runs_and_a_provisional_day_is_never_overdue():
    old = Change("s", "e", date(2019, 9, 2), "law", date(2019, 9, 2), SOURCE)
    assert owed(date(2026, 10, 12), change=old).state == "no_rule"
    late = Change("s", "e", date(2026, 12, 1), "law", date(2026, 12, 20), SOURCE)
    duty = owed(date(2027, 3, 1), change=late)
    assert (duty.term.provisional, duty.state) == (True, "open")


@pytest.mark.parametrize("officer", [the_drafter, the_handler, an_inspector])
async def test_only_the_case_manager_enters_a_change_of_law(bench, officer):
    await bench.review.apply(*the_directory())
    refused = await bench.post(officer, "/review/catalogue/changes", **ENTERED)
    assert refused.status_code == 403
    assert await bench.told_of("law.changed") == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"what": "治安"}, "只用字母"),
        ({"holds_from": "明年"}, "不是日期"),
        ({"law_source": ""}, "请填写文件和条款"),
    ],
)
async def test_a_change_that_is_not_whole_is_refused_and_kept_on_the_page(bench, fields, said):
    await bench.review.apply(*the_directory())
    sent = {**ENTERED, **fields, "affected": "罚款达到听证数额"}
    refused = await bench.post(the_guide, "/review/catalogue/changes", **sent)
    assert refused.status_code == 400
    assert said in refused.text
    assert "罚款达到听证数额</textarea>" in refused.text


async def test_a_change_that_is_entered_is_told_and_opens_a_term(bench):
    await bench.review.apply(*the_directory())
    done = await bench.post(the_guide, "/review/catalogue/changes", **ENTERED)
    assert done.status_code == 303
    assert await bench.told_of("law.changed") == [
        {"what": "public_security_2025", "from": "2026-09-01", "source": SOURCE}
    ]
    rows = await bench.review.database.all("SELECT topic FROM outbox")
    assert [row.topic for row in rows] == ["review"]  # as officers enter it, not as publishers do
    page = await bench.get(the_guide, "/review/catalogue")
    assert SOURCE in page.text
    assert "剩 17 日" in page.text
    assert "待调整" in page.text


async def test_what_was_entered_here_and_comes_back_by_its_topic_is_one_change(bench):
    await bench.review.apply(*the_directory())
    await bench.post(the_guide, "/review/catalogue/changes", **ENTERED)
    (row,) = await bench.review.database.all("SELECT source, event_id FROM law_changes")
    about = {"source": row.source, "id": row.event_id}
    await bench.review.apply(changed(about=about))
    assert len(await bench.review.database.all("SELECT what FROM law_changes")) == 1


async def test_every_unit_with_a_catalogue_owes_and_what_is_overdue_is_in_the_duties(
    bench,
):
    await bench.review.apply(*the_directory())
    bench.clock.move_to("2026-08-03 10:00")
    await Catalogues(bench).to("published", valid_from="2026-08-04")
    bench.clock.move_to("2026-10-09 10:00")
    assert (await bench.get(the_guide, "/review/fragments/bell")).text == "0"
    await bench.review.apply(
        changed(about={"time": datetime.fromisoformat("2026-08-20T08:00:00+08:00")})
    )
    page = await bench.get(the_guide, "/review/catalogue")
    assert page.text.count("已超 1 日") == 2
    assert (await bench.get(the_guide, "/review/fragments/bell")).text == "2"
    todo = await bench.get(the_guide, "/review/fragments/todo")
    assert todo.text.count("调整目录") == 2
    assert "测试分局" in (await bench.get(the_drafter, "/review/catalogue")).text
    assert (await bench.get(the_drafter, "/review/fragments/bell")).text == "1"  # its own
    assert (await bench.get(the_handler, "/review/fragments/bell")).text == "0"


async def test_a_check_needs_a_reason_and_settles_it(bench):
    await bench.review.apply(*the_directory(), changed())
    (row,) = await bench.review.database.all("SELECT source, event_id FROM law_changes")
    path = f"/review/catalogue/{CITY}/checks"
    fields = {"source": row.source, "event_id": row.event_id}
    assert (await bench.post(a_reviewer_elsewhere, path, **fields)).status_code == 403
    assert (await bench.post(the_guide, path, **fields)).status_code == 400
    unknown = await bench.post(the_guide, path, source="x", event_id="y", words="没有影响")
    assert unknown.status_code == 404
    done = await bench.post(the_guide, path, **fields, words="逐项核对，没有涉及的条目")
    assert done.status_code == 303
    again = await bench.post(the_city_drafter, path, **fields, words="再核对一次")
    assert again.status_code == 409
    page = await bench.get(the_guide, f"/review/catalogue/{CITY}")
    assert "无需调整" in page.text
    assert "逐项核对，没有涉及的条目" in page.text
    rows = await bench.review.database.all("SELECT words FROM catalogue_checks")
    assert "逐项核对".encode() not in bytes(rows[0].words)


async def test_a_corrected_change_is_the_one_that_counts(bench):
    first = changed(about={"time": datetime.fromisoformat("2026-08-20T08:00:00+08:00")})
    right = changed(
        **{"from": "2026-12-01"},
        about={
            "time": datetime.fromisoformat("2026-08-21T08:00:00+08:00"),
            "supersedes": f"{first.envelope.source}#{first.envelope.id}",
        },
    )
    await bench.review.apply(*the_directory(), right, first)
    page = await bench.get(the_guide, f"/review/catalogue/{CITY}")
    assert page.text.count(SOURCE) == 2  # once in the list, once in the form to check it
    assert COUNTY not in page.text
