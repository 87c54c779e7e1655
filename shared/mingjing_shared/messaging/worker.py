"""The consuming loop: micro-batches from Kafka, each settled in one database transaction.

Offsets are committed after the database, at intervals: kill -9 anywhere repeats, never loses,
and the inbox drops the repeats. A partition in trouble is paused and sought back; the others go
on, and polling goes on, so that the group does not rebalance. No exception leaves the loop.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from mingjing_shared.looping import pause
from mingjing_shared.messaging.metrics import (
    ASSIGNED,
    BATCH,
    EVENTS,
    PAUSED,
    POLL_AGE,
    REBALANCES,
    RETRIES,
)
from mingjing_shared.messaging.publishers import registered
from mingjing_shared.messaging.reading import NotRegisteredYet, Reader, Skipped
from mingjing_shared.messaging.settling import Item, Settler
from mingjing_shared.messaging.stall import StallWatch
from mingjing_shared.messaging.trouble import Trouble, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aiokafka.structs import ConsumerRecord

    from mingjing_shared.database import Database
    from mingjing_shared.messaging.received import Handlers
    from mingjing_shared.settings import Settings

POLL_MS = 200
# While one batch is settled another is read and settled beside it, never of the same partition:
# what stands behind a record is not even read before that record is settled or held.
LANES = 2
BUSY_SECONDS = 0.05
# Many small batches cost far more than few larger ones; this much latency buys the difference.
GATHER_SECONDS = 0.08
COMMIT_EVERY_SECONDS = 1.0
# Beyond these the client is given up and made anew; a rebalance may well take half a minute.
COMMIT_SECONDS_MAX = 5.0
POLL_SECONDS_MAX = 60.0
LEAVE_SECONDS_MAX = 25.0  # a request to a broker that hangs takes 20
STOP_SECONDS_MAX = 5.0
REGISTER_EVERY_SECONDS = 5.0
_PAUSES_SECONDS = (0.2, 0.8, 2.0, 4.0)
_log = structlog.get_logger()


Batches = dict[TopicPartition, "list[ConsumerRecord[Any, Any]]"]


class CannotLeave(Exception):
    """A consumer that was given up does not end: only the end of the process ends it.

    Until then the group takes it for alive and leaves its partitions with it.
    """


@dataclass(frozen=True, slots=True)
class _Polled:
    """What one poll gave of one partition; no ``items`` when its publisher is not known yet."""

    records: Sequence[ConsumerRecord[Any, Any]]
    items: list[Item] | None


class Worker:
    """Consumes for one service with its handlers."""

    def __init__(self, settings: Settings, database: Database, handlers: Handlers) -> None:
        self._settings = settings
        self._database = database
        self._reader = Reader(settings.service, frozenset(handlers), settings.topic_prefix)
        self.settler = Settler(database, handlers, settings.topic_prefix)
        self._topics = _topics(settings, handlers)
        self._consumer: AIOKafkaConsumer | None = None
        self._lanes: dict[asyncio.Task[None], frozenset[TopicPartition]] = {}
        self._settled: dict[TopicPartition, int] = {}
        self._due: dict[TopicPartition, float] = {}
        self._failures: dict[TopicPartition, int] = {}
        self._committed_at = 0.0
        self._polled_at = monotonic()
        self._gathers = False
        self.stalls = StallWatch()
        self.leave_seconds_max = LEAVE_SECONDS_MAX
        self._register_read_at = -REGISTER_EVERY_SECONDS
        self.last_settled_at = 0.0
        POLL_AGE.labels(settings.service).set_function(lambda: monotonic() - self._polled_at)

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
        """Consume until told to stop; then commit what is settled and leave the group.

        Raises:
            CannotLeave: a client was given up and does not end; the process must.
        """
        seconds = 0.2
        while not stop.is_set():
            try:
                await self._consume(stop)
                seconds = 0.2
            except CannotLeave:
                raise
            except Exception as error:  # noqa: BLE001 - the process's edge: consuming must outlive any trouble
                _log.warning("consumer is made anew", error=type(error).__name__)
                await pause(stop, seconds)
                seconds = min(5.0, seconds * 2)

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
            async with asyncio.timeout(POLL_SECONDS_MAX):
                await consumer.start()
            consumer.subscribe(pattern=self._topics, listener=_Listener(self))
            self._consumer = consumer
            self.stalls.heard()
            while not stop.is_set():
                await self._step(consumer)
        finally:
            await self._leave(consumer, stopping=stop.is_set())

    async def _leave(self, consumer: AIOKafkaConsumer, *, stopping: bool) -> None:
        """Settle what is in hand, commit, leave the group, forget."""
        await self._lanes_end()
        self._lanes.clear()
        await self._commit()
        self._consumer = None
        self._due.clear()
        self._settled.clear()
        try:
            async with asyncio.timeout(STOP_SECONDS_MAX if stopping else self.leave_seconds_max):
                await consumer.stop()
        except TimeoutError:
            if not stopping:
                raise CannotLeave from None
        except Exception as error:  # noqa: BLE001 - it is ended all the same
            _log.warning("consumer ended badly", error=type(error).__name__)

    async def _step(self, consumer: AIOKafkaConsumer) -> None:
        await self._refresh_register()
        self._resume_due(consumer)
        if monotonic() - self._committed_at >= COMMIT_EVERY_SECONDS:
            await self._commit()
        await self.stalls.look(consumer, {*self._due, *self._busy()})
        await self._room_in_a_lane()
        batches = await self._poll(consumer)
        if batches:
            self.stalls.heard()
            polled = {tp: _Polled(records, self._read(records)) for tp, records in batches.items()}
            self._lanes[asyncio.create_task(self._settle(polled))] = frozenset(polled)

    async def _poll(self, consumer: AIOKafkaConsumer) -> Batches:
        """The next records of partitions that are in no lane."""
        if self._gathers:
            await asyncio.sleep(max(0.0, self._polled_at + GATHER_SECONDS - monotonic()))
        self._polled_at = monotonic()
        busy = self._busy()
        free = [tp for tp in consumer.assignment() if tp not in busy] if busy else []
        batches: Batches = {}
        if free or not busy:
            async with asyncio.timeout(POLL_SECONDS_MAX):
                batches = await consumer.getmany(
                    *free,
                    timeout_ms=0 if busy else POLL_MS,
                    max_records=self._settings.batch_max_records,
                )
        if busy and not batches:
            await asyncio.wait(
                set(self._lanes), timeout=BUSY_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        count = sum(map(len, batches.values()))
        self._gathers = 0 < count < self._settings.batch_max_records // 2
        return batches

    def _busy(self) -> set[TopicPartition]:
        return {tp for partitions in self._lanes.values() for tp in partitions}

    async def _room_in_a_lane(self) -> None:
        """Wait until one of the lanes is free.

        Raises:
            Exception: what ended a lane, if it did not end well.
        """
        if len(self._lanes) >= LANES:
            await asyncio.wait(set(self._lanes), return_when=asyncio.FIRST_COMPLETED)
        for lane in [lane for lane in self._lanes if lane.done()]:
            del self._lanes[lane]
            lane.result()

    async def _lanes_end(self) -> None:
        """Wait until all that was polled is settled or held."""
        if self._lanes:
            await asyncio.wait(set(self._lanes))

    async def _settle(self, polled: Mapping[TopicPartition, _Polled]) -> None:
        """Settle what was polled; partitions in trouble are paused at their first open record."""
        with BATCH.labels(self._settings.service).time():
            await self._settle_polled(polled)
        self.last_settled_at = monotonic()

    async def _settle_polled(self, polled: Mapping[TopicPartition, _Polled]) -> None:
        items = {tp: found.items for tp, found in polled.items() if found.items is not None}
        for tp in polled.keys() - items.keys():
            self._register_read_at = -REGISTER_EVERY_SECONDS
            self._hold(tp, polled[tp].records[0].offset, "publisher not registered yet")
        everything = [item for some in items.values() for item in some]
        try:
            if everything:
                await self.settler.together(everything)
        except Exception as error:  # noqa: BLE001 - judged by the table of troubles
            kind = kind_of(error)
            RETRIES.labels(self._settings.service, kind.value).inc()
            for tp, some in items.items():
                await self._settle_alone(tp, polled[tp].records, some, kind, error)
            return
        for tp in items:
            self._went_well(tp, polled[tp].records[-1].offset + 1)

    def _read(self, records: Sequence[Any]) -> list[Item] | None:
        """What the records say; nothing when the partition must wait for its registration."""
        items = []
        for record in records:
            try:
                found = self._reader.read(record)
            except NotRegisteredYet:
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
            self._settled[tp] = held[0].record.offset
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

    def _resume_due(self, consumer: AIOKafkaConsumer) -> None:
        now = monotonic()
        for tp in [tp for tp, at in self._due.items() if at <= now]:
            del self._due[tp]
            if tp in consumer.assignment():
                consumer.resume(tp)
        PAUSED.labels(self._settings.service).set(len(self._due))

    async def _commit(self) -> None:
        """Tell the group how far we are; what cannot be told now is told the next time."""
        self._committed_at = monotonic()
        if self._consumer is None:
            return
        owned = self._consumer.assignment()
        ready = {tp: offset for tp, offset in self._settled.items() if tp in owned}
        if not ready:
            return
        try:
            async with asyncio.timeout(COMMIT_SECONDS_MAX):
                await self._consumer.commit(ready)
        except (TimeoutError, KafkaError):
            return
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

    def taken_over(self, assigned: Sequence[TopicPartition]) -> None:
        """Partitions were given out anew; these are ours now."""
        REBALANCES.labels(self._settings.service).inc()
        ASSIGNED.labels(self._settings.service).set(len(assigned))
        _log.info("partitions assigned", count=len(assigned))

    async def handed_over(self, revoked: Sequence[TopicPartition]) -> None:
        """Partitions go to another worker: finish what is in hand, commit, forget them.

        Until it returns the client gives out no records, so that nothing new is begun.
        """
        await self._lanes_end()
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
        self._worker.taken_over(list(assigned))


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
