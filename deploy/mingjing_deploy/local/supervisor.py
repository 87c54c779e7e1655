"""Looks after the processes of one copy: starts them in order, restarts them, stops them by pid.

Runs inside the detached process of `daemon.py`, which ends after everything it started has ended.
"""

import asyncio
import contextlib
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from mingjing_deploy.errors import DeployError
from mingjing_deploy.local.process import Command, Identity, allow_many_files
from mingjing_deploy.local.runners import Planned
from mingjing_deploy.local.said import last_words
from mingjing_deploy.local.state import ChildState, PlatformState

POLL_SECONDS = 0.1
CHECK_SECONDS = 3.0
STEADY_SECONDS = 60.0
BACKOFF_SECONDS_FIRST = 0.5
BACKOFF_SECONDS_MAX = 30.0
JOB_TRIES_MAX = 3
CANNOT_GET_BETTER = 78  # EX_CONFIG: a wrong key or setting


@dataclass
class Child:
    """One service under supervision."""

    planned: Planned
    state: ChildState
    process: subprocess.Popen[bytes] | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    stop_signal: int = signal.SIGTERM

    @property
    def name(self) -> str:
        """The service's name."""
        return self.planned.service.name


class Supervisor:
    """Keeps a set of planned services running until told to stop."""

    def __init__(
        self,
        planned: Sequence[Planned],
        state: PlatformState,
        publish: Callable[[PlatformState], None],
        went_round: Callable[[], Awaitable[bool]],
    ) -> None:
        self.state = state
        self._publish = publish
        self._went_round = went_round
        self._stopping = asyncio.Event()
        self.children = {item.service.name: self._child(item) for item in planned}
        state.children = [child.state for child in self.children.values()]

    def _child(self, planned: Planned) -> Child:
        service = planned.service
        return Child(
            planned, ChildState(service.name, service.is_job, planned.ports, str(planned.log))
        )

    def stop(self) -> None:
        """Begin to stop; `run` returns when everything has ended."""
        self._stopping.set()

    def fail(self, sentence: str) -> None:
        """Give up: what cannot get better by itself is said once, and everything is stopped."""
        if self.state.failure is None:
            self.state.failure = sentence
        self.stop()

    async def run(self) -> None:
        """Start everything in the order of its needs, keep it running, stop it in reverse."""
        allow_many_files()
        self._note()
        keepers = [asyncio.create_task(self._keep(child)) for child in self.children.values()]
        judge = asyncio.create_task(self._judge())
        await self._stopping.wait()
        self.state.phase = "stopping"
        self._note()
        judge.cancel()
        await asyncio.gather(*(self._end(child) for child in self.children.values()))
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, judge, return_exceptions=True)
        self.state.phase = "failed" if self.state.failure else "stopped"
        self._note()

    async def _judge(self) -> None:
        """Call the whole ready once everything is settled and a probe went round."""
        for child in self.children.values():
            if not child.planned.service.optional:
                await child.settled.wait()
        while not await self._went_round():  # noqa: ASYNC110 - asks another process
            await asyncio.sleep(POLL_SECONDS * 2)
        self.state.phase = "ready"
        self._note()

    async def _keep(self, child: Child) -> None:
        try:
            for need in child.planned.service.needs:
                await self.children[need].settled.wait()
            pause = BACKOFF_SECONDS_FIRST
            while not self._stopping.is_set():
                began = time.monotonic()
                code = await self._run_once(child)
                if self._stopping.is_set() or child.state.phase == "done":
                    return
                self._judge_exit(child, code)
                if time.monotonic() - began > STEADY_SECONDS:
                    pause = BACKOFF_SECONDS_FIRST
                child.state.restarts += 1
                self._phase(child, "backing off", f"ended with {code}, again in {pause:g} s")
                await asyncio.sleep(pause)
                pause = min(pause * 2, BACKOFF_SECONDS_MAX)
        except DeployError as problem:
            self._give_up(child, str(problem))
        except OSError as problem:
            self._give_up(child, f"{child.name} could not be started: {problem}.")

    def _give_up(self, child: Child, sentence: str) -> None:
        """Without a service that is not optional there is no platform."""
        self._phase(child, "failed", sentence)
        if not child.planned.service.optional:
            self.fail(sentence)

    def _judge_exit(self, child: Child, code: int) -> None:
        hopeless = code == CANNOT_GET_BETTER
        hopeless |= child.planned.service.is_job and child.state.restarts + 1 >= JOB_TRIES_MAX
        if hopeless:
            words = last_words(child.planned.log)
            raise DeployError(
                f"{child.name} gave up (exit {code}){': ' + words if words else '.'}",
                log=child.planned.log,
            )

    async def _run_once(self, child: Child) -> int:
        """Start, wait until ready, watch until it ends; give its exit code."""
        began = time.monotonic()
        self._phase(child, "preparing")
        command = await asyncio.to_thread(child.planned.prepare)
        if self._stopping.is_set():
            return 0
        process = self._spawn(child, command)
        code = await self._watch(child, process, began)
        child.state.pid = child.state.started = None
        if child.planned.service.is_job and code == 0:
            child.state.took_seconds = round(time.monotonic() - began, 2)
            self._phase(child, "done")
            child.settled.set()
        self._note()
        return code

    def _spawn(self, child: Child, command: Command) -> subprocess.Popen[bytes]:
        child.stop_signal = command.stop_signal
        process = child.process = command.spawn()
        identity = Identity.of(process.pid)
        child.state.pid = process.pid
        child.state.started = identity.started if identity else None
        self._phase(child, "starting")
        return process

    async def _watch(self, child: Child, process: subprocess.Popen[bytes], began: float) -> int:
        next_check = time.monotonic()
        while (code := process.poll()) is None:
            check = child.planned.check
            if check is not None and time.monotonic() >= next_check:
                problem = await check()
                if process.poll() is None:
                    self._judge_answer(child, problem, began)
                settled = child.settled.is_set()
                next_check = time.monotonic() + (CHECK_SECONDS if settled else POLL_SECONDS)
            await asyncio.sleep(POLL_SECONDS)
        return code

    def _judge_answer(self, child: Child, problem: str | None, began: float) -> None:
        state = child.state
        if self._stopping.is_set():
            return
        if problem is None:
            if state.phase == "starting":
                state.took_seconds = round(time.monotonic() - began, 2)
            child.settled.set()
            if state.phase != "ready":
                self._phase(child, "ready")
        elif state.phase == "ready":
            self._phase(child, "troubled", problem)
        elif state.reason != problem:
            self._phase(child, state.phase, problem)

    async def _end(self, child: Child) -> None:
        """Stop one service when everything that needs it has ended."""
        dependents = [
            other for other in self.children.values() if child.name in other.planned.service.needs
        ]
        for other in dependents:
            await other.ended.wait()
        process = child.process
        if process is not None and process.poll() is None:
            self._phase(child, "stopping")
            await self._stop_process(child, process)
        if child.state.phase != "failed":
            self._phase(child, "done" if child.state.phase == "done" else "stopped")
        child.state.pid = child.state.started = None
        child.ended.set()

    async def _stop_process(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        for number in (child.stop_signal, signal.SIGCONT):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(number)
        end = time.monotonic() + child.planned.service.grace_seconds
        while process.poll() is None:
            if time.monotonic() > end:
                process.kill()
            await asyncio.sleep(POLL_SECONDS)

    def _phase(self, child: Child, phase: str, reason: str | None = None) -> None:
        child.state.phase = phase
        child.state.reason = reason
        self._note()

    def _note(self) -> None:
        self._publish(self.state)
