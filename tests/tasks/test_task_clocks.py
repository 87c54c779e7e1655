"""What the clock does to tasks: a day passes, a month ends against what was called done."""

import asyncio

from tasks.given import a_bypass, a_case, a_decision, apply, at_desk_of, of_review, said
from tasks.test_notice import TEXT
from tasks.test_task_acts import DONE, HEAD, INSPECTOR

from mingjing_shared.events.review import ReviewRequired
from mingjing_shared.messaging.clocks import fire_due
from mingjing_tasks.acts.letters import keep_watch
from mingjing_tasks.acts.notice import import_notice
from mingjing_tasks.acts.task import report, verify
from mingjing_tasks.handlers import ALARMS
from mingjing_tasks.handlers.task import clock_of, measure_months
from mingjing_tasks.rules.indicator import read_period
from support.officers import COUNTY, STATION
from support.running import until

# Two tasks that were late when they came, one whose day lies ahead.
LATE = TEXT.replace("2030年1月底前", "2019年8月底前").replace("2029年12月底", "2019年8月底")


async def imported(tasks):
    async with tasks.transaction() as tx:
        await import_notice(tx, LATE, "034017")


async def fired(tasks):
    async with tasks.transaction() as tx:
        await fire_due(tx, ALARMS)
    return [data for type_, data in await said(tasks) if type_ == "task.overdue"]


async def done(tasks, number, *, checked):
    async with at_desk_of(tasks, HEAD) as desk:
        await report(desk, number, COUNTY, DONE)
    if checked:
        async with at_desk_of(tasks, INSPECTOR) as desk:
            await verify(desk, number, passed=True, words="")


async def test_a_task_that_was_late_when_it_came_is_told_at_once_and_once(tasks):
    await imported(tasks)
    for _ in range(3):
        told = await fired(tasks)
    assert told == [
        {"task_id": "task.1", "task": 1, "due_on": "2019-08-31"},
        {"task_id": "task.4", "task": 4, "due_on": "2019-08-31"},
    ]


async def test_a_task_that_was_found_done_is_not_late(tasks):
    await imported(tasks)
    await done(tasks, 1, checked=True)
    await done(tasks, 4, checked=False)  # a word alone keeps no day
    assert [data["task"] for data in await fired(tasks)] == [4]


async def without_review(tasks):
    """A decision of September that needed review and was made without it."""
    await apply(
        tasks,
        a_case(unit=STATION),
        of_review(ReviewRequired),
        a_decision(unit=STATION, made_on="2026-09-18"),
        a_bypass(),
    )


async def downgraded(tasks, month="2026-09"):
    async with tasks.transaction() as tx:
        await measure_months([clock_of(read_period(month))], tx)
    return [data for type_, data in await said(tasks) if type_ == "task.downgraded"]


async def test_data_that_contradict_what_was_called_done_are_told(tasks, directory):
    await without_review(tasks)
    await done(tasks, 25, checked=True)
    assert await downgraded(tasks) == [
        {
            "task_id": "task.25",
            "task": 25,
            "unit": COUNTY,
            "caused_by": ["review_done.2026-09"],
        }
    ]


async def test_what_nobody_called_done_is_not_downgraded(tasks, directory):
    await without_review(tasks)
    assert await downgraded(tasks) == []


async def test_the_board_shows_what_data_contradict(browser, tasks):
    await without_review(tasks)
    await done(tasks, 25, checked=True)
    async with browser("inspector", unit=COUNTY) as client:
        text = (await client.get("/tasks/?state=downgraded")).text
    assert 'href="/tasks/task/25"' in text
    assert "0.0%" in text
    assert "数据不符（降级）" in text


async def test_the_process_starts_the_month_s_clock_and_ends_when_told(tasks):
    stop = asyncio.Event()
    first = clock_of(read_period("2026-11"))
    watch = asyncio.create_task(keep_watch(tasks, first, stop))

    async def clocks():
        return await tasks.all("SELECT subject FROM clocks WHERE kind = 'measure'")

    rows = await until(clocks)
    stop.set()
    await asyncio.wait_for(watch, 10)
    assert [row.subject for row in rows] == ["2026-11"]
