"""A backfill really reaches the service: outbox, relay and rights of tasks, then its own inbox."""

from tasks.given import NUMBER, apply

from mingjing_recording.handlers import HANDLERS as RECORDING
from mingjing_shared.events.casework import ActionPerformed
from mingjing_tasks.acts.backfill import backfill
from mingjing_tasks.handlers import HANDLERS as TASKS
from support.events import received
from support.running import running, until


async def test_a_backfill_reaches_the_service_once_however_often_it_is_run(world_with_topics):
    world = world_with_topics
    tasks = await world.database("tasks")
    recording = await world.database("recording")
    acts = [
        received(ActionPerformed, case_number=NUMBER, action_id=f"A{number}") for number in range(3)
    ]
    await apply(tasks, *acts)

    async def published(count):
        rows = await tasks.all(
            "SELECT id FROM outbox WHERE published_at IS NOT NULL AND topic <> 'platform'"
        )
        return len(rows) == count

    async def in_recording():
        return await recording.all("SELECT event_id, mode FROM action_facts ORDER BY event_id")

    async with running(world, "tasks", TASKS), running(world, "recording", RECORDING):
        assert await backfill(tasks, "recording", ActionPerformed) == 3
        await until(in_recording)
        await backfill(tasks, "recording", ActionPerformed)
        await until(lambda: published(6))
        later = received(ActionPerformed, case_number=NUMBER, action_id="A9")
        await apply(tasks, later)
        await backfill(tasks, "recording", ActionPerformed)

        async def last_came():
            return later.envelope.id in {row.event_id for row in await in_recording()}

        await until(last_came)
    rows = await in_recording()
    assert {row.event_id for row in rows} == {act.envelope.id for act in (*acts, later)}
    assert {row.mode for row in rows} == {"backfill"}
    assert await recording.all("SELECT id FROM dead_letters") == []
