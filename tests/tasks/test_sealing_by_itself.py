"""Months are sealed by themselves, every hour, and by command; a store that is away waits."""

import asyncio

import pytest
from click.testing import CliRunner
from tasks.given import acts, apply, archived, recorded

from mingjing_shared.clock import machine_now
from mingjing_shared.objectstore import CannotReachStore
from mingjing_tasks.acts.sealing import UNSEALED, due_months, keep_sealing, seal_due
from mingjing_tasks.command import archive


async def test_what_is_due_is_sealed_by_itself_and_then_nothing_is_due(
    tasks, sealing_settings, past_month
):
    await archived(tasks, past_month, acts(2))
    await apply(tasks, *acts(3)[2:])  # of this month: not due
    assert await due_months(tasks, machine_now()) == [past_month]
    [sealed] = await seal_due(tasks, sealing_settings)
    assert (sealed.month, sealed.events) == (str(past_month), 2)
    assert UNSEALED._value.get() == 0
    assert await due_months(tasks, machine_now()) == []
    nowhere = sealing_settings.model_copy(update={"objectstore_url": "http://127.0.0.1:1"})
    assert await seal_due(tasks, nowhere) == []  # nothing due: the store is not even asked


async def test_a_store_that_is_away_ends_nothing_and_is_tried_again(
    tasks, sealing_settings, past_month
):
    await archived(tasks, past_month, acts(1))
    nowhere = sealing_settings.model_copy(update={"objectstore_url": "http://127.0.0.1:1"})
    with pytest.raises(CannotReachStore, match="不可用"):
        await seal_due(tasks, nowhere)
    assert UNSEALED._value.get() == 1
    stop = asyncio.Event()
    keeping = asyncio.create_task(keep_sealing(tasks, nowhere, stop))
    stop.set()
    await asyncio.wait_for(keeping, 10)
    await seal_due(tasks, sealing_settings)
    assert UNSEALED._value.get() == 0


async def test_the_worker_seals_within_its_first_hour_and_leaves_when_told(
    tasks, sealing_settings, past_month
):
    await archived(tasks, past_month, acts(1))
    stop = asyncio.Event()
    keeping = asyncio.create_task(keep_sealing(tasks, sealing_settings, stop))
    async with asyncio.timeout(20):
        while not await recorded(tasks, past_month):
            await asyncio.wait({keeping}, timeout=0.05)
    stop.set()
    await asyncio.wait_for(keeping, 10)


@pytest.fixture
def command(world, sealing_settings):
    async def run(*arguments):
        told = {
            **world.environment("tasks", 0),
            "MINGJING_OBJECTSTORE_URL": sealing_settings.objectstore_url,
            "MINGJING_OBJECTSTORE_PASSWORD_FILE": str(sealing_settings.objectstore_password_file),
        }
        return await asyncio.to_thread(CliRunner(env=told).invoke, archive, arguments)

    return run


async def test_the_commands_seal_verify_and_say_what_differs(tasks, command, past_month, superuser):
    await archived(tasks, past_month, acts(2))
    early = await command("verify", str(past_month))
    assert (early.exit_code, early.output) == (1, f"{past_month} 尚未封存。\n")
    first = await command("seal")
    assert (first.exit_code, first.output) == (0, f"{past_month} 已封存 2 条事件。\n")
    again = await command("seal", "--month", str(past_month))
    assert (again.exit_code, "未重复封存" in again.output) == (0, True)
    assert (await command("seal")).output == "没有到期未封存的月份。\n"
    whole = await command("verify", str(past_month))
    assert whole.exit_code == 0
    assert whole.output == f"{past_month} 的封存完好：1 个对象、2 条事件与数据库一致。\n"
    await superuser("DELETE FROM event_archive WHERE event_id = 'act-0'")
    bad = await command("verify", str(past_month))
    assert (bad.exit_code, "数据库缺少" in bad.output) == (1, True)
    refused = await command("seal", "--month", str(past_month))
    assert (refused.exit_code, "不重复封存" in refused.output) == (2, True)


async def test_what_is_not_a_month_is_refused(command):
    refused = await command("verify", "2026-13")
    assert (refused.exit_code, "不是月份" in refused.output) == (2, True)
