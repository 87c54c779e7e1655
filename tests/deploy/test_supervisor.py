"""Processes are started in order, restarted, stopped in reverse, and never mistaken for others."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from mingjing_deploy.errors import DeployError
from mingjing_deploy.local.process import Command, Identity
from mingjing_deploy.local.runners import Planned
from mingjing_deploy.local.state import PlatformState
from mingjing_deploy.local.supervisor import Supervisor
from mingjing_deploy.topology import Service

WAIT_SECONDS = 20
SERVE = "import signal, time; print('up', flush=True); signal.pause()"
DIARY = (
    "import signal, sys, pathlib; d = pathlib.Path('diary'); n = sys.argv[1]\n"
    "def note(w): f = d.open('a'); f.write(f'{n} {w}\\n'); f.close()\n"
    "def end(*a): note('ends'); sys.exit(0)\n"
    "signal.signal(signal.SIGTERM, end); note('starts')\n"
    "while True: signal.pause()\n"
)


class Fleet:
    """Fake services below one folder, and a way to await what becomes of them."""

    def __init__(self, folder):
        self.folder = folder
        self.changed = asyncio.Condition()
        self.planned = []
        self.round = True

    def add(self, name, *argv, needs=(), job=False, check=None, grace=10.0):
        service = Service(
            name,
            "job" if job else "python",
            (),
            {},
            {},
            {},
            dict.fromkeys(needs, "service_started"),
            {},
            grace,
            not job,
        )
        log = self.folder / f"{name}.log"
        command = Command([sys.executable, "-c", *argv], dict(os.environ), self.folder, log)

        async def ready():
            return None if log.exists() and "up" in log.read_text() else "not yet"

        probe = None if job else (check or ready)
        self.planned.append(Planned(service, {}, log, lambda: command, probe))

    def supervisor(self):
        state = PlatformState(os.getpid(), 0.0, "2026-01-01T00:00:00+00:00", None, [])

        async def went_round():
            return self.round

        return Supervisor(self.planned, state, self.publish, went_round)

    def publish(self, _state):
        async def tell():
            async with self.changed:
                self.changed.notify_all()

        self.telling = asyncio.ensure_future(tell())

    async def until(self, happened):
        async with asyncio.timeout(WAIT_SECONDS), self.changed:
            await self.changed.wait_for(happened)

    def diary(self):
        file = self.folder / "diary"
        return file.read_text().splitlines() if file.exists() else []


@pytest.fixture
def fleet(tmp_path):
    return Fleet(tmp_path)


@contextlib.asynccontextmanager
async def running(supervisor):
    task = asyncio.create_task(supervisor.run())
    try:
        yield task
    finally:
        supervisor.stop()
        await task


async def test_a_service_waits_for_what_it_needs_and_ends_before_it(fleet):
    fleet.add("front", DIARY, "front", needs=["web"])
    fleet.add("web", DIARY, "web", needs=["database"])
    fleet.add("database", DIARY, "database")
    for item in fleet.planned:
        object.__setattr__(item, "check", said_in_diary(fleet, f"{item.service.name} starts"))
    supervisor = fleet.supervisor()
    async with running(supervisor):
        await fleet.until(lambda: supervisor.state.phase == "ready")
    assert fleet.diary() == [
        "database starts",
        "web starts",
        "front starts",
        "front ends",
        "web ends",
        "database ends",
    ]
    assert supervisor.state.phase == "stopped"


def said_in_diary(fleet, line):
    async def check():
        return None if line in fleet.diary() else "not yet"

    return check


async def test_a_killed_process_comes_back_under_another_number(fleet):
    fleet.add("web", SERVE)
    supervisor = fleet.supervisor()
    async with running(supervisor):
        child = supervisor.children["web"].state
        await fleet.until(lambda: child.phase == "ready")
        first = child.pid
        os.kill(first, signal.SIGKILL)
        await fleet.until(lambda: child.phase == "ready" and child.pid not in (first, None))
        assert child.restarts == 1
    assert supervisor.state.failure is None


async def test_a_process_that_keeps_ending_is_started_again_with_growing_pauses(fleet):
    fleet.add("web", "raise SystemExit(3)", check=never)
    supervisor = fleet.supervisor()
    said = []
    async with running(supervisor):
        child = supervisor.children["web"].state

        def twice():
            if child.phase == "backing off" and child.reason not in said:
                said.append(child.reason)
            return len(said) == 2

        await fleet.until(twice)
    assert said == ["ended with 3, again in 0.5 s", "ended with 3, again in 1 s"]


async def never():
    return "not ready"


async def test_a_wrong_key_stops_everything_with_the_words_of_the_process(fleet):
    fleet.add("web", SERVE)
    words = (
        '{"event": "misconfigured", "message": "密钥环打不开本库的数据。", "way_out": "恢复它。"}'
    )
    fleet.add("worker", f"print({words!r}); raise SystemExit(78)", needs=["web"], check=never)
    supervisor = fleet.supervisor()
    async with asyncio.timeout(WAIT_SECONDS):
        await supervisor.run()
    assert supervisor.state.phase == "failed"
    assert supervisor.state.failure == (
        "worker gave up (exit 78): 密钥环打不开本库的数据。 恢复它。"
        f" Read: {fleet.folder / 'worker.log'}"
    )
    assert [child.state.phase for child in supervisor.children.values()] == ["stopped", "failed"]


async def test_a_job_that_fails_three_times_stops_everything(fleet):
    fleet.add("migrate", "print('no such table'); raise SystemExit(1)", job=True)
    fleet.add("web", SERVE, needs=["migrate"])
    supervisor = fleet.supervisor()
    async with asyncio.timeout(WAIT_SECONDS):
        await supervisor.run()
    assert supervisor.state.failure.startswith("migrate gave up (exit 1): no such table")
    assert supervisor.children["web"].state.phase == "stopped"


async def test_what_is_optional_and_not_there_is_named_and_keeps_nobody_from_being_ready(fleet):
    def missing():
        raise DeployError("There is no such program; install it.")

    fleet.add("web", SERVE)
    fleet.add("metrics", SERVE)
    spare = fleet.planned.pop()
    optional = replace(spare.service, optional=True)
    fleet.planned.append(replace(spare, service=optional, prepare=missing))
    supervisor = fleet.supervisor()
    async with running(supervisor):
        await fleet.until(lambda: supervisor.state.phase == "ready")
        told = supervisor.children["metrics"].state
        await fleet.until(lambda: told.phase == "failed")
        assert told.reason == "There is no such program; install it."
    assert supervisor.state.failure is None


async def test_a_job_runs_once_and_the_next_goes_on(fleet):
    fleet.add("migrate", "print('done')", job=True)
    fleet.add("web", SERVE, needs=["migrate"])
    supervisor = fleet.supervisor()
    async with running(supervisor):
        await fleet.until(lambda: supervisor.state.phase == "ready")
        assert supervisor.children["migrate"].state.phase == "done"
        assert supervisor.children["migrate"].state.restarts == 0


async def test_nothing_is_called_ready_before_the_probe_went_round(fleet):
    fleet.round = False
    fleet.add("web", SERVE)
    supervisor = fleet.supervisor()
    async with running(supervisor):
        child = supervisor.children["web"].state
        await fleet.until(lambda: child.phase == "ready")
        assert supervisor.state.phase == "starting"
        fleet.round = True
        await fleet.until(lambda: supervisor.state.phase == "ready")


async def test_a_process_that_will_not_end_is_killed_after_its_grace(fleet):
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\n"
    fleet.add("deaf", deaf + "while True: signal.pause()", grace=0.3)
    supervisor = fleet.supervisor()
    async with running(supervisor):
        child = supervisor.children["deaf"]
        await fleet.until(lambda: child.state.phase == "ready")
    assert child.process.returncode == -signal.SIGKILL


async def test_a_stopped_process_is_woken_to_end(fleet):
    fleet.add("web", DIARY, "web", check=said_in_diary(fleet, "web starts"))
    supervisor = fleet.supervisor()
    async with running(supervisor):
        child = supervisor.children["web"]
        await fleet.until(lambda: child.state.phase == "ready")
        os.kill(child.process.pid, signal.SIGSTOP)
    assert fleet.diary() == ["web starts", "web ends"]


def test_a_reused_number_is_never_signalled():
    other = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    try:
        now = Identity.of(other.pid)
        earlier = Identity(other.pid, now.started - 60)
        assert now.alive()
        assert not earlier.alive()
        assert earlier.send(signal.SIGKILL) is False
        earlier.end(1)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()
    assert not now.alive()
    assert now.send(signal.SIGTERM) is False
