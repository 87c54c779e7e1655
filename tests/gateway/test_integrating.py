"""Every program in docs/integrating.md does what it says."""

import asyncio
import http.client
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mingjing_gateway.settings import door_settings
from mingjing_shared.events.casework import EnforcementEnded
from support.door import STRUCTURED, DoorHouse, records_of, until
from support.door_process import DoorProcess

TEXT = (Path(__file__).parents[2] / "docs" / "integrating.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(python|sh)\n(.*?)```", TEXT, re.DOTALL)
PROGRAMS = [code for kind, code in BLOCKS if kind == "python"]
CURL = next(code for kind, code in BLOCKS if kind == "sh" and "curl" in code)


@pytest.fixture(scope="module")
async def place(stack, tmp_path_factory):
    """A door as a process, one publisher a way."""
    stack.started_kafka()
    world = await stack.world()
    await world.with_topics()
    settings = door_settings(await world.settings("gateway"))
    house = DoorHouse(world, await world.database("gateway"), settings)
    await house.publisher("casework")
    await house.publisher("direct", way="kafka")
    admin = world.admin()
    await asyncio.to_thread(admin.rotate_user, "direct", "a password")
    await asyncio.to_thread(admin.grant_publisher, "direct", "inbound.direct")
    door = DoorProcess(house, tmp_path_factory.mktemp("door") / "door.log")
    await door.start()
    yield house, door
    door.stop()
    await world.close()


def environment(house, door, name):
    return {
        **os.environ,
        "MINGJING_FRONT": door.address,
        "MINGJING_KEY": house.keys[name],
        "MINGJING_SOURCE": f"/huainan/{name}",
        "MINGJING_KAFKA": house.settings.kafka_bootstrap,
        "MINGJING_KAFKA_USER": name,
        "MINGJING_KAFKA_PASSWORD": "a password",
        "MINGJING_TOPIC": f"{house.world.prefix}inbound.{name}",
    }


async def run(command, given, environment):
    return await asyncio.to_thread(
        subprocess.run,
        command,
        input=given,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def written_by(house, name, event_id):
    async def written():
        records = await records_of(house.world, f"inbound.{name}")
        ids = [dict(record.headers)["ce_id"].decode() for record in records]
        return event_id in ids

    return written


async def test_the_curl_command_is_answered_202(place):
    house, door = place
    command = CURL.replace("curl -sS", "curl -sS -w '%{http_code}'")

    async def taken():  # the door's right to write may still be on its way to the broker
        ran = await run(["sh", "-c", command], None, environment(house, door, "casework"))
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.endswith("202")

    await until(taken)
    assert await written_by(house, "casework", "2026-000117/ended")()


@pytest.mark.parametrize(
    ("program", "name", "event_id"),
    [
        (PROGRAMS[0], "casework", "2026-000118/ended"),
        (PROGRAMS[1], "direct", "2026-000119/ended"),
        (PROGRAMS[2], "direct", "2026-000120/ended"),
    ],
    ids=["http", "aiokafka", "librdkafka"],
)
async def test_the_program_publishes_its_event(place, program, name, event_id):
    house, door = place

    async def ran():
        done = await run([sys.executable, "-"], program, environment(house, door, name))
        return done.returncode == 0 or print(done.stderr)

    await until(ran, seconds=60)
    assert await written_by(house, name, event_id)()


async def test_the_table_of_refusals_names_every_status_of_the_door():
    statuses = set(re.findall(r"^\| (\d{3}) \|", TEXT, re.MULTILINE))
    assert statuses == {"400", "401", "403", "409", "413", "415", "429", "503"}


async def test_the_forms_are_those_that_the_door_reads(house, casework):
    assert STRUCTURED in TEXT
    assert (await casework.validate(casework.event(EnforcementEnded))).status_code == 200


@pytest.mark.parametrize("connection", ["keep-alive", "close"])
async def test_a_client_that_sends_ten_megabytes_can_read_why_they_were_refused(place, connection):
    house, door = place
    headers = {
        "Authorization": f"Bearer {house.keys['casework']}",
        "Content-Type": STRUCTURED,
        "Connection": connection,
    }
    started = asyncio.get_running_loop().time()

    def ask():
        with closing(http.client.HTTPConnection("127.0.0.1", door.port, timeout=20)) as client:
            client.request("POST", "/intake/events", body=b" " * 10_485_760, headers=headers)
            answer = client.getresponse()
            return answer.status, answer.read().decode()

    status, text = await asyncio.to_thread(ask)
    assert status == 413
    assert "4 MiB" in text
    assert asyncio.get_running_loop().time() - started < 5
