"""A whole platform of our own, started as a user would start it, on ports of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from journeys.people import Office

from support.chromium import a_chromium
from support.ports import free_base

COMMAND = str(Path(sys.executable).with_name("mingjing"))


@pytest.fixture(scope="session")
def platform(tmp_path_factory):
    """The running platform: its address, the portal's, and what accounts.json says."""
    home = tmp_path_factory.mktemp("platform")
    base = free_base()
    environment = {
        **os.environ,
        "MINGJING_HOME": str(home),
        "MINGJING_PORT_BASE": str(base),
        "MINGJING_SM2": "on",  # everything else must go on as without it
    }
    started = subprocess.run(
        [COMMAND, "up"], env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    try:
        assert started.returncode == 0, started.stdout[-3000:] + started.stderr[-3000:]
        yield {
            "front": f"http://127.0.0.1:{base}",
            "portal": f"http://127.0.0.1:{base + 1}",
            "kafka": f"127.0.0.1:{base + 2}",
            "traces": f"http://127.0.0.1:{base + 14}/zipkin/",
            "metrics": f"http://127.0.0.1:{base + 17}",
            "accounts": json.loads((home / "accounts.json").read_text()),
            "environment": environment,
            "said": started.stdout,
        }
    finally:
        subprocess.run(
            [COMMAND, "down"], env=environment, capture_output=True, timeout=120, check=False
        )


@pytest.fixture(scope="session")
async def chromium():
    async with a_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
async def office(platform, chromium):
    """The people of the demonstration, each in a browser window of their own."""
    people = Office(platform, chromium)
    yield people
    await people.close()


@pytest.fixture(scope="session")
def leader(platform):
    """A client with the session of somebody who may see the whole city."""
    account = next(o for o in platform["accounts"]["officers"] if "bureau_leader" in o["roles"])
    with httpx.Client(base_url=platform["front"], timeout=30) as client:
        answer = client.post(
            "/session/sign-in",
            data={"number": account["username"], "password": account["password"]},
        )
        assert answer.status_code == 303, answer.text
        yield client
