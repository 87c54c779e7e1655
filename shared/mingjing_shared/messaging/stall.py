"""Notices a consumer to which nothing comes although there is something.

The client's inner tasks can die, or wait for each other, without anybody being told. Seen from
outside it is always the same: the group counts us as alive, records are there, none comes. No
error follows, and nothing ends it but a new consumer.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from aiokafka.errors import KafkaError

if TYPE_CHECKING:
    from collections.abc import Collection

    from aiokafka import AIOKafkaConsumer, TopicPartition

LOOK_AFTER_SECONDS = 10.0
ANSWER_SECONDS = 5.0
_NOWHERE = -1


class Stalled(Exception):
    """Records have waited through two looks, and none came."""


class StallWatch:
    """Watches one consumer; looks only when nothing came for a while."""

    def __init__(self, after_seconds: float = LOOK_AFTER_SECONDS) -> None:
        self._after_seconds = after_seconds
        self._looked_at = monotonic()
        self._waiting: dict[TopicPartition, int] = {}

    def heard(self) -> None:
        """Something came, or the consumer is a new one."""
        self._looked_at = monotonic()
        self._waiting = {}

    async def look(self, consumer: AIOKafkaConsumer, held: Collection[TopicPartition] = ()) -> None:
        """Compare where partitions end with where we are, except those held on purpose.

        A broker that does not answer tells nothing: then nobody is blamed.

        Raises:
            Stalled: what waited at the last look still waits at the same place.
        """
        if monotonic() - self._looked_at < self._after_seconds:
            return
        self._looked_at = monotonic()
        looked_at = [tp for tp in consumer.assignment() if tp not in held]
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                ends = await consumer.end_offsets(looked_at)
            waiting = await _waiting(consumer, ends)
        except (TimeoutError, KafkaError):
            return
        before, self._waiting = self._waiting, waiting
        if stuck := [tp for tp, place in waiting.items() if before.get(tp) == place]:
            raise Stalled(f"{len(stuck)} partitions, of them {stuck[0].topic}/{stuck[0].partition}")


async def _waiting(
    consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]
) -> dict[TopicPartition, int]:
    """The partitions in which something waits, each with our place in it."""
    places = {tp: await _place(consumer, tp) for tp, end in ends.items() if end > 0}
    return {tp: place for tp, place in places.items() if place < ends[tp]}


async def _place(consumer: AIOKafkaConsumer, tp: TopicPartition) -> int:
    try:
        async with asyncio.timeout(ANSWER_SECONDS / 100):
            place: int = await consumer.position(tp)
    except TimeoutError:
        return _NOWHERE  # it never learned where to begin
    return place
