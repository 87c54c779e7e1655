"""The door as a process of its own, to be killed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from mingjing_deploy.local.ports import free_port
from support.door import until

if TYPE_CHECKING:
    from pathlib import Path

    from support.door import DoorHouse


@dataclass
class DoorProcess:
    """One web process of the gateway on a port that stays the same."""

    house: DoorHouse
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    def __post_init__(self) -> None:
        self.port = self.port or free_port()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it; returns when it is ready for events."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: ASYNC220 - it returns at once
                [sys.executable, "-m", "mingjing_gateway.app"],
                env=self.house.world.environment("gateway", self.port),
                stdout=log,
                stderr=log,
            )
        await until(self._ready, seconds=60)

    async def _ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        async with httpx.AsyncClient(base_url=self.address, timeout=5) as client:
            try:
                return (await client.get("/readyz")).status_code == 200
            except httpx.TransportError:
                return False

    def kill(self) -> None:
        """SIGKILL, and nothing of it is left."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.kills += 1

    def stop(self) -> int:
        """SIGTERM; its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(timeout=20)
