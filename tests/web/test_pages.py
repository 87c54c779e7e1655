"""The plain page of every department: what it lists, what it never says, how it is paged."""

import pytest

from support.people import (
    NAME,
    NUMBER,
    PERSONAL,
    a_bypass,
    a_case,
    a_decision,
    a_proposal,
    an_act,
    an_end,
    apply,
)

DEPARTMENTS = ("disclosure", "recording", "review", "tasks")
PAGES = {
    "disclosure": ("/disclosure/",),
    "recording": ("/recording/", "/recording/casefiles"),
    "review": ("/review/",),
    "tasks": ("/tasks/events", "/tasks/warnings"),
}
LISTS = {
    "disclosure": ("/disclosure/api/items",),
    "recording": ("/recording/api/actions", "/recording/api/casefiles"),
    "review": ("/review/api/reviews",),
    "tasks": ("/tasks/api/events", "/tasks/api/warnings"),
}
EVERY_LIST = [(service, path) for service in DEPARTMENTS for path in LISTS[service]]
EVENTS = {
    "disclosure": lambda n: [a_case(), a_decision(decision_id=f"D{n:03}")],
    "recording": lambda n: [
        a_case(f"田公（网）{n:05}"),
        an_act(f"田公（网）{n:05}", action_id=f"A{n:03}"),
        an_end(f"田公（网）{n:05}"),
    ],
    "review": lambda n: [a_case(), a_decision(decision_id=f"D{n:03}")],
    "tasks": lambda n: [a_case(), a_bypass(decision_id=f"D{n:03}")],
}


@pytest.mark.parametrize("service", DEPARTMENTS)
async def test_an_empty_page_says_what_would_be_here(browser, service):
    browse = await browser(service)
    for path in PAGES[service]:
        answer = await browse.get(path)
        assert answer.status_code == 200
        assert "mj-empty" in answer.text


@pytest.mark.parametrize("service", DEPARTMENTS)
async def test_the_bar_marks_the_department_and_leads_to_the_others(browser, service):
    text = (await (await browser(service)).get(f"/{service}/")).text
    assert f'<a href="/{service}/" aria-current="page">' in text
    for other in DEPARTMENTS:
        assert f'href="/{other}/"' in text


@pytest.mark.parametrize("service", DEPARTMENTS)
async def test_no_page_and_no_list_says_who(browser, world, service):
    database = await world.database(service)
    events = [a_case(), an_act(), a_proposal(), a_decision(), an_end(), a_bypass()]
    known = {
        "disclosure": (0, 3, 4),
        "recording": (0, 1, 3, 4),
        "review": (0, 2, 3, 4),
        "tasks": range(6),
    }
    await apply(database, *(events[place] for place in known[service]))
    browse = await browser(service)
    case_ref = database.installation.references.case(NUMBER)
    further = (f"/tasks/cases/{case_ref}", f"/tasks/api/cases/{case_ref}")
    for path in (*PAGES[service], *LISTS[service], *(further if service == "tasks" else ())):
        answer = await browse.get(path)
        assert answer.status_code == 200
        assert NUMBER in answer.text or "2026-01183" in answer.text
        assert not [value for value in PERSONAL if value in answer.text], path


@pytest.mark.parametrize(("service", "path"), EVERY_LIST)
async def test_a_list_is_read_to_its_end_page_by_page_and_each_row_once(
    browser, world, service, path
):
    events = [event for n in range(120) for event in EVENTS[service](n)]
    await apply(await world.database(service), *events)
    browse = await browser(service)
    seen, after, pages = [], None, 0
    while pages < 9:
        answer = (await browse.get(path, params={"after": after or ""})).json()
        (rows,) = (value for value in answer.values() if isinstance(value, list))
        seen += [repr(sorted(row.items(), key=str)) for row in rows]
        after, pages = answer["next"], pages + 1
        if after is None:
            break
    assert len(seen) == len(set(seen)) >= 120
    assert pages == -(-len(seen) // 50)


@pytest.mark.parametrize(("service", "path"), EVERY_LIST)
async def test_a_damaged_mark_is_refused(browser, service, path):
    answer = await (await browser(service)).get(path, params={"after": "WyJhIiwiYiIsImMiXQ"})
    assert answer.status_code == 400
    assert "翻页标记" in answer.json()["detail"]


@pytest.mark.parametrize("service", DEPARTMENTS)
async def test_the_description_of_the_api_names_every_list(browser, service):
    paths = (await (await browser(service)).get(f"/{service}/openapi.json")).json()["paths"]
    assert set(LISTS[service]) <= set(paths)


async def test_an_act_is_listed_with_what_must_be_recorded_and_by_when(browser, world):
    await apply(await world.database("recording"), a_case(), an_act())
    text = (await (await browser("recording")).get("/recording/")).text
    for said in ("扣押", "现场", "全程记录", NUMBER, "2026-09-11 23:30:00"):
        assert said in text


async def test_a_case_file_is_listed_with_its_two_days_and_why(browser, world):
    await apply(await world.database("recording"), a_case(), an_end())
    text = (await (await browser("recording")).get("/recording/casefiles?state=open")).text
    for said in ("待归档", "执行完毕", "2026-10-18", "案卷"):
        assert said in text


async def test_a_decision_without_review_stands_out(browser, world):
    await apply(await world.database("review"), a_case(), a_decision())
    text = (await (await browser("review")).get("/review/")).text
    assert '<tr class="late" data-row>' in text
    for said in ("未审先决", "未经审核", "罚款达到听证数额"):
        assert said in text


async def test_a_case_has_a_timeline_in_words_under_its_reference(browser, world):
    database = await world.database("tasks")
    await apply(database, a_case(), a_proposal(), a_decision())
    browse = await browser("tasks")
    case_ref = database.installation.references.case(NUMBER)
    assert f"/tasks/cases/{case_ref}" in (await browse.get("/tasks/events")).text
    text = (await browse.get(f"/tasks/cases/{case_ref}")).text
    for said in ("受理案件", "拟作决定", "行政处罚", "交通"):
        assert said in text


async def test_a_timeline_nobody_knows_is_not_found(browser):
    answer = await (await browser("tasks")).get(f"/tasks/cases/{NAME}")
    assert answer.status_code == 404
    assert "没有这个案件的时间线" in answer.text
    assert NAME not in answer.text


async def test_a_warning_names_what_is_wrong_and_whose_it_is(browser, world):
    await apply(await world.database("tasks"), a_case(), a_decision(), a_bypass())
    text = (await (await browser("tasks")).get("/tasks/warnings?state=raised")).text
    for said in ("未审先决", "未消除", "340403510000"):
        assert said in text
