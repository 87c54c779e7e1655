"""The door killed between its row, its ack and its answer: never lost, never twice.

A publisher repeats what was not answered 202. Whatever was killed in between, an event that got
202 is in Kafka, and every copy of it is the same event: who drops by (source, id), as every
inbox does, applies it once.
"""

import asyncio
import os
import random
import secrets
from collections import Counter

import asyncpg
import httpx
import pytest

from mingjing_gateway.settings import door_settings
from mingjing_shared.events import example
from mingjing_shared.events.casework import DecisionMade, EnforcementEnded
from support.door import DoorHouse, Knock, until
from support.door_process import DoorProcess

HOLD = 4711  # the advisory lock that a test holds the door's UPDATE with
PATIENCE = httpx.Timeout(20, connect=2)


@pytest.fixture(scope="module")
async def house(stack):
    stack.started_kafka()
    world = await stack.world()
    await world.with_topics()
    settings = door_settings(await world.settings("gateway"))
    made = DoorHouse(world, await world.database("gateway"), settings)
    await made.publisher("casework")
    yield made
    await world.close()


@pytest.fixture(scope="module")
async def door(house, tmp_path_factory):
    process = DoorProcess(house, tmp_path_factory.mktemp("door") / "door.log")
    await process.start()
    yield process
    process.stop()


@pytest.fixture
async def publisher(house, door):
    async with httpx.AsyncClient(base_url=door.address, timeout=PATIENCE) as client:
        knock = house.knock(client, "casework")
        warm = knock.event(EnforcementEnded, id="warm")

        async def taken():
            return (await knock.one(warm)).status_code == 202

        await until(taken)
        yield knock


@pytest.fixture
async def superuser(stack, house):
    connection = await asyncpg.connect(stack.postgres.dsn(house.settings.database_name))
    yield connection
    await connection.close()


async def copies(house, publisher, event):
    return [w for w in await house.written(publisher.topic) if w.identity[1] == event["id"]]


async def unanswered(request):
    """A request whose answer never comes."""
    with pytest.raises(httpx.TransportError):
        await request


async def test_killed_after_its_row_the_repeat_is_taken(stack, house, door, publisher):
    event = publisher.event(EnforcementEnded)
    stack.kafka.pause()
    try:
        request = asyncio.create_task(publisher.one(event))

        async def noted():
            return await house.state_of(publisher.source, event["id"]) == "pending"

        await until(noted)
        door.kill()
        await unanswered(request)
    finally:
        stack.kafka.resume()
    await door.start()
    assert await house.state_of(publisher.source, event["id"]) == "pending"
    assert (await publisher.one(event)).status_code == 202
    found = await copies(house, publisher, event)
    assert len({copy.digest for copy in found}) == 1
    assert await house.state_of(publisher.source, event["id"]) == "acked"


async def test_killed_after_the_ack_the_repeat_is_the_same_event(house, door, publisher, superuser):
    await superuser.execute(
        f"CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" PERFORM pg_advisory_xact_lock({HOLD}); RETURN NULL; END $$;"
        " CREATE TRIGGER hold BEFORE UPDATE ON received EXECUTE FUNCTION hold()"
    )
    event = publisher.event(EnforcementEnded)
    try:
        await superuser.execute("SELECT pg_advisory_lock($1)", HOLD)
        request = asyncio.create_task(publisher.one(event))
        await until(lambda: copies(house, publisher, event))
        assert await house.state_of(publisher.source, event["id"]) == "pending"
        door.kill()
        await unanswered(request)
    finally:
        await superuser.execute("SELECT pg_advisory_unlock_all()")
        await superuser.execute("DROP TRIGGER hold ON received; DROP FUNCTION hold()")
    await door.start()
    assert await house.state_of(publisher.source, event["id"]) == "pending"
    assert (await publisher.one(event)).status_code == 202
    found = await copies(house, publisher, event)
    assert len(found) == 2
    assert len({copy.digest for copy in found}) == 1


async def test_killed_before_its_answer_the_repeat_is_answered_without_sending(
    house, door, publisher
):
    event = publisher.event(EnforcementEnded)
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    request = publisher.client.build_request(
        "POST",
        "/intake/events",
        json=event,
        headers={
            "Authorization": f"Bearer {publisher.key}",
            "Content-Type": "application/cloudevents+json",
        },
    )
    lines = [f"POST {request.url.path} HTTP/1.1".encode()]
    lines += [name + b": " + value for name, value in request.headers.raw]
    writer.write(b"\r\n".join([*lines, b"", request.read()]))

    async def acked():
        return await house.state_of(publisher.source, event["id"]) == "acked"

    await until(acked)
    door.kill()  # the answer, if it was written at all, was read by nobody
    writer.close()
    del reader
    await door.start()
    assert (await publisher.one(event)).status_code == 202
    assert len(await copies(house, publisher, event)) == 1


class Client:
    """A publisher that repeats, under the same ids, what was not answered 202."""

    def __init__(self, knock: Knock, chance: random.Random, number: int) -> None:
        self.knock = knock
        self.chance = chance
        self.number = number
        self.acked: dict[str, str] = {}
        self.answers: Counter[str] = Counter()

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            events = [self._event(n) for n in range(self.chance.choice([1, 1, 2, 7, 20]))]
            waiting = {event["id"]: event for event in events}
            while waiting:
                for event_id in await self._send(list(waiting.values())):
                    self.acked[event_id] = waiting.pop(event_id)["data"]["case_number"]

    def _event(self, place: int) -> dict:
        cls = self.chance.choice([EnforcementEnded, DecisionMade])
        number = f"案〔2026〕{self.chance.randrange(50)}号"
        event_id = f"c{self.number}-{len(self.acked)}-{place}-{self.chance.getrandbits(32)}"
        return self.knock.event(cls, id=event_id, data=example(cls, case_number=number))

    async def _send(self, events: list[dict]) -> list[str]:
        """The ids that were promised; none when there was no answer."""
        try:
            if len(events) == 1:
                response = await self.knock.one(events[0])
                statuses = {events[0]["id"]: response.status_code}
            else:
                response = await self.knock.batch(events)
                statuses = (
                    {answer["id"]: answer["status"] for answer in response.json()}
                    if response.status_code in (202, 207)
                    else {event["id"]: response.status_code for event in events}
                )
        except httpx.TransportError as error:
            self.answers[type(error).__name__] += 1
            await asyncio.sleep(0.05)
            return []
        self.answers.update(str(status) for status in statuses.values())
        assert set(statuses.values()) <= {202, 503}, response.text
        return [event_id for event_id, status in statuses.items() if status == 202]


@pytest.mark.parametrize("kills", [5, pytest.param(30, marks=pytest.mark.full)])
async def test_killed_at_random_moments_nothing_promised_is_missing(
    stack, house, door, publisher, kills
):
    seed = int(os.environ.get("MINGJING_SEED") or secrets.randbits(32))
    print(f"seed {seed}")
    chance = random.Random(seed)
    clients = [Client(publisher, random.Random(chance.getrandbits(64)), n) for n in range(4)]
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for client in clients:
            group.create_task(client.run(stop))
        for turn in range(kills):
            await asyncio.sleep(chance.uniform(0.05, 0.6))
            if turn % 3 == 2:
                stack.kafka.pause()
                await asyncio.sleep(chance.uniform(0.0, 0.3))
            door.kill()
            stack.kafka.resume()
            await door.start()
        stop.set()
    acked = {event_id: number for client in clients for event_id, number in client.acked.items()}
    answers = sum((client.answers for client in clients), Counter())
    written = await house.written(publisher.topic)
    digests: dict[str, set[bytes]] = {}
    for record in written:
        digests.setdefault(record.identity[1], set()).add(record.digest)
    missing = acked.keys() - digests.keys()
    contradicting = [event_id for event_id, found in digests.items() if len(found) > 1]
    again = len(written) - len(digests)
    print(
        f"door: {kills} kills, {len(acked)} events promised, missing {len(missing)},"
        f" sent again {again}, contradicting {len(contradicting)}, answers {dict(answers)}"
    )
    assert not missing
    assert not contradicting
    assert len(acked) > kills
    for event_id in list(acked)[:: max(1, len(acked) // 50)]:
        assert await house.state_of(publisher.source, event_id) == "acked"


async def test_told_to_stop_the_door_finishes_what_it_began(house, door, publisher):
    events = [publisher.event(EnforcementEnded) for _ in range(500)]
    request = asyncio.create_task(publisher.batch(events))

    async def noted():
        return await house.state_of(publisher.source, events[-1]["id"]) is not None

    await until(noted)
    assert await asyncio.to_thread(door.stop) == 0
    assert (await request).status_code == 202
    await door.start()
