"""The consuming loop: micro-batches from Kafka, each settled in one database transaction.

Offsets are committed after the database, at intervals: kill -9 anywhere repeats, never loses,
and the inbox drops the repeats. A partition in trouble is paused and sought back; the others go
on, and polling goes on, so that the group does not rebalance. No exception leaves the loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from mingjing_shared.messaging.metrics import BATCH, EVENTS, PAUSED, RETRIES
from mingjing_shared.messaging.publishers import registered
from mingjing_shared.messaging.reading import NotRegisteredYet, Reader, Skipped
from mingjing_shared.messaging.settling import Item, Settler
from mingjing_shared.messaging.trouble import Trouble, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiokafka.structs import ConsumerRecord

    from mingjing_shared.database import Database
    from mingjing_shared.messaging.received import Handlers
    from mingjing_shared.settings import Settings

POLL_MS = 200
# Many small batches cost far more than few larger ones; this much latency buys the difference.
GATHER_SECONDS = 0.08
COMMIT_EVERY_SECONDS = 1.0
REGISTER_EVERY_SECONDS = 5.0
_PAUSES_SECONDS = (0.2, 0.8, 2.0, 4.0)
_log = structlog.get_logger()

Batches = dict[TopicPartition, "list[ConsumerRecord[Any, Any]]"]


class Worker:
    """Consumes for one service with its handlers."""

    def __init__(self, settings: Settings, database: Database, handlers: Handlers) -> None:
        self._settings = settings
        self._database = database
        self._reader = Reader(settings.service, frozenset(handlers), settings.topic_prefix)
        self.settler = Settler(database, handlers, settings.topic_prefix)
        self._topics = _topics(settings, handlers)
        self._consumer: AIOKafkaConsumer | None = None
        self._settling = asyncio.Lock()
        self._running: asyncio.Task[None] | None = None
        self._settled: dict[TopicPartition, int] = {}
        self._due: dict[TopicPartition, float] = {}
        self._failures: dict[TopicPartition, int] = {}
        self._committed_at = 0.0
        self._polled_at = 0.0
        self._gathers = False
        self._register_read_at = -REGISTER_EVERY_SECONDS
        self.last_settled_at = 0.0

    @property
    def assigned_topics(self) -> list[str]:
        """The topics of which this worker has partitions now, without the prefix."""
        if self._consumer is None:
            return []
        prefix = self._settings.topic_prefix
        return sorted({tp.topic.removeprefix(prefix) for tp in self._consumer.assignment()})

    @property
    def known_publishers(self) -> list[str]:
        """The publishers in the register this worker judges by."""
        return sorted(publisher.name for publisher in self._reader.publishers.values())

    @property
    def trouble(self) -> str | None:
        """Why the worker is not well just now, if so."""
        if self._consumer is None:
            return "未连接 Kafka"
        if self._due:
            return f"{len(self._due)} 个分区等待重试"
        return None

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until told to stop; then commit what is settled and leave the group."""
        pause = 0.2
        while not stop.is_set():
            try:
                await self._consume(stop)
                pause = 0.2
            except Exception as error:  # noqa: BLE001 - the process's edge: consuming must outlive any trouble
                _log.warning("consumer waits", error=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), pause)
                pause = min(5.0, pause * 2)

    async def _consume(self, stop: asyncio.Event) -> None:
        settings = self._settings
        consumer = AIOKafkaConsumer(
            **settings.kafka_client,
            group_id=settings.topic(settings.service),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=settings.kafka_session_timeout_ms,
            heartbeat_interval_ms=max(500, settings.kafka_session_timeout_ms // 4),
            max_poll_interval_ms=300_000,
            metadata_max_age_ms=settings.kafka_metadata_max_age_ms,
            max_partition_fetch_bytes=2 * 1024 * 1024,
            fetch_max_wait_ms=500,
            request_timeout_ms=20_000,
        )
        try:
            await consumer.start()
            consumer.subscribe(pattern=self._topics, listener=_Listener(self))
            self._consumer = consumer
            while not stop.is_set():
                await self._step(consumer)
        finally:
            await self._finish()
            with contextlib.suppress(KafkaError):
                await self._commit()
            self._consumer = None
            self._due.clear()
            self._settled.clear()
            with contextlib.suppress(Exception):
                await asyncio.wait_for(consumer.stop(), 5)

    async def _step(self, consumer: AIOKafkaConsumer) -> None:
        await self._refresh_register()
        if self._gathers:
            await asyncio.sleep(max(0.0, self._polled_at + GATHER_SECONDS - monotonic()))
        self._polled_at = monotonic()
        batches = await consumer.getmany(
            timeout_ms=POLL_MS, max_records=self._settings.batch_max_records
        )
        count = sum(map(len, batches.values()))
        self._gathers = 0 < count < self._settings.batch_max_records // 2
        read = {tp: self._read(tp, records) for tp, records in batches.items()}
        await self._finish()
        if batches:
            # Settled while the next batch is fetched and read: the database's time is not ours.
            self._running = asyncio.create_task(self._settle(consumer, batches, read))
        self._resume_due(consumer)
        if monotonic() - self._committed_at >= COMMIT_EVERY_SECONDS:
            with contextlib.suppress(KafkaError):
                await self._commit()

    async def _finish(self) -> None:
        """Wait for the batch in hand."""
        running, self._running = self._running, None
        if running is not None:
            await running

    async def _settle(
        self,
        consumer: AIOKafkaConsumer,
        batches: Mapping[TopicPartition, Sequence[Any]],
        read: Mapping[TopicPartition, list[Item] | None],
    ) -> None:
        async with self._settling:
            owned = consumer.assignment()
            # A partition that was held meanwhile has been sought back: it will come again.
            open_ = {
                tp: items
                for tp, items in read.items()
                if items is not None and tp in owned and tp not in self._due
            }
            with BATCH.labels(self._settings.service).time():
                await self._settle_open(batches, open_)
            self.last_settled_at = monotonic()

    async def _settle_open(
        self,
        batches: Mapping[TopicPartition, Sequence[Any]],
        read: Mapping[TopicPartition, list[Item]],
    ) -> None:
        """Settle what was polled; partitions in trouble are paused at their first open record."""
        everything = [item for items in read.values() for item in items]
        try:
            if everything:
                await self.settler.together(everything)
        except Exception as error:  # noqa: BLE001 - judged by the table of troubles
            kind = kind_of(error)
            RETRIES.labels(self._settings.service, kind.value).inc()
            for tp, items in read.items():
                await self._settle_alone(tp, batches[tp], items, kind, error)
            return
        for tp in read:
            self._went_well(tp, batches[tp][-1].offset + 1)

    def _read(self, tp: TopicPartition, records: Sequence[Any]) -> list[Item] | None:
        """What the records say; nothing when the partition must wait for its registration."""
        items = []
        for record in records:
            try:
                found = self._reader.read(record)
            except NotRegisteredYet:
                self._register_read_at = -REGISTER_EVERY_SECONDS
                self._hold(tp, records[0].offset, "publisher not registered yet")
                return None
            if isinstance(found, Skipped):
                continue
            items.append(Item(record, found))
        if len(records) > len(items):
            EVENTS.labels(self._settings.service, "any", "skipped").inc(len(records) - len(items))
        return items

    async def _settle_alone(
        self,
        tp: TopicPartition,
        records: Sequence[Any],
        items: Sequence[Item],
        kind: Trouble,
        error: Exception,
    ) -> None:
        """One partition in its own transaction, after the whole batch failed."""
        if kind is Trouble.CONNECTION:
            self._hold(tp, records[0].offset, type(error).__name__)
            return
        try:
            held = await self.settler.carefully(items)
        except Exception as again:  # noqa: BLE001 - judged by the table of troubles
            RETRIES.labels(self._settings.service, kind_of(again).value).inc()
            self._hold(tp, records[0].offset, type(again).__name__)
            return
        if held:
            self._hold(tp, held[0].record.offset, "events held for another try")
        else:
            self._went_well(tp, records[-1].offset + 1)

    def _went_well(self, tp: TopicPartition, next_offset: int) -> None:
        self._settled[tp] = next_offset
        self._failures.pop(tp, None)

    def _hold(self, tp: TopicPartition, offset: int, why: str) -> None:
        """Pause a partition at its first open record, and try again after a growing pause."""
        failures = self._failures.get(tp, 0)
        self._failures[tp] = failures + 1
        pause = _PAUSES_SECONDS[min(failures, len(_PAUSES_SECONDS) - 1)]
        self._due[tp] = monotonic() + pause
        PAUSED.labels(self._settings.service).set(len(self._due))
        _log.warning("partition waits", topic=tp.topic, partition=tp.partition, why=why)
        if self._consumer is not None and tp in self._consumer.assignment():
            self._consumer.pause(tp)
            self._consumer.seek(tp, offset)
        current = self._settled.get(tp)
        if current is None or current < offset:
            self._settled[tp] = offset

    def _resume_due(self, consumer: AIOKafkaConsumer) -> None:
        now = monotonic()
        for tp in [tp for tp, at in self._due.items() if at <= now]:
            del self._due[tp]
            if tp in consumer.assignment():
                consumer.resume(tp)
        PAUSED.labels(self._settings.service).set(len(self._due))

    async def _commit(self) -> None:
        self._committed_at = monotonic()
        if self._consumer is None:
            return
        owned = self._consumer.assignment()
        ready = {tp: offset for tp, offset in self._settled.items() if tp in owned}
        if ready:
            await self._consumer.commit(ready)
            for tp, offset in ready.items():
                if self._settled.get(tp) == offset:
                    del self._settled[tp]

    async def _refresh_register(self) -> None:
        if monotonic() - self._register_read_at < REGISTER_EVERY_SECONDS:
            return
        try:
            self._reader.publishers = await registered(self._database)
        except Exception as error:  # noqa: BLE001 - the last known register stays in force
            _log.warning("register not read", error=type(error).__name__)
        self._register_read_at = monotonic()

    async def handed_over(self, revoked: Sequence[TopicPartition]) -> None:
        """Partitions go to another worker: finish the batch in hand, commit, forget them."""
        async with self._settling:
            with contextlib.suppress(KafkaError):
                await self._commit()
            for tp in revoked:
                self._settled.pop(tp, None)
                self._due.pop(tp, None)
                self._failures.pop(tp, None)
                self.settler.forget(tp.topic, tp.partition)


class _Listener(ConsumerRebalanceListener):
    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def on_partitions_revoked(self, revoked: Sequence[TopicPartition]) -> None:
        await self._worker.handed_over(list(revoked))

    async def on_partitions_assigned(self, assigned: Sequence[TopicPartition]) -> None:
        _log.info("partitions assigned", count=len(list(assigned)))


def _topics(settings: Settings, handlers: Handlers) -> str:
    """The pattern of topics a service reads: what its types come on, directory and platform."""
    homes = {home for cls in handlers for home in (cls.home, cls.also_home) if home}
    homes |= {"directory", "platform"}
    names = {home for home in homes if home != "inbound"}
    patterns = [re.escape(settings.topic(name)) for name in sorted(names)]
    if "inbound" in homes or settings.service == "gateway":
        patterns.append(re.escape(settings.topic("inbound.")) + r"[^.]+")
    patterns.append(re.escape(settings.topic(f"replay.{settings.service}")))
    return "^(" + "|".join(patterns) + ")$"
