"""Dead letters: listed without what was in them, and a warning while any waits."""

import uuid

import pytest
from tasks.given import at_desk_of, said

from mingjing_shared.clock import machine_now
from mingjing_shared.messaging.tables import DEAD_LETTERS
from mingjing_tasks.acts.letters import look_at_letters
from mingjing_tasks.acts.warning import explain, take
from mingjing_tasks.pages import letters as page
from mingjing_tasks.store import letters as store
from support.officers import CITY, an_officer

SECRET = b"the record itself"


async def a_letter(tasks, state="open", offset=7):
    row = {
        "id": uuid.uuid4(),
        "topic": "inbound.casework",
        "partition": 3,
        "record_offset": offset,
        "reason": "schema",
        "explanation": "“单位”（unit）应为 12 位数字",
        "source": "/huainan/casework",
        "event_id": "e1",
        "event_type": "cn.mingjing.decision.made",
        "stack_digest": None,
        "attempts": 1,
        "digest": b"x" * 32,
        "body": SECRET,
        "failed_at": machine_now(),
        "state": state,
    }
    async with tasks.transaction() as tx:
        await tx.insert(DEAD_LETTERS, [row])
    return row["id"]


async def looked(tasks):
    async with tasks.transaction() as tx:
        await look_at_letters(tx)
    rows = await tasks.all("SELECT state, owner_unit, owner_role, case_key FROM warnings")
    return [tuple(row) for row in rows]


async def settle(tasks):
    async with tasks.transaction() as tx:
        await tx.execute("UPDATE dead_letters SET state = 'discarded'")


@pytest.mark.parametrize("role", ["case_manager", "inspector", "unit_head", "bureau_leader"])
async def test_letters_are_for_those_who_run_the_platform(browser, role):
    async with browser(role) as client:
        assert (await client.get("/tasks/letters")).status_code == 403


async def test_no_letter_no_warning(tasks, directory):
    assert await looked(tasks) == []
    assert await said(tasks) == []


async def test_a_letter_that_waits_warns_the_operators_of_the_bureau_once(tasks, directory):
    await a_letter(tasks)
    for _ in range(3):
        assert await looked(tasks) == [("raised", CITY, "operator", None)]
    ((type_, data),) = await said(tasks)
    assert (type_, data["kind"], data["owner_unit"]) == ("warning.raised", "dead_letters", CITY)
    assert "case_number" not in data


async def test_without_a_directory_the_warning_stands_and_is_told_when_there_is_one(tasks):
    await a_letter(tasks)
    assert await looked(tasks) == [("raised", None, "operator", None)]
    assert await said(tasks) == []


async def test_when_none_waits_any_more_the_warning_is_cleared(tasks, directory):
    await a_letter(tasks)
    await looked(tasks)
    await settle(tasks)
    assert [row[0] for row in await looked(tasks)] == ["cleared"]
    assert [type_ for type_, _ in await said(tasks)] == ["warning.raised", "warning.cleared"]


async def test_a_letter_after_that_is_told_anew(tasks, directory):
    await a_letter(tasks)
    await looked(tasks)
    await settle(tasks)
    await looked(tasks)
    await a_letter(tasks, offset=8)
    assert [row[0] for row in await looked(tasks)] == ["raised"]


async def test_an_operator_takes_and_explains_it(tasks, directory):
    await a_letter(tasks)
    await looked(tasks)
    (row,) = await tasks.all("SELECT warning_id FROM warnings")
    operator = an_officer("operator", unit=CITY)
    async with at_desk_of(tasks, operator) as desk:
        await take(desk, row.warning_id)
        await explain(desk, row.warning_id, "system_fault", "来源单位核对机构代码")


async def test_the_list_says_where_and_why_and_never_what(browser, tasks):
    await a_letter(tasks)
    await a_letter(tasks, "replayed", offset=8)
    async with browser("operator", unit=CITY) as client:
        text = (await client.get("/tasks/letters?state=open")).text
    for shown in ("不符合事件约定", "应为 12 位数字", "inbound.casework/3/7", "作出决定"):
        assert shown in text
    assert "inbound.casework/3/8" not in text
    assert SECRET.decode() not in text


async def test_each_state_is_counted_by_itself_and_the_page_says_whose_letters_they_are(
    browser, tasks, monkeypatch
):
    monkeypatch.setattr(store, "COUNTED_MAX", 2)
    monkeypatch.setattr(page, "COUNTED_MAX", 2)
    await a_letter(tasks, offset=1)
    for offset in range(2, 5):
        await a_letter(tasks, "discarded", offset=offset)
    async with browser("operator", unit=CITY) as client:
        text = (await client.get("/tasks/letters")).text
    for shown in ("<b>1</b><span>待处理", "<b>0</b><span>已重放", "<b>2+</b><span>已丢弃"):
        assert shown in text
    assert "只列任务部门收不下的记录" in text
    assert "letters list</code> 列出全部部门待处理的" in text


async def test_the_warning_names_the_department_in_chinese(browser, tasks, directory):
    await a_letter(tasks)
    await looked(tasks)
    async with browser("operator", unit=CITY) as client:
        listed = (await client.get("/tasks/warnings?kind=dead_letters")).text
        owed = (await client.get("/tasks/fragments/todo")).text
    for text in (listed, owed):
        assert "<td>任务部门</td>" in text
        assert "<td>tasks</td>" not in text
