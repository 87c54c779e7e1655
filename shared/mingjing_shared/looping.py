"""Work that a process does again and again until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_log = structlog.get_logger()


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until told to stop."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def keep_doing(
    work: Callable[[], Awaitable[float]],
    stop: asyncio.Event,
    *,
    trouble: str,
    after_trouble_seconds: float,
) -> None:
    """Do this until told to stop; it says how many seconds to wait then. No trouble ends it.

    ``trouble`` is what the log says when it fails.
    """
    while not stop.is_set():
        try:
            seconds = await work()
        except Exception as error:  # noqa: BLE001 - the process's edge: it must outlive any trouble
            _log.warning(trouble, error=type(error).__name__)
            seconds = after_trouble_seconds
        if seconds > 0:
            await pause(stop, seconds)
