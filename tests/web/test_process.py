"""A web process as the supervisor sees it: starts, says how it is, stops."""

import asyncio
import os
import signal
import sys

import httpx
import pytest

from mingjing_deploy.local.ports import free_port
from support.officers import CITY, an_officer, signed_in

SECONDS_MAX = 30


async def start(module, environment):
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def ended(process):
    """Exit code and everything it wrote."""
    said, _ = await asyncio.wait_for(process.communicate(), SECONDS_MAX)
    return process.returncode, said.decode()


async def serving(process):
    """Waits until the server says that it listens; what it wrote until then."""
    said = ""
    while "Uvicorn running" not in said:
        line = await asyncio.wait_for(process.stdout.readline(), SECONDS_MAX)
        assert line, f"ended too early: {said}"
        said += line.decode()
    return said


async def answer_of(port, path):
    """What somebody who may see it is answered."""
    headers = signed_in(an_officer(("bureau_leader", CITY)))
    async with httpx.AsyncClient(timeout=SECONDS_MAX, headers=headers) as client:
        return await client.get(f"http://127.0.0.1:{port}{path}")


async def environment_of(world, service, **changes):
    await world.settings(service)
    return {**world.environment(service, free_port()), **changes}


@pytest.mark.parametrize("service", ["disclosure", "portal"])
async def test_a_web_process_answers_and_stops_when_told(world, service):
    environment = await environment_of(world, service)
    port = environment["MINGJING_PORT"]
    process = await start(f"mingjing_{service}.app", environment)
    await serving(process)
    try:
        assert (await answer_of(port, "/readyz")).json() == {"ready": True, "reason": None}
        page = "/" if service == "portal" else f"/{service}/"
        assert (await answer_of(port, page)).status_code == 200
    finally:
        process.send_signal(signal.SIGTERM)
        code, said = await ended(process)
    assert code == 0, said
    assert f'"route": "{page}"' in said


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MINGJING_DATABASE_PASSWORD_FILE", "/nowhere", "读不到密钥文件"),
        ("MINGJING_KEY_RING_FILE", "/nowhere", "读不了密钥环文件"),
        ("MINGJING_PORT", "many", "MINGJING_PORT"),
    ],
)
async def test_a_wrong_installation_ends_the_process_with_one_clear_line(world, name, value, says):
    environment = await environment_of(world, "disclosure", **{name: value})
    code, said = await ended(await start("mingjing_disclosure.app", environment))
    assert code == os.EX_CONFIG
    assert says in said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1


async def test_a_taken_port_ends_the_process_and_names_it(world):
    environment = await environment_of(world, "portal")
    port = environment["MINGJING_PORT"]
    holder = await asyncio.start_server(lambda *_: None, "127.0.0.1", int(port))
    async with holder:
        code, said = await ended(await start("mingjing_portal.app", environment))
    assert code not in (0, os.EX_CONFIG)
    assert port in said


async def test_without_its_database_a_process_runs_and_says_so(world):
    environment = await environment_of(world, "portal", MINGJING_DATABASE_PORT=str(free_port()))
    port = environment["MINGJING_PORT"]
    process = await start("mingjing_portal.app", environment)
    await serving(process)
    try:
        answer = await answer_of(port, "/readyz")
        assert answer.status_code == 503
        assert "数据库不可用" in answer.json()["reason"]
        front = await answer_of(port, "/")
        assert front.status_code == 503
        assert "暂时不可用" in front.text
    finally:
        process.send_signal(signal.SIGTERM)
        assert (await ended(process))[0] == 0
