"""The relay: takes finished events from the outbox to Kafka, in the order of the service's log.

Three steps, each safe to repeat. *Sequence*: unsequenced rows get their places in the log under
compare-and-set on the one head row, so that two leaders cannot both win. *Publish*: an idempotent
producer, ``acks=all``, many rows a round trip. *Mark*: a flag per row, never a high-water mark.
Dying between publish and mark sends again what receivers' inboxes then drop.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer

from mingjing_shared.clock import machine_now
from mingjing_shared.looping import pause
from mingjing_shared.messaging.envelope import to_headers
from mingjing_shared.messaging.metrics import PUBLISH_LATENCY, PUBLISHED
from mingjing_shared.messaging.tracing import end_send, start_send
from mingjing_shared.messaging.trouble import Trouble, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.settings import Settings

ROWS_MAX = 1000
# A producer that has not got a batch out by then is given up and made anew; what it may yet
# send late are repeats of what the new one sends first.
PUBLISH_SECONDS_MAX = 60.0
# Woken by every commit; gathering a little saves rounds, at this much latency.
GATHER_SECONDS = 0.02
First: TypeAlias = Callable[[], Awaitable[None]]
"""What is done before the first place is given by a new leader."""

LEADER_LOCK = 0x6D6A_72656C6179  # "mj" "relay": one leader a database
_IDLE_SECONDS = 1.0
_STANDBY_SECONDS = 1.0
_PAUSE_SECONDS_MAX = 5.0
_log = structlog.get_logger()


class LostTheHead(Exception):
    """Another leader moved the log's head meanwhile; nothing was sequenced."""


class LogStopped(Exception):
    """The log was found rolled back or forked: giving places would write over what is out."""


async def sequence(tx: Transaction, limit: int = ROWS_MAX) -> int:
    """Give unsequenced rows their places in the log, events and notes; how many got one.

    Raises:
        LostTheHead: the head moved under us; the transaction must be undone.
        LogStopped: no places are given until an operator has settled what is wrong.
    """
    head = await tx.first("SELECT size, stopped FROM log_head")
    if head is not None and head.stopped is not None:
        raise LogStopped(head.stopped)
    size = head.size if head else 0
    rows = await tx.all(
        "(SELECT 'outbox' AS place, position FROM outbox WHERE log_index IS NULL"
        " ORDER BY position LIMIT :limit) UNION ALL"
        " (SELECT 'log_notes', position FROM log_notes WHERE log_index IS NULL"
        " ORDER BY position LIMIT :limit) ORDER BY place DESC, position",
        limit=limit,
    )
    if not rows:
        return 0
    moved = await tx.execute(
        "UPDATE log_head SET size = :new WHERE size = :old AND stopped IS NULL",
        new=size + len(rows),
        old=size,
    )
    if moved != 1:
        raise LostTheHead
    events = [row.position for row in rows if row.place == "outbox"]
    await _place(tx, "outbox", events, size)
    await _place(tx, "log_notes", [row.position for row in rows[len(events) :]], size + len(events))
    return len(rows)


async def _place(tx: Transaction, table: str, positions: list[int], first: int) -> None:
    """Give rows of a table places one after the other, from one on."""
    if positions:
        await tx.execute(
            f"UPDATE {table} SET log_index = place.index FROM unnest(CAST(:positions AS bigint[]),"  # noqa: S608 - two names of our own
            f" CAST(:indexes AS bigint[])) AS place(position, index)"
            f" WHERE {table}.position = place.position",
            positions=positions,
            indexes=list(range(first, first + len(positions))),
        )


async def unpublished(database: Database, limit: int = ROWS_MAX) -> Sequence[Row[Any]]:
    """Sequenced rows that are not acknowledged yet, in log order."""
    return await database.all(
        "SELECT position, topic, key, attributes, value, created_at FROM outbox"
        " WHERE published_at IS NULL AND log_index IS NOT NULL ORDER BY log_index LIMIT :limit",
        limit=limit,
    )


class Relay:
    """One service's relay; several may run, one leads."""

    def __init__(self, settings: Settings, database: Database, first: First | None = None) -> None:
        self._settings = settings
        self._database = database
        self._first = first
        self._wake = asyncio.Event()
        self._producer: AIOKafkaProducer | None = None
        self.leads = False

    async def run(self, stop: asyncio.Event) -> None:
        """Lead when nobody else does, until told to stop. No trouble ends it."""
        seconds = 0.1
        while not stop.is_set():
            try:
                await self._lead(stop)
                seconds = 0.1
            except Exception as error:  # noqa: BLE001 - the process's edge: the relay must outlive any trouble
                kind = kind_of(error)
                if kind is Trouble.POISON and not isinstance(error, LostTheHead | LogStopped):
                    _log.exception("relay failed", error=type(error).__name__)
                else:
                    _log.warning("relay waits", error=type(error).__name__, kind=kind.value)
                await pause(stop, seconds)
                seconds = min(_PAUSE_SECONDS_MAX, seconds * 2)
            finally:
                self.leads = False
                await self._drop_producer()

    async def _lead(self, stop: asyncio.Event) -> None:
        """Hold the leader's lock on a connection of our own, and relay while it is held."""
        connection = await self._connect()
        try:
            while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LEADER_LOCK):
                await pause(stop, _STANDBY_SECONDS)
                if stop.is_set():
                    return
            if self._first is not None:
                await self._first()
            self.leads = True
            await connection.add_listener("outbox", lambda *_: self._wake.set())
            while not stop.is_set():
                self._wake.clear()
                if count := await self.relay_once():
                    if count < ROWS_MAX // 4:
                        await asyncio.sleep(GATHER_SECONDS)
                    continue
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), _IDLE_SECONDS)
                if connection.is_closed():
                    raise ConnectionError("the leader's connection is gone")
        finally:
            # A lost server must not hold the shutdown up: the lock goes with the connection.
            connection.terminate()

    async def _connect(self) -> asyncpg.Connection[Any]:
        url = self._settings.database_url
        return await asyncpg.connect(
            host=url.host,
            port=url.port,
            user=url.username,
            password=url.password,
            database=url.database,
            timeout=5,
            command_timeout=10,
        )

    async def relay_once(self) -> int:
        """Sequence, publish and mark what is there; how many were sequenced or published.

        Raises:
            LogStopped: what had its place before is out; nothing new gets one.
        """
        try:
            async with self._database.transaction() as tx:
                placed = await sequence(tx)
        except LogStopped:
            if not await self._publish_and_mark():
                raise
            return 0
        return max(placed, await self._publish_and_mark())

    async def _publish_and_mark(self) -> int:
        rows = await unpublished(self._database)
        if not rows:
            return 0
        async with asyncio.timeout(PUBLISH_SECONDS_MAX):
            await self._publish(rows)
        async with self._database.transaction() as tx:
            await tx.execute(
                "UPDATE outbox SET published_at = now()"
                " WHERE position = ANY(CAST(:positions AS bigint[])) AND published_at IS NULL",
                positions=[row.position for row in rows],
            )
        self._count(rows)
        return len(rows)

    def _count(self, rows: Sequence[Row[Any]]) -> None:
        PUBLISHED.labels(self._settings.service).inc(len(rows))
        now, latency = machine_now(), PUBLISH_LATENCY.labels(self._settings.service)
        for row in rows:
            latency.observe(max(0.0, (now - row.created_at).total_seconds()))

    async def _publish(self, rows: Sequence[Row[Any]]) -> None:
        """Send rows in order; returns when the broker has acknowledged every one.

        Raises:
            aiokafka.errors.KafkaError: at least one was not acknowledged; none may be marked.
        """
        producer = await self._connected_producer()
        waiting = []
        for row in rows:
            span = start_send(row.topic, row.attributes)
            sent = await producer.send(
                self._settings.topic(row.topic),
                bytes(row.value),
                key=row.key.encode(),
                headers=to_headers(row.attributes),
            )
            sent.add_done_callback(partial(end_send, span))
            waiting.append(sent)
        try:
            await asyncio.gather(*waiting)
        except BaseException:
            for future in waiting:  # look at every outcome, so that none is reported as lost
                future.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            raise

    async def _connected_producer(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                **self._settings.kafka_client,
                enable_idempotence=True,
                acks="all",
                linger_ms=2,
                compression_type="gzip",
                request_timeout_ms=20_000,
                metadata_max_age_ms=self._settings.kafka_metadata_max_age_ms,
            )
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer

    async def _drop_producer(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(producer.stop(), 3)
