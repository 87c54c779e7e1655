"""The thread: people of four departments carry one decision from proposal to the public portal."""

import asyncio
import re

import httpx
from journeys.matter import COMPANY, PERSONAL, RESIDENT_ID, WITNESS, Matter, ago, local_time
from playwright.async_api import expect

from support.video import a_video

MATTER = Matter("01183")
STARTED, ENDED = ago(hours=3), ago(hours=2, minutes=59)
BENCH = f"/review/cases/{MATTER.decision}"


async def case_ref_of(leader):
    """The reference of the case, from the timeline."""
    found = await asyncio.to_thread(leader.get, "/tasks/api/events")
    return next(e["case_ref"] for e in found.json()["events"] if "01183" in (e["case_key"] or ""))


async def submits(person, words):
    await person.opens(f"{BENCH}/submit")
    for box in await person.page.locator("input[type=radio][value=adopted]").all():
        await box.check()
    await person.page.fill("#note", words)
    await person.page.check("input[name=answers]")
    await person.page.locator("main form button.primary").click()


async def judges(person, opinion, *, wrong=None, reasons=""):
    """All eight checks in order, but the one that is wrong; then the opinion."""
    await person.opens(BENCH)
    for box in await person.page.locator("form#opinion fieldset").all():
        if await box.get_by_text("预填不符合").count():
            await box.locator("input[name^=note-]").fill("已核对案卷和录像，不影响认定")
        await box.locator("input[type=radio][value=passed]").check()
    if wrong is not None:
        await person.page.check(f"input[name=check-{wrong}][value=failed]")
        await person.page.fill(f"input[name=note-{wrong}]", "未见听证权利告知")
    await person.page.fill("#reasons", reasons)
    await person.page.click(f"button[name=opinion][value={opinion}]")


async def test_a_case_is_accepted_recorded_and_proposed(office):
    office.publishes(
        MATTER.accepted(),
        MATTER.acted(STARTED, ENDED),
        MATTER.proposed(),
    )
    handler = await office.person("case_handler")
    await handler.sees_after_a_while(BENCH, MATTER.case, "待送审", "罚款达到听证数额")
    await handler.opens("/")
    await handler.sees("送审", MATTER.case)


async def test_who_has_no_right_is_told_who_has(office):
    editor = await office.person("disclosure_editor")
    page = await editor.opens(BENCH)
    assert "不在您的权限之内" in await page.locator("main").inner_text()
    assert WITNESS not in await page.content()


async def test_the_handler_uploads_the_recording_of_the_act(office, tmp_path):
    handler = await office.person("case_handler")
    await handler.sees_after_a_while(f"/recording/actions/{MATTER.action}", "全程记录")
    await handler.page.get_by_role("link", name="上传").first.click()
    started = await handler.page.locator("#started_at").count()
    assert started == 1
    file = tmp_path / "scene.webm"
    file.write_bytes(a_video(90))
    shown = await handler.page.locator("main").inner_text()
    assert MATTER.action in shown
    await handler.page.fill("#started_at", local_time(STARTED))
    await handler.page.set_input_files("#file", str(file))
    await handler.presses("上传")
    await handler.sees_after_a_while(f"/recording/actions/{MATTER.action}", "已关联的音视频\n1 段")


async def test_the_reviewer_finds_a_fault_and_the_handler_mends_it(office):
    handler, reviewer = await office.person("case_handler"), await office.person("legal_reviewer")
    await submits(handler, "材料齐备，请审核")
    await handler.sees("待受理")
    await reviewer.opens(BENCH)
    await reviewer.presses("受理")
    await reviewer.sees("审核中")
    await judges(reviewer, "agree", wrong="procedure")
    await reviewer.sees("没有完成")
    await judges(reviewer, "correct", wrong="procedure", reasons="补充听证权利告知后再送审")
    await reviewer.sees("已出意见")
    await submits(handler, "已补充告知")
    await handler.sees("待复审")


async def test_the_second_round_is_agreed_and_the_gate_opens(office):
    reviewer = await office.person("legal_reviewer")
    await judges(reviewer, "agree", reasons="同意")
    await reviewer.sees("通过")
    answer = gate(office, MATTER.draft())
    assert answer.status_code == 200, answer.text
    assert answer.json()["clearance"].count(".") == 2
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.json()["query_code"])
    other = gate(office, {**MATTER.draft(), "outcome": {"kinds": ["fine"], "fine": "80000.00"}})
    assert other.status_code == 409
    assert "30000" in other.text


def gate(office, draft):
    asked = {"decision_id": MATTER.decision, "draft": draft}
    return as_publisher(office, "casework", "/review/api/gate", asked)


def as_publisher(office, name, path, asked):
    """What a publisher's system is answered at the front door."""
    key = next(p["key"] for p in office.platform["accounts"]["publishers"] if p["name"] == name)
    return httpx.post(
        f"{office.platform['front']}{path}",
        json=asked,
        headers={"authorization": f"Bearer {key}"},
        timeout=30,
    )


async def test_the_decision_is_masked_checked_approved_and_published(office, leader):
    office.publishes(MATTER.made(), MATTER.served(), MATTER.ended())
    editor = await office.person("disclosure_editor")
    await editor.sees_after_a_while("/disclosure/", MATTER.document)
    await editor.page.get_by_role("link", name=MATTER.document).first.click()
    body = await editor.page.locator("#body").input_value()
    assert COMPANY in body
    assert not [value for value in PERSONAL if value in body]
    address = editor.page.url.removeprefix(editor.home).split("?")[0]
    await editor.page.fill("#body", body + f"\n联系{RESIDENT_ID}")
    await editor.presses("提交复核")
    await editor.sees("没有完成")
    await editor.opens(address)
    await editor.page.fill("#body", body)
    await editor.presses("提交复核")
    await editor.sees("待复核")
    checker = await office.person("disclosure_checker")
    await checker.opens(address)
    await checker.presses("复核通过")
    await checker.sees("待审批")
    head = await office.person("bureau_leader")
    await head.opens(address)
    await head.presses("批准公开")
    await head.sees_after_a_while(address, "已公示")


async def test_its_query_code_is_given_to_the_system_that_told_it_and_to_no_other(office):
    asked = {"decision_ids": [MATTER.decision]}
    path = "/disclosure/api/query-codes"
    [own] = as_publisher(office, "casework", path, asked).json()["query_codes"]
    assert own["query_code"] == gate(office, MATTER.draft()).json()["query_code"]
    [other] = as_publisher(office, "recorders", path, asked).json()["query_codes"]
    assert other["status"] == 404
    officers = await office.person("bureau_leader")
    assert (await officers.page.request.get(f"{officers.home}{path}")).status in (403, 405)


async def test_a_citizen_finds_and_reads_it_and_nothing_personal(office):
    citizen = await office.citizen(phone=True)
    page = await citizen.opens("/")
    await page.get_by_role("searchbox").first.fill("网络")
    await page.keyboard.press("Enter")
    await citizen.sees(COMPANY)
    await page.locator("li", has_text=MATTER.document).get_by_role("link").click()
    await citizen.sees("行政处罚决定书", "三万元", "行政复议")
    content = await page.content()
    assert not [value for value in PERSONAL if value in content]
    assert await citizen.barriers() == []
    await citizen.pictured("portal-item-360")
    await page.context.close()


async def test_the_case_file_is_archived(office, leader):
    handler = await office.person("case_handler")
    ref = await case_ref_of(leader)
    await handler.sees_after_a_while(f"/recording/casefiles/{ref}", "归档")
    await handler.page.fill("#lacking", "决定书纸质件随卷移交，电子件待扫描")
    await handler.page.locator("form[action$=packages] button").click()
    await handler.sees_after_a_while(f"/recording/casefiles/{ref}", "已归档")


async def test_the_panorama_shows_the_whole_case(office, leader):
    head = await office.person("bureau_leader")
    ref = await case_ref_of(leader)
    await head.sees_after_a_while(
        f"/tasks/cases/{ref}", MATTER.case, "受案", "法制审核", "公示", "归档", "全程时间线"
    )
    await expect(head.page.locator("svg").first).to_be_visible()
    assert not [value for value in PERSONAL if value in await head.page.content()]


async def test_a_revoked_decision_is_withdrawn_and_leaves_a_tombstone(office):
    office.publishes(MATTER.revoked())
    head = await office.person("bureau_leader")
    await head.sees_after_a_while("/disclosure/?state=published", "应撤回")
    await head.page.get_by_role("link", name=MATTER.document).first.click()
    address = head.page.url.removeprefix(head.home).split("?")[0]
    await head.page.locator("#withdraw textarea").first.fill("法院判决撤销")
    await head.page.locator("#withdraw button").click()
    await head.sees_after_a_while(address, "已撤回")
    citizen = await office.citizen()
    page = await citizen.opens("/")
    await page.get_by_role("searchbox").first.fill("网络")
    await page.keyboard.press("Enter")
    assert COMPANY not in await page.locator("main").inner_text()
    await page.context.close()
