"""The legal clock of a home is moved here and nowhere else, and it is told each time it moves."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from mingjing_deploy.errors import NotReady
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_shared.clock import machine_now

REACHED_SECONDS_MAX = 60.0
_PAUSE_SECONDS = 0.2
_IN_STEP = timedelta(hours=12)  # after a move back, a worker that has not noticed is far ahead


class LegalClock:
    """Moves the clock, and waits until every worker has rung what is due by then."""

    def __init__(
        self,
        file: Path,
        worker_ports: dict[str, int],
        said: Callable[[str], None],
        seconds_max: float = REACHED_SECONDS_MAX,
    ) -> None:
        self._file = file
        self._ports = {name: port for name, port in worker_ports.items() if "gateway" not in name}
        self._said = said
        self._seconds_max = seconds_max
        self._client = httpx.AsyncClient(timeout=10)

    async def move_to(self, instant: datetime, words: str) -> None:
        """Let it be this instant now; returns when nothing that was due by then waits any more.

        Raises:
            NotReady: a worker did not look at its clocks in time.
        """
        self._write(instant - machine_now())
        self._said(f"clock: {instant:%Y-%m-%d %H:%M} ({words})")
        await self.reached(instant)

    def let_it_be_now(self) -> None:
        """Put it back, without waiting for anybody."""
        self._write(timedelta())
        self._said("clock: back at now")

    async def back_to_now(self) -> None:
        """Let it be now; returns when nothing that is due waits any more.

        Raises:
            NotReady: a worker did not look at its clocks in time.
        """
        self.let_it_be_now()
        await self.reached(machine_now())

    async def reached(self, instant: datetime) -> None:
        """Return when every worker rang all that was due by an instant.

        Raises:
            NotReady: a worker did not in time.
        """
        end, waiting = time.monotonic() + self._seconds_max, dict(self._ports)
        while waiting:
            if time.monotonic() > end:
                raise NotReady(f"Clocks were not looked at by {', '.join(sorted(waiting))}.")
            for name, port in list(waiting.items()):
                if instant <= await self._looked_at(port) < instant + _IN_STEP:
                    del waiting[name]
            if waiting:
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _looked_at(self, port: int) -> datetime:
        try:
            said = (await self._client.get(f"http://{LOOPBACK}:{port}/readyz")).json()
            return datetime.fromisoformat(said["clocks_rung_until"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return datetime.min.replace(tzinfo=UTC)

    def _write(self, offset: timedelta) -> None:
        """Replace the file whole: no process ever reads half of it."""
        beside = self._file.with_suffix(".new")
        beside.write_text(json.dumps({"offset_seconds": round(offset.total_seconds(), 3)}))
        beside.replace(self._file)

    async def close(self) -> None:
        """Let go of connections; the clock stays where it is."""
        await self._client.aclose()
