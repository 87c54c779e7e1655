"""An event process of its own: it says what it settled, and leaves in good order."""

import asyncio
from time import monotonic

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from guarantees.processes import Program

from mingjing_shared.events.casework import CaseAccepted
from mingjing_shared.events.platform import PlatformProbed
from support.events import received
from support.running import producing, register, send, until

STOPPED_WITHIN_SECONDS = 15


@pytest.fixture
async def program(world_with_topics):
    """Disclosure's worker as a process, with a registered publisher."""
    world = world_with_topics
    await asyncio.to_thread(world.admin().ensure_topic, "inbound.casework")
    await register(world, "disclosure", "casework")
    found = Program(world, "disclosure", "worker", 1)
    found.start()
    yield found
    found.kill()


async def readyz(program):
    async with httpx.AsyncClient() as client:
        try:
            answer = await client.get(f"http://127.0.0.1:{program.port}/readyz")
        except httpx.HTTPError:
            return None
    return answer.status_code, answer.json()


async def says(program, condition):
    answer = await readyz(program)
    return answer if answer is not None and condition(*answer) else None


async def committed(world, topic):
    """Where the group goes on, summed over the partitions."""
    kafka = world.stack.started_kafka()
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka.bootstrap,
        group_id=f"{world.prefix}disclosure",
        enable_auto_commit=False,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism=kafka.mechanism,
        sasl_plain_username=kafka.admin_user,
        sasl_plain_password=kafka.admin_password,
    )
    await consumer.start()
    try:
        places = [TopicPartition(world.prefix + topic, number) for number in range(24)]
        return sum([await consumer.committed(place) or 0 for place in places])
    finally:
        await consumer.stop()


async def test_a_worker_is_ready_once_it_settled_a_probe_and_stops_with_its_offsets_committed(
    program,
):
    world = program.world
    database = await world.database("disclosure")
    waiting = await until(lambda: says(program, lambda _status, body: body["topics"]))
    assert waiting[0] == 503
    assert waiting[1]["reason"] == "尚未收到探测事件"
    assert waiting[1]["last_probe"] is None

    probe = received(PlatformProbed, probe_id="p1", about={"source": "/mingjing/gateway"})
    cases = [received(CaseAccepted, case_number=f"甲{n}", kind="traffic") for n in range(30)]
    async with producing(world) as out:
        await send(out, world, "platform", probe)
        _status, body = await until(lambda: says(program, lambda status, _body: status == 200))
        assert body["last_probe"]["id"] == "p1"
        assert body["publishers"] == ["casework"]
        assert {"inbound.casework", "platform", "directory"} <= set(body["topics"])
        await send(out, world, "inbound.casework", *cases)
        await until(lambda: _all_known(database, len(cases)))

    began = monotonic()
    assert await asyncio.to_thread(program.stop) == 0
    assert monotonic() - began < STOPPED_WITHIN_SECONDS
    assert await committed(world, "inbound.casework") == len(cases)
    assert await committed(world, "platform") >= 1  # the probe, and perhaps windows of its own


async def _all_known(database, count):
    return len(await database.all("SELECT 1 FROM case_facts")) == count
