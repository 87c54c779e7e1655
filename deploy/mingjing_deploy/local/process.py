"""One child process: started detached from the terminal, known by pid and start time."""

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

from mingjing_deploy.errors import DeployError, NotReady

OPEN_FILES = 65_536
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Identity:
    """A process, told apart from a later one that was given the same number."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> Self | None:
        """Give the identity of a running process; None if there is none (or only its corpse)."""
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return cls(pid, process.create_time())
        except psutil.Error:
            return None

    def alive(self) -> bool:
        """Whether this very process runs, not another with its number."""
        now = Identity.of(self.pid)
        return now is not None and abs(now.started - self.started) < 0.02

    def send(self, number: int) -> bool:
        """Send a signal to this very process; False if it is gone. Never hits a successor."""
        if not self.alive():
            return False
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return False
        return True

    def wait_gone(self, timeout_seconds: float) -> bool:
        """Wait until this very process has ended; False if it still runs after the timeout."""
        end = time.monotonic() + timeout_seconds
        while self.alive():
            if time.monotonic() > end:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def end(self, grace_seconds: float, number: int = signal.SIGTERM) -> None:
        """Ask this very process to stop, insist after the grace, return when it is gone."""
        if not self.send(number):
            return
        self.send(signal.SIGCONT)
        if not self.wait_gone(grace_seconds):
            self.send(signal.SIGKILL)
            self.wait_gone(grace_seconds)


@dataclass(frozen=True)
class Command:
    """What to run and with what; nothing secret stands in it but names of files."""

    argv: Sequence[str]
    env: Mapping[str, str]
    folder: Path
    log: Path
    stop_signal: int = signal.SIGTERM

    def spawn(self) -> subprocess.Popen[bytes]:
        """Start the process in a session of its own, its output appended to the log."""
        self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return subprocess.Popen(
                list(self.argv),
                env=dict(self.env),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except FileNotFoundError as missing:
            raise DeployError(f"{self.argv[0]} is not there; run `make setup` again.") from missing
        finally:
            os.close(descriptor)

    def run(self, purpose: str, timeout_seconds: float = 120) -> None:
        """Run to the end.

        Raises:
            NotReady: it failed or took too long; names the purpose and the log.
        """
        process = self.spawn()
        try:
            code = process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise NotReady(f"{purpose} took over {timeout_seconds:.0f} s.", log=self.log) from None
        if code != 0:
            raise NotReady(f"{purpose} failed (exit {code}).", log=self.log)


def allow_many_files() -> None:
    """Raise this process's limit of open files for the children it starts."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Server:
    """A server process that tests kill, pause and restart on the same folder and port."""

    name = "server"
    grace_seconds = 30.0
    ready_within_seconds = 60.0

    def __init__(self, command: Command, ready: Callable[[], str | None]) -> None:
        self.command = command
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Where its output goes."""
        return self.command.log

    @property
    def pid(self) -> int:
        """The running process's number."""
        if self._process is None:
            raise NotReady(f"{self.name} is not running.", log=self.log)
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process has been started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Start and return when it really answers.

        Raises:
            NotReady: it ended, or did not answer in time; it is not left running.
        """
        if self.running:
            return self
        allow_many_files()
        self._process = self.command.spawn()
        end = time.monotonic() + self.ready_within_seconds
        while (reason := self._ready()) is not None:
            code = self._process.poll()
            if code is not None:
                self._process = None
                raise NotReady(f"{self.name} ended at its start (exit {code}).", log=self.log)
            if time.monotonic() > end:
                self.kill()
                raise NotReady(f"{self.name} did not become ready: {reason}.", log=self.log)
            time.sleep(POLL_SECONDS)
        return self

    def stop(self) -> None:
        """Stop in an orderly way; insist after the grace."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self.resume()
            self._process.send_signal(self.command.stop_signal)
            try:
                self._process.wait(self.grace_seconds)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    def kill(self) -> None:
        """SIGKILL, and return when the process is gone."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> Self:
        """Stop if running, start again on the same folder and port, return when it answers."""
        self.stop()
        return self.start()

    def pause(self) -> None:
        """SIGSTOP: it holds its connections and answers nothing."""
        self._signal_all(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: int) -> None:
        if not self.running:
            return
        main = psutil.Process(self.pid)
        for process in [main, *main.children(recursive=True)]:
            try:
                process.send_signal(number)
            except psutil.NoSuchProcess:
                continue
