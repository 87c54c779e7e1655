"""A broker, a database server and a trace store of a bench's own, gone when it ends."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from guarantees.watchers import TraceStore

from bench.machine import machine_facts
from support.stack import Stack, World


@asynccontextmanager
async def a_watched_world() -> AsyncIterator[tuple[World, TraceStore]]:
    """A world with topics, and a trace store that is not started yet; the machine is named."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stack = Stack(Path(folder) / "stack")
        traces = TraceStore(Path(folder) / "traces")
        try:
            await asyncio.to_thread(stack.started_kafka)
            world = await (await stack.world(None)).with_topics()
            print(machine_facts())
            yield world, traces
            await world.close()
        finally:
            traces.stop()
            await asyncio.to_thread(stack.stop)
