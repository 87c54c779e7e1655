"""Services as separate processes that can be killed, stopped and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from mingjing_deploy.local.ports import free_port
from support.stack import World


@dataclass
class Program:
    """One process of a service in a world, restarted by whoever deals the blows."""

    world: World
    service: str
    module: str
    number: int
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    killed: int = 0
    more: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.module}-{self.number}"

    @property
    def log(self) -> Path:
        folder = self.world.stack.home / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{self.world.name}-{self.name}.log"

    def start(self) -> None:
        environment = {**self.world.environment(self.service, self.port), **self.more}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"mingjing_{self.service}.{self.module}"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            os.kill(self.process.pid, number)

    def kill(self) -> None:
        """kill -9, and gone."""
        self._signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()
        self.killed += 1

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def stop(self) -> int:
        """SIGTERM and wait; the exit status. A process that does not go is killed and told of."""
        self.resume()
        self._signal(signal.SIGTERM)
        if self.process is None:
            return 0
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(20)
        self.kill()
        return -1

    def last_words(self) -> str:
        """How it stands, and the end of its log: what one needs to know when a storm fails."""
        status = None if self.process is None else self.process.poll()
        state = "runs" if status is None else f"ended with {status}"
        lines = self.log.read_text(errors="replace").splitlines()[-25:] if self.log.exists() else []
        return "\n  ".join([f"{self.service} {self.name} {state}", *lines])

    def ensure_running(self) -> None:
        if self.process is None or self.process.poll() is not None:
            self.start()


def elapsed_since(start: float) -> str:
    return f"{monotonic() - start:6.1f} s"
