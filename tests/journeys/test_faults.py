"""The faults of the thread: each raises its warning with an owner, and facts or people clear it."""

import asyncio

from journeys.matter import PERSONAL, WITNESS, Matter, ago, local_time

from support.video import a_video

MISSING, BYPASSED, SEALED = (
    Matter("02001"),
    Matter("02002"),
    Matter("02003", kind="public_security"),
)
STARTED, ENDED = ago(days=3), ago(days=3, seconds=-60)


async def warnings_of(leader, matter):
    found = await asyncio.to_thread(leader.get, "/tasks/api/warnings")
    return [row for row in found.json()["warnings"] if matter.number in str(row)]


async def warned(leader, matter, kind, state):
    for _look in range(60):
        rows = [row for row in await warnings_of(leader, matter) if row["kind"] == kind]
        if rows and all(row["state"] == state for row in rows):
            return rows
        await asyncio.sleep(0.5)
    raise AssertionError(f"{kind} never was {state}: {rows}")


async def test_missing_footage_is_found_after_its_deadline_and_explained(office, leader):
    office.publishes(MISSING.accepted(), MISSING.acted(STARTED, ENDED))
    [warning] = await warned(leader, MISSING, "footage_missing", "raised")
    assert warning["owner_unit"]
    handler = await office.person("case_handler")
    await handler.sees_after_a_while(f"/recording/actions/{MISSING.action}", "缺录待说明")
    await handler.page.locator("main select").first.select_option(index=1)
    await handler.page.locator("main textarea").first.fill("执法记录仪电池耗尽")
    await handler.page.locator("main form button.primary").first.click()
    await handler.sees_after_a_while(f"/recording/actions/{MISSING.action}", "已说明")
    await warned(leader, MISSING, "footage_missing", "cleared")


async def test_late_footage_closes_the_gap(office, tmp_path):
    handler = await office.person("case_handler")
    await handler.opens(f"/recording/actions/{MISSING.action}")
    await handler.page.get_by_role("link", name="上传").first.click()
    file = tmp_path / "late.webm"
    file.write_bytes(a_video(90, shade=120))
    await handler.page.fill("#started_at", local_time(STARTED))
    await handler.page.set_input_files("#file", str(file))
    await handler.presses("上传")
    await handler.sees_after_a_while(f"/recording/actions/{MISSING.action}", "已关联的音视频\n1 段")


async def test_a_decision_without_review_is_stored_and_shown_and_owned(office, leader):
    office.publishes(BYPASSED.accepted(), BYPASSED.made())
    [warning] = await warned(leader, BYPASSED, "decision_without_review", "raised")
    assert warning["severity"] == "high"
    manager = await office.person("case_manager")
    await manager.sees_after_a_while("/review/?state=bypassed", BYPASSED.case, "未审先决")
    head = await office.person("unit_head")
    await head.sees_after_a_while("/", BYPASSED.case)


async def test_a_sealed_record_is_withheld_by_rule_with_its_basis(office, leader):
    office.publishes(SEALED.accepted(), SEALED.made(), SEALED.served())
    checker = await office.person("disclosure_checker")
    await checker.sees_after_a_while("/disclosure/withheld", SEALED.document, "治安管理处罚法")
    citizen = await office.citizen()
    page = await citizen.opens("/")
    await page.get_by_role("searchbox").first.fill(SEALED.number)
    await page.keyboard.press("Enter")
    await page.wait_for_load_state("load")
    assert SEALED.document not in await page.locator("main").inner_text()
    await page.context.close()


async def test_a_citizen_reports_a_mistake_sealed_and_the_editor_reads_it(office):
    citizen = await office.citizen(phone=True)
    page = await citizen.opens("/feedback")
    await page.get_by_label("泄露了隐私").check()
    await page.locator("main textarea").first.fill(f"公开内容中出现了{WITNESS}的住址，请隐去。")
    await page.locator("main form button").last.click()
    await citizen.sees("回执")
    await page.context.close()
    editor = await office.person("disclosure_editor")
    await editor.sees_after_a_while("/disclosure/feedback", "请隐去")


async def test_no_list_of_any_department_names_a_person(office, leader):
    for path in (
        "/disclosure/", "/disclosure/withheld", "/recording/", "/recording/footage",
        "/recording/casefiles", "/review/", "/tasks/", "/tasks/events", "/tasks/warnings",
        "/tasks/cases",
    ):  # fmt: skip
        text = (await asyncio.to_thread(leader.get, path)).text
        assert not [value for value in PERSONAL if value in text], path
