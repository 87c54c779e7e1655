"""Settling a batch: applied, dropped as known, or put aside, in one transaction.

First all together, set-based. If that fails for a reason of the events' own, each partition is
gone through with a savepoint an event: the good are applied, the bad are tried again a few times
(with pauses, and their case's later events behind them) and then put aside, unless the breaker
says that the fault is ours.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any

import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.messaging import dead_letters, inbox, outbox
from mingjing_shared.messaging.breaker import Breaker, Outcome
from mingjing_shared.messaging.envelope import MODES
from mingjing_shared.messaging.metrics import BREAKER, EFFECT_LATENCY, EVENTS
from mingjing_shared.messaging.received import Received
from mingjing_shared.messaging.refusals import Reason, Refusal
from mingjing_shared.messaging.tracing import Settling
from mingjing_shared.messaging.trouble import Trouble, kind_of
from mingjing_shared.messaging.waves import waves
from mingjing_shared.telemetry.tracing import exemplar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiokafka.structs import ConsumerRecord

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.messaging.dead_letters import Letter
    from mingjing_shared.messaging.received import Handlers

ATTEMPTS_MAX = 4
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Item:
    """A record with what was read from it."""

    record: ConsumerRecord[Any, Any]
    read: Received[Any] | Refusal

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the record stands."""
        return (self.record.topic, self.record.partition, self.record.offset)


class _Undone(Exception):
    """A trial run of a handler ended well and is undone."""


@dataclass(slots=True)
class _Pass:
    """One careful pass over a partition's items."""

    held_keys: set[str] = field(default_factory=set)
    held: list[Item] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    doubted_keys: set[str] = field(default_factory=set)


class Settler:
    """Settles batches for one service with its handlers."""

    def __init__(self, database: Database, handlers: Handlers, prefix: str) -> None:
        self._database = database
        self._handlers = handlers
        self._prefix = prefix
        self._service = database.installation.service
        self._attempts: dict[tuple[str, int, int], int] = {}
        self._latency = {mode: EFFECT_LATENCY.labels(self._service, mode) for mode in MODES}
        self.breaker = Breaker()
        self.breaker_held = False

    async def together(self, items: Sequence[Item]) -> None:
        """Settle everything in one transaction, set-based; all or nothing.

        When it returns, effects, inbox rows, letters and outgoing events are committed.

        Raises:
            Exception: whatever a handler or the database raised; nothing was changed.
        """
        settling = self._spans([i.read for i in items if isinstance(i.read, Received)], "together")
        received = settling.received
        letters: list[Letter] = [
            (i.record, i.read, 1, None) for i in items if isinstance(i.read, Refusal)
        ]
        with settling.running():
            async with self._database.transaction() as tx:
                tx.traces_at_hand = settling.at_hand
                fresh = await self._apply(tx, items, received, letters)
        if self.breaker_held:
            self._look_at_breaker()
        self._count(received, fresh, settling)

    def _spans(self, received: Sequence[Received[Any]], attempt: str) -> Settling:
        return Settling(self._database.installation, received, attempt)

    async def _apply(
        self,
        tx: Transaction,
        items: Sequence[Item],
        received: Sequence[Received[Any]],
        letters: list[Letter],
    ) -> list[Received[Any]]:
        """Everything set-based; those that were not applied before."""
        await tx.lock(event.key for event in received)
        fresh, contradicting = await inbox.take(tx, received)
        letters += self._contradictions(items, contradicting)
        for wave in waves(fresh):
            for event_class, group in wave.items():
                await self._handlers[event_class](group, tx)
        if letters:
            await dead_letters.put_aside(tx, self._prefix, letters)
        return fresh

    async def carefully(self, items: Sequence[Item]) -> list[Item]:
        """Settle one partition's items one by one; give those that must be tried again.

        Raises:
            Exception: trouble of the surroundings; nothing was changed.
        """
        run = _Pass()
        async with self._database.transaction() as tx:
            await tx.lock(i.read.key for i in items if isinstance(i.read, Received))
            for item in items:
                await self._one(tx, item, run)
            await self._give_up_on(tx, run)
        return run.held

    async def _one(self, tx: Transaction, item: Item, run: _Pass) -> None:
        if isinstance(item.read, Refusal):
            run.letters.append((item.record, item.read, 1, None))
            return
        if item.read.key in run.held_keys:
            run.held.append(item)
            if item.read.key in run.doubted_keys:
                await self._probe(tx, item.read)
            return
        settling = self._spans([item.read], "alone")
        tx.traces_at_hand = settling.at_hand
        try:
            with settling.running():
                async with tx.savepoint():
                    fresh, contradicting = await inbox.take(tx, settling.received)
                    for event in fresh:
                        await self._handlers[type(event.event)]([event], tx)
                    await outbox.flush(tx)  # what cannot be written is this event's own fault
        except Exception as error:
            if kind_of(error) is not Trouble.POISON:
                raise
            self._note_failure(item, item.read, error, run)
            return
        run.letters += self._contradictions([item], contradicting)
        for event in fresh:
            self.breaker.observe(_outcome(event, failed=False))
        self._attempts.pop(item.place, None)
        self._count([item.read], fresh, settling)

    async def _probe(self, tx: Transaction, received: Received[Any]) -> None:
        """Before an event is put aside: do those behind it fail too? Nothing of it is kept."""
        try:
            async with tx.savepoint():
                await self._handlers[type(received.event)]([received], tx)
                await outbox.flush(tx)
                raise _Undone  # noqa: TRY301 - the way out of the savepoint
        except _Undone:
            self.breaker.observe(_outcome(received, failed=False))
        except Exception as error:
            if kind_of(error) is not Trouble.POISON:
                raise
            self.breaker.observe(_outcome(received, failed=True))

    def _note_failure(
        self, item: Item, received: Received[Any], error: Exception, run: _Pass
    ) -> None:
        attempts = self._attempts.get(item.place, 0) + 1
        self._attempts[item.place] = attempts
        stack = dead_letters.stack_digest(error)
        self.breaker.observe(_outcome(received, failed=True))
        _log.warning(
            "handler failed",
            event_type=received.event.type,
            event_id=received.envelope.id,
            attempt=attempts,
            error=type(error).__name__,
            stack=stack,
        )
        run.held_keys.add(received.key)
        if attempts >= ATTEMPTS_MAX:
            text = f"处理时出错（{type(error).__name__}），已尝试 {attempts} 次"
            refusal = Refusal(Reason.HANDLER, text, received.envelope)
            run.letters.append((item.record, refusal, attempts, stack))
            run.doubted_keys.add(received.key)
        run.held.append(item)

    async def _give_up_on(self, tx: Transaction, run: _Pass) -> None:
        """Put aside what failed too often, unless the breaker holds; release its followers."""
        was_held = self.breaker_held
        self._look_at_breaker()
        if was_held or self.breaker_held:
            run.letters = [letter for letter in run.letters if letter[1].reason != Reason.HANDLER]
        if not run.letters:
            return
        await dead_letters.put_aside(tx, self._prefix, run.letters)
        given_up = {
            (record.topic, record.partition, record.offset)
            for record, refusal, _attempts, _stack in run.letters
            if refusal.reason is Reason.HANDLER
        }
        run.held = [item for item in run.held if item.place not in given_up]
        for place in given_up:
            self._attempts.pop(place, None)

    def _look_at_breaker(self) -> None:
        """Note whether it holds; what failed while it did gets its tries anew."""
        was_held, self.breaker_held = self.breaker_held, self.breaker.is_open(monotonic())
        if was_held and not self.breaker_held:
            self._attempts.clear()
        BREAKER.labels(self._service).set(self.breaker_held)

    def forget(self, topic: str, partition: int) -> None:
        """The partition went to another worker: its attempts are counted there anew."""
        for place in [p for p in self._attempts if p[:2] == (topic, partition)]:
            del self._attempts[place]

    def _contradictions(
        self, items: Sequence[Item], contradicting: Sequence[Received[Any]]
    ) -> list[Letter]:
        if not contradicting:
            return []
        text = "同一（source，id）已收到内容不同的事件"
        wanted = {(event.envelope.identity, event.digest) for event in contradicting}
        return [
            (item.record, Refusal(Reason.CONTRADICTION, text, item.read.envelope), 1, None)
            for item in items
            if isinstance(item.read, Received)
            and (item.read.envelope.identity, item.read.digest) in wanted
        ]

    def _count(
        self,
        received: Sequence[Received[Any]],
        fresh: Sequence[Received[Any]],
        settling: Settling,
    ) -> None:
        now_ms = machine_now().timestamp() * 1000
        for event_type, count in Counter(event.event.type for event in fresh).items():
            EVENTS.labels(self._service, event_type, "applied").inc(count)
        for event in fresh:
            if event.position is not None:
                late = max(0.0, (now_ms - event.position.timestamp_ms) / 1000)
                self._latency[event.envelope.mode].observe(late, exemplar(settling.span_of(event)))
        if len(received) > len(fresh):
            repeated = len(received) - len(fresh)
            EVENTS.labels(self._service, "any", "duplicate").inc(repeated)


def _outcome(event: Received[Any], *, failed: bool) -> Outcome:
    source, event_id = event.envelope.identity
    return Outcome(monotonic(), source, event_id, event.event.type, failed)
