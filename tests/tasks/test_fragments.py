"""What the front page, the bell, the search and 我的操作记录 show of tasks."""

import re

import pytest
from tasks.given import (
    NUMBER,
    a_bypass,
    a_case,
    a_decision,
    apply,
    at_desk_of,
    full,
    of_disclosure,
    of_recording,
    of_review,
)
from tasks.test_notice import TEXT

from mingjing_shared.events.casework import DocumentMade
from mingjing_shared.events.disclosure import DisclosureOverdue
from mingjing_shared.events.recording import CasefileOverdue
from mingjing_shared.events.review import ReviewOverdue
from mingjing_tasks.acts.notice import import_notice
from mingjing_tasks.acts.task import Report, accept, report
from mingjing_tasks.acts.warning import explain, take
from mingjing_tasks.rules.search import folded
from support.officers import CITY, COUNTY, CSRF, ELSEWHERE, STATION, an_officer

OTHER = "潘公（治）2026-00377"
HEAD = an_officer("unit_head", number="034100", unit=COUNTY)


async def faults(tasks):
    """Four faults in a case of the station, one elsewhere."""
    await apply(
        tasks,
        a_case(unit=STATION, handlers=["034211"]),
        a_case(OTHER, unit=ELSEWHERE, handlers=["034999"]),
        a_decision(unit=STATION, document_number="田公（网）行罚决字[2026]00871号"),
        a_bypass(),
        of_disclosure(DisclosureOverdue, due_on="2026-09-20"),
        of_recording(CasefileOverdue, breach_on="2026-09-19"),
        of_recording(CasefileOverdue, OTHER, breach_on="2026-09-19"),
        of_review(ReviewOverdue, decide_by="2026-09-21"),
    )


async def asked(browser, part, *roles, **about):
    async with browser(*roles, **about) as client:
        answer = await client.get(f"/tasks/fragments/{part}")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    return answer.text


@pytest.mark.parametrize("roles", [[], ["case_handler"], ["administrator"], ["bureau_leader"]])
async def test_whoever_owes_nothing_here_reads_one_line(browser, tasks, roles):
    await faults(tasks)
    assert "没有等您办的事" in await asked(browser, "todo", *roles, unit=STATION)
    assert await asked(browser, "bell", *roles, unit=STATION) == "0"


@pytest.mark.parametrize(
    ("role", "unit", "owed"),
    [
        ("unit_head", COUNTY, ["未审先决", "归档超期"]),
        ("unit_head", ELSEWHERE, ["归档超期"]),
        ("unit_head", STATION, ["未审先决", "归档超期"]),
        ("legal_reviewer", COUNTY, ["审核超期"]),
        ("disclosure_editor", CITY, ["公示超期"]),
        ("operator", CITY, []),
        ("case_manager", CITY, []),
    ],
)
async def test_everybody_is_owed_what_is_addressed_to_the_own_role_and_unit(
    browser, tasks, role, unit, owed
):
    await faults(tasks)
    text = await asked(browser, "todo", role, unit=unit)
    assert re.findall(r">(\S+)预警</a>", text) == owed  # the first due on top
    assert await asked(browser, "bell", role, unit=unit) == str(len(owed))


async def test_each_row_says_by_when_and_why_and_leads_there(browser, tasks):
    await faults(tasks)
    async with browser("unit_head", unit=COUNTY) as client:
        text = (await client.get("/tasks/fragments/todo")).text
        for address in re.findall(r'href="([^"]+)"', text):
            assert (await client.get(address)).status_code == 200
    for shown in ("2026-09-19", "请签收并说明", NUMBER):
        assert shown in text


async def test_what_was_explained_is_owed_no_more_and_waits_for_an_inspector(browser, tasks):
    await faults(tasks)
    (row,) = await tasks.all(
        "SELECT warning_id FROM warnings WHERE kind = 'decision_without_review'"
    )
    async with at_desk_of(tasks, HEAD) as desk:
        await take(desk, row.warning_id)
        await explain(desk, row.warning_id, "oversight", "已补审")
    assert "未审先决" not in await asked(browser, "todo", "unit_head", unit=COUNTY)
    assert "已说明，待核销" in await asked(browser, "todo", "inspector", unit=CITY)


async def test_tasks_that_are_late_or_wait_for_a_check_are_owed(browser, tasks):
    text = TEXT.replace("2030年1月底前", "2019年8月底前")
    async with tasks.transaction() as tx:
        await import_notice(tx, text, "034017")
    assert "任务 1<" in await asked(browser, "todo", "case_manager", unit=CITY)
    assert "任务 1<" not in await asked(browser, "todo", "unit_head", unit=COUNTY)
    async with at_desk_of(tasks, HEAD) as desk:
        await accept(desk, 1, COUNTY)
    assert "任务 1<" in await asked(browser, "todo", "unit_head", unit=COUNTY)
    assert await asked(browser, "bell", "unit_head", unit=COUNTY) == "1"
    shown = [{"kind": "blob", "value": "a" * 64}]
    async with at_desk_of(tasks, HEAD) as desk:
        await report(desk, 1, COUNTY, Report("换好了", 100, done=True, evidence=shown))
    assert "任务 1<" not in await asked(browser, "todo", "unit_head", unit=COUNTY)
    assert "待核验" in await asked(browser, "todo", "inspector", unit=CITY)


async def found(browser, text, *roles, **about):
    async with browser(*(roles or ("inspector",)), **{"unit": CITY, **about}) as client:
        return await client.post("/tasks/fragments/search", data={"csrf": CSRF, "q": text})


@pytest.mark.parametrize("text", ["", " ", "田", "x" * 81])
async def test_less_than_two_characters_are_no_search(browser, text):
    answer = await found(browser, text)
    assert answer.status_code == 400
    assert "应为 2 到 80 个字" in answer.text


async def test_a_search_of_another_session_is_refused(browser):
    async with browser("inspector", unit=CITY) as client:
        answer = await client.post("/tasks/fragments/search", data={"csrf": "x", "q": "田公"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "田公(网)2026-01183",
        "田公（网）２０２６－０１１８３",
        "田公",
        "01183",
        "（网",
        "00871",
        "行罚决字〔2026〕00871",
        "行罚决字【2026】00871号",
        "034211",
    ],
)
async def test_a_case_is_found_by_any_part_of_what_people_write_down(browser, tasks, text):
    await faults(tasks)
    answer = await found(browser, text)
    assert answer.status_code == 200
    assert NUMBER in answer.text
    assert f"/tasks/cases/{tasks.installation.references.case(NUMBER)}" in answer.text


async def test_a_document_is_found_by_its_number(browser, tasks):
    document = full(DocumentMade, case_number=NUMBER, document_number="淮公传字〔2026〕8号")
    await apply(tasks, a_case(unit=STATION), document)
    assert "淮公传字〔2026〕8号" in (await found(browser, "传字")).text


async def test_units_are_found_by_name_and_code(browser):
    for text in ("大通", COUNTY):
        assert "大通分局" in (await found(browser, text)).text


@pytest.mark.parametrize("text", ["%", "__", "%%", "'; --", "不存在的字"])
async def test_what_is_not_there_is_not_found_and_says_where_was_looked(browser, tasks, text):
    await faults(tasks)
    answer = await found(browser, text + text)
    assert answer.status_code == 200
    assert "没有找到" in answer.text
    assert "已查案号、文书号、承办人警号和单位" in answer.text


async def test_only_cases_that_the_officer_may_see_are_found(browser, tasks):
    await faults(tasks)
    for role, about, wanted in (
        ("unit_head", {"unit": ELSEWHERE}, {OTHER}),
        ("case_handler", {"number": "034211"}, {NUMBER}),
        ("operator", {}, set()),
    ):
        text = (await found(browser, "2026", role, **about)).text
        assert {n for n in (NUMBER, OTHER) if n in text} == wanted


def test_width_case_and_blanks_at_the_ends_do_not_count():
    assert folded(" ＡB（网） ") == "ab(网)"


async def test_everybody_reads_the_own_log(browser, tasks):
    await faults(tasks)
    ref = tasks.installation.references.case(NUMBER)
    async with browser("case_handler", number="034999", unit=STATION) as client:
        await client.get(f"/tasks/cases/{ref}")
        mine = (await client.get("/tasks/fragments/log")).text
    assert "查看案件全景" in mine
    assert "被拒绝" in mine
    assert "不在权限之内" in mine
    others = await asked(browser, "log", "inspector", unit=CITY)
    assert "查看案件全景" not in others
