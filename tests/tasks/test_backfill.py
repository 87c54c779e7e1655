"""A service that takes a type later is fed from the archive, with the events as they were."""

import asyncio
from datetime import date

import asyncpg
import pytest
from aiokafka.structs import ConsumerRecord
from click.testing import CliRunner
from tasks.given import NUMBER, a_case, a_classified_case, apply, full

from mingjing_shared.events.casework import ActionPerformed, CaseAccepted, DecisionMade
from mingjing_shared.messaging.envelope import to_headers
from mingjing_shared.messaging.reading import Reader
from mingjing_tasks.acts.backfill import backfill, backfilled_type, count_backfill
from mingjing_tasks.command import backfill_command
from mingjing_tasks.errors import ArchiveChanged, CannotBackfill
from support.events import received


def an_act(**changes):
    return received(ActionPerformed, case_number=NUMBER, **changes)


async def outgoing(database):
    return await database.all(
        "SELECT id, topic, key, attributes, value FROM outbox ORDER BY position"
    )


@pytest.mark.parametrize(
    ("service", "event_type", "says"),
    [
        ("portal", "decision.made", "没有服务“portal”"),
        ("recording", "decision.mad", "没有事件类型“decision.mad”"),
        ("recording", "decision.proposed", "recording 不接收 decision.proposed"),
        ("review", "exam.passed", "不保存 exam.passed"),
    ],
)
def test_what_cannot_be_fed_is_refused_with_what_can(service, event_type, says):
    with pytest.raises(CannotBackfill, match=says) as refused:
        backfilled_type(service, event_type)
    assert "可" in refused.value.way_out


async def test_an_event_that_was_changed_in_the_archive_is_not_fed(tasks, world):
    await apply(tasks, an_act())
    server = await asyncio.to_thread(world.stack.started_postgres)
    await _as_superuser(server.dsn(f"{world.name}_tasks"))
    with pytest.raises(ArchiveChanged, match="摘要不符"):
        await backfill(tasks, "recording", ActionPerformed)
    assert await outgoing(tasks) == []


async def _as_superuser(dsn):
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(
            "UPDATE event_archive SET data = jsonb_set(data, '{kind}', '\"notice\"')"
        )
    finally:
        await connection.close()


async def test_synthetic_and_replayed_events_and_other_days_are_not_fed(tasks):
    await apply(
        tasks,
        an_act(about={"mode": "synthetic"}),
        an_act(about={"mode": "replay"}),
        an_act(),
    )
    assert await count_backfill(tasks, ActionPerformed, None, date(2026, 9, 17)) == 0
    assert await count_backfill(tasks, ActionPerformed, date(2026, 9, 19), None) == 0
    assert await backfill(tasks, "recording", ActionPerformed, date(2026, 9, 19)) == 0
    days = (date(2026, 9, 18), date(2026, 9, 18))
    assert await count_backfill(tasks, ActionPerformed, *days) == 1
    assert await backfill(tasks, "recording", ActionPerformed, *days) == 1


async def test_a_service_gets_the_events_as_they_were_but_for_the_mode(tasks):
    case = full(
        CaseAccepted,
        case_number=NUMBER,
        unknown={"a": [1, 2.5]},
        about={"traceparent": "00-" + "1" * 32 + "-" + "2" * 16 + "-01", "subject": NUMBER},
    )
    await apply(tasks, case)
    assert await backfill(tasks, "recording", CaseAccepted) == 1
    (row,) = await outgoing(tasks)
    assert str(row.id) != case.envelope.id
    assert (row.topic, row.key) == ("replay.recording", case.key)
    record = ConsumerRecord(
        topic="w1.replay.recording",
        partition=0,
        offset=0,
        timestamp=0,
        timestamp_type=0,
        key=row.key.encode(),
        value=bytes(row.value),
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=to_headers(row.attributes),
    )
    got = Reader("recording", frozenset({CaseAccepted}), "w1.").read(record)
    assert got.envelope.mode == "backfill"
    assert got.envelope.identity == case.envelope.identity
    assert got.envelope.time == case.envelope.time
    assert got.envelope.traceparent == case.envelope.traceparent
    assert got.content == case.content
    assert got.event == case.event
    assert got.digest == case.digest


async def test_that_a_case_is_classified_is_fed_too(tasks):
    await apply(tasks, a_case(), a_classified_case())
    assert await backfill(tasks, "recording", CaseAccepted) == 1


async def test_many_events_are_fed_in_pages_in_the_order_in_which_they_were_applied(tasks):
    acts = [an_act(action_id=f"A{n}") for n in range(8)]
    await apply(tasks, *acts)
    assert await backfill(tasks, "recording", ActionPerformed, page_events=3) == 8
    ids = [row.attributes["id"] for row in await outgoing(tasks)]
    assert ids == [act.envelope.id for act in acts]


@pytest.fixture
def command(world):
    async def run(*arguments):
        await world.settings("tasks")
        environment = world.environment("tasks", 0)
        runner = CliRunner(env=environment)
        return await asyncio.to_thread(runner.invoke, backfill_command, arguments)

    return run


async def test_the_command_refuses_in_chinese_without_a_stack_trace(command):
    result = await command("recording", "no.such")
    assert result.exit_code == 2
    assert result.output.startswith("没有事件类型“no.such”。recording 可补录：")
    assert "Error" not in result.output


async def test_a_dry_run_counts_and_feeds_nothing(tasks, command):
    await apply(tasks, full(DecisionMade))
    result = await command("recording", "decision.made", "--dry-run", "--from", "2026-09-01")
    assert (result.exit_code, "1 条；未执行" in result.output) == (0, True)
    assert await outgoing(tasks) == []


async def test_the_command_feeds_by_short_or_full_name(tasks, command):
    await apply(tasks, full(DecisionMade))
    for name in ("decision.made", "cn.mingjing.decision.made"):
        result = await command("recording", name)
        assert result.exit_code == 0
        assert "1 条放入发件箱" in result.output
    assert len(await outgoing(tasks)) == 2
