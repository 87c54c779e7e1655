"""Forms of tasks: what is wrong is named at its field, and what was typed stays."""

import pytest
from tasks.given import a_bypass, a_case, a_decision, apply
from tasks.test_notice import TEXT

from mingjing_tasks.store.notice import notice_in_force
from mingjing_tasks.store.task import acts_of
from support.officers import CITY, COUNTY, CSRF, STATION

GOOD = {
    "csrf": CSRF,
    "unit": COUNTY,
    "words": "已经换装 40 台",
    "share": "40",
    "evidence": "a" * 64,
}


async def sent(browser, address, values, role="unit_head", **about):
    async with browser(role, **{"unit": COUNTY, **about}) as client:
        return await client.post(address, data={"csrf": CSRF, **values})


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"words": ""}, "请填写进展情况"),
        ({"words": "x" * 2001}, "最多 2000 字，现有 2001 字"),
        ({"share": ""}, "请填写完成比例"),
        ({"share": "一半"}, "“一半”应为 0 到 100 的整数"),
        ({"share": "101"}, "“101”应为 0 到 100 的整数"),
        ({"evidence": "见附件"}, "“见附件”不能识别"),
        ({"evidence": "\n".join(["b" * 64] * 21)}, "最多 20 个，现有 21 个"),
        ({"done": "yes"}, "完成时为 100"),
        ({"done": "yes", "share": "100", "evidence": ""}, "必须附依据"),
    ],
)
async def test_a_report_that_is_wrong_is_refused_and_kept_as_typed(browser, tasks, changes, named):
    answer = await sent(browser, "/tasks/task/16/report", {**GOOD, **changes})
    assert answer.status_code == 400
    assert named in answer.text
    assert "没有完成" in answer.text
    typed = {**GOOD, **changes}["words"]
    assert typed in answer.text
    assert await acts_of(tasks, 16) == []


async def test_a_report_is_kept_and_the_page_says_so(browser, tasks):
    answer = await sent(browser, "/tasks/task/16/report", GOOD)
    assert answer.status_code == 303
    async with browser("unit_head", unit=COUNTY) as client:
        text = (await client.get(answer.headers["location"])).text
    for shown in (
        "进展已上报",
        "已经换装 40 台",
        "40%",
        "/recording/blobs/" + "a" * 64,
        "大通分局",
    ):
        assert shown in text


async def test_what_was_typed_is_shown_and_never_run(browser, tasks):
    await sent(browser, "/tasks/task/16/report", {**GOOD, "words": "<script>x</script>"})
    async with browser("inspector", unit=CITY) as client:
        text = (await client.get("/tasks/task/16")).text
    assert "&lt;script&gt;x" in text
    assert "<script>x" not in text


@pytest.mark.parametrize("number", [0, 44, 999])
async def test_a_task_that_there_is_not_is_not_found(browser, number):
    async with browser("unit_head", unit=COUNTY) as client:
        assert (await client.get(f"/tasks/task/{number}")).status_code == 404
    answer = await sent(browser, f"/tasks/task/{number}/report", GOOD)
    assert answer.status_code == 404


async def test_sending_back_needs_words(browser, tasks):
    done = {**GOOD, "share": "100", "done": "yes"}
    await sent(browser, "/tasks/task/16/report", done)
    address = "/tasks/task/16/verify"
    inspector = {"role": "inspector", "unit": CITY, "number": "034900"}
    answer = await sent(browser, address, {"passed": "no", "finding": ""}, **inspector)
    assert (answer.status_code, "请填写核验意见" in answer.text) == (400, True)
    assert (await sent(browser, address, {"passed": "yes"}, **inspector)).status_code == 303
    async with browser("inspector", unit=CITY) as client:
        assert "核验通过" in (await client.get("/tasks/task/16")).text


async def test_an_explanation_needs_a_reason_and_words_and_keeps_them(browser, tasks):
    await apply(tasks, a_case(unit=STATION), a_decision(unit=STATION), a_bypass())
    (row,) = await tasks.all("SELECT warning_id FROM warnings")
    address = f"/tasks/warnings/{row.warning_id}"
    assert (await sent(browser, f"{address}/take", {})).status_code == 303
    answer = await sent(browser, f"{address}/explain", {"reason": "", "words": "已补审"})
    assert answer.status_code == 400
    assert "请选择原因" in answer.text
    assert "已补审" in answer.text
    done = await sent(browser, f"{address}/explain", {"reason": "oversight", "words": "已补审"})
    assert done.headers["location"] == f"{address}?done=explain"
    async with browser("unit_head", unit=COUNTY) as client:
        text = (await client.get(done.headers["location"])).text
    for shown in ("情况说明已记录", "工作疏漏，已经纠正", "已补审", "已说明", "未审先决"):
        assert shown in text


async def test_an_act_that_there_is_not_is_not_found(browser, tasks):
    for address in (
        "/tasks/task/16/erase",
        "/tasks/warnings/none/erase",
        "/tasks/warnings/none/take",
    ):
        assert (await sent(browser, address, {})).status_code == 404


async def test_only_the_office_of_cases_imports_a_notice(browser, tasks):
    for role in ("unit_head", "inspector", "operator"):
        async with browser(role, unit=CITY) as client:
            assert (await client.get("/tasks/import")).status_code == 403
        answer = await sent(browser, "/tasks/import", {"text": TEXT}, role, unit=CITY)
        assert answer.status_code == 403
    assert await notice_in_force(tasks) is None


async def test_a_damaged_notice_is_refused_line_by_line_and_kept_as_typed(browser, tasks):
    damaged = TEXT.replace("2030年1月底前", "马上")
    answer = await sent(browser, "/tasks/import", {"text": damaged}, "case_manager", unit=CITY)
    assert answer.status_code == 400
    assert "“马上”无法识别" in answer.text
    assert '<td class="num">37</td>' in answer.text
    assert "夜里关门以后" in answer.text
    assert await notice_in_force(tasks) is None


async def test_an_imported_notice_is_on_the_board_with_its_wording(browser, tasks):
    pasted = TEXT.replace("\n", "\r\n")
    answer = await sent(browser, "/tasks/import", {"text": pasted}, "case_manager", unit=CITY)
    assert answer.headers["location"] == "/tasks/?done=import"
    async with browser("unit_head", unit=COUNTY) as client:
        board = (await client.get(answer.headers["location"])).text
        task = (await client.get("/tasks/task/4")).text
    assert "通知已导入" in board
    assert board.count('href="/tasks/task/') == 6
    assert "灯塔通〔2030〕7号" in board
    for shown in ("把每盏灯的位置画成图，贴在一楼。", "牵头单位原文：看门室", "2029年12月底"):
        assert shown in task
