"""Live oversight as a process of its own, over a real broker: figures, kill -9, warnings."""

import asyncio
import json
from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic

import httpx
import pytest
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource
from guarantees.processes import Program
from tasks.given import a_tree, full, said

from mingjing_deploy.kafka.admin import client_settings
from mingjing_deploy.kafka.lag import Broker
from mingjing_shared.clock import machine_now
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from mingjing_shared.events.platform import PlatformProbed
from mingjing_shared.events.review import ReviewBypassed
from mingjing_tasks.handlers import ALARMS, HANDLERS
from mingjing_tasks.store.archive import add_events, archive_row
from mingjing_tasks.stream.faust_app import GROUP
from support.events import received, record_of
from support.officers import CITY, COUNTY, STATION
from support.running import producing, register, running, until

TOPIC = "inbound.casework"
STARTED_WITHIN_SECONDS = 90
SOURCE = "/huainan/casework"


def before(**ago):
    """An instant of the machine's clock that lies so far back."""
    return machine_now() - timedelta(**ago)


def last_hour(minute):
    """An instant in the hour that closed last."""
    hour = before(hours=1).replace(minute=0, second=0, microsecond=0)
    return hour + timedelta(minutes=minute)


def stamped_by_sender(world, *topics):
    """Let records keep the instant they are sent with, so that a test can write the past."""
    kafka = world.stack.started_kafka()
    client = AdminClient(client_settings(kafka.bootstrap, kafka.admin_user, kafka.admin_password))
    entry = ConfigEntry(
        "message.timestamp.type", "CreateTime", incremental_operation=AlterConfigOpType.SET
    )
    changes = [
        ConfigResource(ConfigResource.Type.TOPIC, world.prefix + name, incremental_configs=[entry])
        for name in topics
    ]
    for change in client.incremental_alter_configs(changes).values():
        change.result(20)


async def arrive(out, world, topic, *items):
    """Records that the broker took in when their events happened."""
    for item in items:
        key, value, headers = record_of(item)
        at_ms = round(item.envelope.time.timestamp() * 1000)
        await out.send_and_wait(
            world.prefix + topic, value, key=key, headers=headers, timestamp_ms=at_ms
        )


@pytest.fixture
async def place(world_with_topics):
    """A world with a publisher, units, and topics in which the past can be written."""
    world = world_with_topics
    await asyncio.to_thread(world.admin().ensure_topic, TOPIC)
    await asyncio.to_thread(stamped_by_sender, world, TOPIC, "review", "platform")
    modes = json.dumps(["backfill", "synthetic", "replay"])
    await register(world, "tasks", "casework", modes=modes)
    await a_tree(await world.database("tasks"))
    return world


@pytest.fixture
async def stream(place):
    """The process, not started yet."""
    program = Program(place, "tasks", "stream", 1)
    yield program
    program.kill()


async def asked(program, path):
    async with httpx.AsyncClient(timeout=20) as client:
        try:
            return await client.get(f"http://127.0.0.1:{program.port}{path}")
        except httpx.HTTPError as error:
            return None if isinstance(error, httpx.ConnectError) else error


async def figures_of(program):
    answer = await asked(program, "/figures")
    assert isinstance(answer, httpx.Response), f"{answer!r}\n{program.last_words()}"
    return answer.json()


async def ready(program):
    async def says_so():
        answer = await asked(program, "/readyz")
        return isinstance(answer, httpx.Response) and answer.status_code == 200

    try:
        return await until(says_so, STARTED_WITHIN_SECONDS)
    except AssertionError:
        answer = await asked(program, "/readyz")
        words = answer.text if isinstance(answer, httpx.Response) else repr(answer)
        raise AssertionError(f"{words}\n{program.last_words()}") from None


async def of_hour(program, at):
    """The figures of an hour as the process holds them: publisher, type, unit, events."""
    answer = await asked(program, f"/hours/{round(at.timestamp())}")
    return Counter({tuple(cell[:3]): cell[3] for cell in answer.json()["cells"]})


async def by_sql(database, at):
    """The same by an independent query over the archive."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    rows = await database.all(
        "SELECT CASE source WHEN '/huainan/casework' THEN 'casework'"
        " ELSE split_part(source, '/', 3) END AS publisher, type, data->>'unit' AS unit,"
        " count(*) AS events FROM event_archive WHERE mode = 'live'"
        " AND time >= :first AND time < :end GROUP BY 1, 2, 3",
        first=hour,
        end=hour + timedelta(hours=1),
    )
    return Counter({(row.publisher, row.type, row.unit): row.events for row in rows})


def a_mixed_hour():
    """Events of two senders in the hour that closed last, with what must not count."""
    cases = [
        full(CaseAccepted, about={"time": last_hour(n % 60)}, case_number=f"甲{n}", unit=unit)
        for n, unit in enumerate([COUNTY, STATION, STATION] * 40)
    ]
    decisions = [
        full(
            DecisionMade,
            about={"time": last_hour(n)},
            case_number=f"甲{n}",
            decision_id=f"D{n}",
            unit=STATION,
        )
        for n in range(30)
    ]
    rehearsed = [
        full(CaseAccepted, about={"time": last_hour(5), "mode": mode}, case_number=f"乙{n}")
        for n, mode in enumerate(["backfill", "synthetic", "replay"])
    ]
    earlier = full(CaseAccepted, about={"time": last_hour(-1)}, case_number="丙1", unit=COUNTY)
    return [earlier, *cases, *decisions, *rehearsed, *cases[:7]]  # some come twice


def of_review():
    return [
        full(
            ReviewBypassed,
            about={"source": "/mingjing/review", "time": last_hour(n)},
            case_number=f"甲{n}",
            decision_id=f"D{n}",
        )
        for n in range(5)
    ]


@asynccontextmanager
async def archiving(world):
    """The service's own event process, which archives what the stream counts."""
    async with running(world, "tasks", HANDLERS, ALARMS) as process:
        yield process


async def test_a_closed_hour_is_what_sql_finds_in_the_archive_also_after_kill_9(place, stream):
    database = await place.database("tasks")
    stream.start()
    async with producing(place) as out, archiving(place):
        await arrive(out, place, TOPIC, *a_mixed_hour())
        for poison in (b"{ no json", b"\xff\x00", None):
            await out.send_and_wait(place.prefix + TOPIC, poison, key=b"x")
        await arrive(out, place, "review", *of_review())
        await ready(stream)
        wanted = 120 + 30 + 5

        async def all_archived():
            return sum((await by_sql(database, last_hour(0))).values()) == wanted

        await until(all_archived)

        async def all_counted():
            return sum((await of_hour(stream, last_hour(0))).values()) == wanted

        await until(all_counted)
        expected = await by_sql(database, last_hour(0))
        assert await of_hour(stream, last_hour(0)) == expected
        assert len({publisher for publisher, _, _ in expected}) == 2
        assert (await figures_of(stream))["unreadable"] == 3

        stream.kill()
        began = monotonic()
        stream.start()
        await ready(stream)
        assert monotonic() - began < STARTED_WITHIN_SECONDS
        assert await of_hour(stream, last_hour(0)) == expected
        metrics = (await asked(stream, "/metrics")).text
        assert "mj_live_rebuilding 0.0" in metrics
        assert 'mj_live_last_event_timestamp_seconds{publisher="casework"}' in metrics
    assert await asyncio.to_thread(stream.stop) == 0


async def spoke_every_week(database):
    """For three weeks the publisher sent twenty events in each of these hours."""
    keys = database.installation.keys
    rows = []
    for week in (1, 2, 3):
        for minute in range(0, 300, 3):
            at = before(weeks=week, hours=4) + timedelta(minutes=minute)
            event = full(CaseAccepted, about={"id": f"w{week}-{minute}"}, case_number="甲1")
            rows.append(archive_row(event, keys, at))
    async with database.transaction() as tx:
        await add_events(tx, rows)


async def stood(database):
    rows = await database.all(
        "SELECT subject, state, caused_by, cleared_by, owner_unit, owner_role FROM warnings"
    )
    return [tuple(row) for row in rows]


async def test_silence_raises_a_warning_once_and_the_next_event_clears_it(place, stream):
    database = await place.database("tasks")
    await register(place, "tasks", "quiet")  # never spoke: nobody expects anything of it
    await spoke_every_week(database)
    last = full(CaseAccepted, about={"time": before(hours=2), "id": "last"}, case_number="甲1")
    beats = [
        received(
            PlatformProbed,
            probe_id=f"p{minute}",
            about={"source": "/mingjing/gateway", "time": before(minutes=minute)},
        )
        for minute in range(150)
    ]
    raised = ("casework", "raised", f"{SOURCE}#last", None, CITY, "operator")
    async with producing(place) as out:
        await arrive(out, place, TOPIC, last)
        await arrive(out, place, "platform", *beats)
        stream.start()
        await ready(stream)

        async def stands(*rows):
            return await stood(database) == list(rows)

        await until(lambda: stands(raised), STARTED_WITHIN_SECONDS)
        assert "mj_live_silent_publishers 1.0" in (await asked(stream, "/metrics")).text

        stream.kill()
        stream.start()
        await ready(stream)
        await until(lambda: judged_again(stream), STARTED_WITHIN_SECONDS)
        assert await stood(database) == [raised]
        assert [type_ for type_, _ in await said(database)] == ["warning.raised"]

        again = full(CaseAccepted, about={"time": before(seconds=1), "id": "again"})
        await arrive(out, place, TOPIC, again)
        cleared = ("casework", "cleared", f"{SOURCE}#last", f"{SOURCE}#again", CITY, "operator")
        await until(lambda: stands(cleared), STARTED_WITHIN_SECONDS)
    told = [(type_, data["kind"], data["subject"]) for type_, data in await said(database)]
    assert told == [
        ("warning.raised", "publisher_silent", "casework"),
        ("warning.cleared", "publisher_silent", "casework"),
    ]


async def judged_again(program):
    figures = await figures_of(program)
    states = {one["name"]: one["state"] for one in figures["publishers"]}
    return states == {"casework": "silent", "quiet": "never"}


async def test_a_publisher_registered_while_it_runs_is_counted_from_its_first_event(place, stream):
    stream.start()
    await ready(stream)
    await asyncio.to_thread(place.admin().ensure_topic, "inbound.later")
    event = full(CaseAccepted, about={"source": "/huainan/later", "time": before(seconds=1)})
    async with producing(place) as out:
        await arrive(out, place, "inbound.later", event)
        await register(place, "tasks", "later")

        async def counted():
            figures = await figures_of(stream)
            return {one["name"]: one["this_hour"] for one in figures["publishers"]}.get("later")

        assert await until(counted, STARTED_WITHIN_SECONDS) == 1


def backlog(world):
    """How many records wait for live oversight, by topic, as the broker says."""
    kafka = world.stack.started_kafka()
    observed = Broker(kafka.bootstrap, kafka.admin_user, kafka.admin_password, world.prefix)
    now_ms = round(machine_now().timestamp() * 1000)
    return {topic: lag.messages for (_, topic), lag in observed.lags([GROUP], now_ms).items()}


async def test_how_far_it_is_can_be_observed_from_outside(place, stream):
    event = received(CaseAccepted, about={"source": SOURCE, "time": before(minutes=5)})
    async with producing(place) as out:
        await arrive(out, place, TOPIC, event)
    stream.start()
    await ready(stream)

    async def nothing_waits():
        waiting = await asyncio.to_thread(backlog, place)
        return TOPIC in waiting and set(waiting.values()) == {0}

    await until(nothing_waits)
