"""The inbound topics: records written for publishers that come by the door.

The one place of the platform that writes to Kafka without an outbox; see ``acts.intake`` for
what makes that safe.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from mingjing_shared.messaging.envelope import RECORD_BYTES_MAX, to_headers
from mingjing_shared.messaging.tracing import end_send, start_send

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.settings import Settings

_REQUEST_BYTES_MAX = RECORD_BYTES_MAX + 256 * 1024  # a record and its headers; topics take 1.5 MiB
_BATCH_BYTES_MAX = 256 * 1024
_EXPIRY_MS = 8_000
_GOODBYE_SECONDS = 10.0
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Record:
    """One finished record."""

    topic: str
    key: str
    attributes: Mapping[str, str]
    value: bytes


class Inbound:
    """The producer of one web process: idempotent, ``acks=all``, made anew after any failure."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._producer: Any = None  # AIOKafkaProducer, which has no types
        self._starting: asyncio.Task[Any] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def append(self, records: Sequence[Record], patience_seconds: float) -> list[bool]:
        """Send records, in order; for each, whether the broker acknowledged it in time.

        One that was not may still arrive later: it is to be sent again under its identity.
        """
        end = monotonic() + patience_seconds
        waiting: list[asyncio.Future[object]] = []
        producer: Any = None
        try:
            async with asyncio.timeout(patience_seconds):
                producer = await self._connected()
                for record in records:
                    sent = await self._send(producer, record)
                    waiting.append(sent)
        except (KafkaError, TimeoutError, OSError) as error:
            _log.warning("broker not reached", error=type(error).__name__)
        if waiting:
            await asyncio.wait(waiting, timeout=max(0.0, end - monotonic()))
        acked = [_succeeded(future) for future in waiting]
        acked += [False] * (len(records) - len(acked))
        if not all(acked):
            self._discard(producer)
        return acked

    async def reason_not_ready(self) -> str | None:
        """Why the broker cannot be written to just now, if so."""
        try:
            async with asyncio.timeout(3):
                producer = await self._connected()
                await producer.client.fetch_all_metadata()
        except (KafkaError, TimeoutError, OSError) as error:
            return f"Kafka 不可用（{type(error).__name__}）"
        return None

    async def close(self) -> None:
        """Finish what is on its way and leave."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        self._discard(self._producer)
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=_EXPIRY_MS / 1000)

    async def _send(self, producer: Any, record: Record) -> asyncio.Future[object]:
        span = start_send(record.topic, record.attributes)
        sent: asyncio.Future[object] = await producer.send(
            self._settings.topic(record.topic),
            record.value,
            key=record.key.encode(),
            headers=to_headers(record.attributes),
        )
        sent.add_done_callback(partial(end_send, span))
        return sent

    async def _connected(self) -> Any:
        """The producer; started once for all who wait, also when one of them gives up."""
        if self._producer is not None:
            return self._producer
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
            self._starting.add_done_callback(self._started)
        return await asyncio.shield(self._starting)

    async def _start(self) -> Any:
        producer: Any = AIOKafkaProducer(
            **self._settings.kafka_client,
            enable_idempotence=True,
            acks="all",
            linger_ms=0,
            max_batch_size=_BATCH_BYTES_MAX,
            max_request_size=_REQUEST_BYTES_MAX,
            request_timeout_ms=_EXPIRY_MS,
            metadata_max_age_ms=self._settings.kafka_metadata_max_age_ms,
        )
        try:
            async with asyncio.timeout(10):
                await producer.start()
        except BaseException:
            await _stop(producer)
            raise
        return producer

    def _started(self, task: asyncio.Task[Any]) -> None:
        self._starting = None
        if not task.cancelled() and task.exception() is None:
            self._producer = task.result()

    def _discard(self, producer: Any) -> None:
        """Let a producer go without making anybody wait for its last words."""
        if producer is None or producer is not self._producer:
            return
        self._producer = None
        leaving = asyncio.create_task(_stop(producer))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)


async def _stop(producer: Any) -> None:
    """Let it send what it holds until that expires, then close its connections in any case."""
    with contextlib.suppress(KafkaError, OSError, TimeoutError):
        try:
            await asyncio.wait_for(producer.stop(), _GOODBYE_SECONDS)
        finally:
            await producer.client.close()


def _succeeded(future: asyncio.Future[object]) -> bool:
    """Whether a record was acknowledged; one still on its way is no longer waited for."""
    if not future.done():
        future.cancel()
        return False
    return not future.cancelled() and future.exception() is None
