"""`mingjing up`, `status` and `down` as a person meets them, with the database alone (quick)."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from mingjing_deploy.local.process import Identity
from support.ports import free_base

MINGJING = str(Path(sys.executable).with_name("mingjing"))
SQL_OFFSET = 5


class Person:
    """Somebody at a keyboard, with a home and a block of ports of their own."""

    def __init__(self, home, base):
        self.home = home
        self.base = base

    def types(self, *words, expect=0):
        env = {
            **os.environ,
            "MINGJING_HOME": str(self.home),
            "MINGJING_PORT_BASE": str(self.base),
        }
        done = subprocess.run(
            [MINGJING, *words],
            env=env,
            cwd="/",
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == expect, done.stdout + done.stderr
        return done.stdout + done.stderr

    def process(self):
        [process] = json.loads(self.types("status", "--json"))["processes"]
        return process


@pytest.fixture
def somebody(tmp_path):
    made = []

    def make(name="home"):
        person = Person(tmp_path / name, free_base())
        made.append(person)
        return person

    yield make
    for person in made:
        person.types("down")


def test_up_status_and_down_say_what_is(somebody):
    person = somebody()
    said = person.types("up", "--only", "postgres")
    assert "postgres ready" in said
    assert "Mingjing is ready" in said
    process = person.process()
    assert process["name"] == "postgres"
    assert process["ready"] is True
    assert process["ports"] == [person.base + SQL_OFFSET]
    assert process["rss_mb"] > 0
    assert Identity.of(process["pid"]) is not None

    again = person.types("up")
    assert "Mingjing is already running" in again
    assert person.process()["pid"] == process["pid"]

    assert "Mingjing has stopped" in person.types("down")
    assert Identity.of(process["pid"]) is None
    told = json.loads(person.types("status", "--json", expect=1))
    assert told["ready"] is False
    assert told["processes"] == []


def test_two_copies_run_beside_each_other_and_one_ends_alone(somebody):
    first, second = somebody("first"), somebody("second")
    first.types("up", "--only", "postgres")
    second.types("up", "--only", "postgres")
    first.types("down")
    assert second.process()["ready"] is True


def test_a_taken_port_is_named_with_its_holder_and_nothing_is_started(somebody):
    person = somebody()
    with socket.create_server(("127.0.0.1", person.base + SQL_OFFSET)):
        said = person.types("up", "--only", "postgres", expect=1)
    assert f"Port {person.base + SQL_OFFSET}, needed for postgres (sql), is taken by" in said
    assert f"pid {os.getpid()}" in said
    assert "Traceback" not in said
    assert "not running" in person.types("status", expect=1)


def test_a_half_made_state_is_refused_with_the_way_out(somebody):
    person = somebody()
    person.types("keys", "init")
    data = person.home / "data" / "postgres" / "data"
    data.mkdir(parents=True)
    said = person.types("up", "--only", "postgres", expect=1)
    assert "is no PostgreSQL 18 cluster; `mingjing reset` clears it." in said
    assert "Traceback" not in said
    assert data.exists()


def test_what_a_killed_supervisor_left_is_taken_over_by_the_next_start(somebody):
    person = somebody()
    person.types("up", "--only", "postgres")
    left = person.process()["pid"]
    state = json.loads((person.home / "run" / "state.json").read_text())
    supervisor = Identity(state["supervisor_pid"], state["supervisor_started"])
    supervisor.end(10, signal.SIGKILL)
    assert "not running" in person.types("status", expect=1)
    said = person.types("up", "--only", "postgres")
    assert "ending what a dead supervisor left behind: postgres" in said
    assert Identity.of(left) is None
    assert person.process()["ready"] is True


def test_reset_deletes_everything_and_the_next_start_is_a_first_one(somebody):
    person = somebody()
    person.types("up", "--only", "postgres")
    first = (person.home / "secrets" / "postgres-superuser").read_text()
    assert f"{person.home} is deleted." in person.types("reset", "--yes")
    assert not person.home.exists()
    person.types("up", "--only", "postgres")
    assert (person.home / "secrets" / "postgres-superuser").read_text() != first


def test_no_secret_stands_on_a_command_line_or_in_a_log(somebody):
    person = somebody()
    person.types("up", "--only", "databases")
    pid = person.process()["pid"]
    words = Path(f"/proc/{pid}/cmdline").read_text() + Path(f"/proc/{pid}/environ").read_text()
    for log in (person.home / "logs").glob("*.log"):
        words += log.read_text()
    words += (person.home / "run" / "state.json").read_text()
    public = ("made.list", "installation-code")
    secrets = [f for f in (person.home / "secrets").iterdir() if f.name not in public]
    assert secrets
    for file in secrets:
        assert file.read_text() not in words, file.name
