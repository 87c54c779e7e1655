"""Faust, as far as it is used here: one stream over a pattern of topics, one process, one group.

Written against faust-streaming 0.15.3, which is pinned. Three things differ from its ways:

* topics are subscribed to by pattern, so that a new publisher's topic comes by itself;
* reading begins by time, not where the group committed: what is committed only tells the observer
  of the broker how far we are;
* whatever escapes the body ends the process. Faust would acknowledge what was not handled, or
  hang; a new process reads the window again and loses nothing.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import faust
import structlog
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer, Transport

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Mapping

    from mingjing_shared.settings import Settings
    from mingjing_tasks.stream.places import Places

FAILED_EXIT = 70  # EX_SOFTWARE: the supervisor starts it anew
BATCH_RECORDS_MAX = 500
WITHIN_SECONDS = 0.1
GROUP = "tasks.live"
_log = structlog.get_logger()

Body: TypeAlias = Callable[[Sequence[Any]], Awaitable[None]]
"""Handles messages in the order of each partition; what it raises ends the process."""


class _Thread(AIOKafkaConsumerThread):
    app: LiveApp

    async def subscribe(self, topics: Any) -> None:
        """Subscribe by the pattern, whatever the names."""
        del topics
        await self.call_thread(
            self._ensure_consumer().subscribe,
            pattern=self.app.pattern,
            listener=self._rebalance_listener,
        )

    async def seek_to_committed(self) -> Mapping[Any, int]:
        """Go to where reading goes on, and give these places."""
        found: Mapping[Any, int] = await self.call_thread(self._seek)
        return found

    async def _seek(self) -> Mapping[Any, int]:
        consumer, places = self._ensure_consumer(), self.app.places
        assigned = list(consumer.assignment())
        if not assigned:
            places.assigned({}, {})
            return {}
        ends = await consumer.end_offsets(assigned)
        fresh = [tp for tp in assigned if (tp.topic, tp.partition) not in places.next]
        found = await consumer.offsets_for_times(dict.fromkeys(fresh, places.begin_ms))
        starts = {tp: ends[tp] if found[tp] is None else found[tp].offset for tp in fresh}
        places.assigned(
            {(tp.topic, tp.partition): start for tp, start in starts.items()},
            {(tp.topic, tp.partition): end for tp, end in ends.items()},
        )
        goes_on = {tp: places.next[tp.topic, tp.partition] for tp in assigned}
        for tp, offset in goes_on.items():
            consumer.seek(tp, offset)
        return goes_on


class _Consumer(Consumer):
    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return _Thread(self, loop=self.loop, beacon=self.beacon)


class _Transport(Transport):
    Consumer = _Consumer


class LiveApp(faust.App):
    """The one app of the process."""

    pattern: str
    places: Places

    def _new_transport(self) -> Transport:
        return _Transport(self.conf.broker_consumer, self)

    async def _on_partitions_assigned(self, assigned: Any, generation_id: int = 0) -> None:
        """The topics of the pattern are known only now: give their records to the stream."""
        names = sorted({tp.topic for tp in assigned})
        for channel in self.topics:
            channel.topics = names
        acking: set[str] = self.topics._acking_topics  # type: ignore[attr-defined]  # noqa: SLF001 - else nothing would be committed for them
        acking.update(names)
        await super()._on_partitions_assigned(assigned, generation_id)

    async def ends(self) -> dict[tuple[str, int], int]:
        """Where the partitions end that are ours now."""
        ours = self.consumer.assignment()
        found = await self.consumer.highwaters(*ours)
        return {(tp.topic, tp.partition): end for tp, end in found.items()}


def live_app(settings: Settings, pattern: str, places: Places, body: Body) -> LiveApp:
    """The app, not started yet; it creates no topic, keeps no table and sends nothing."""
    client = settings.kafka_client
    app = LiveApp(
        settings.topic(GROUP),
        broker=f"aiokafka://{client['bootstrap_servers']}",
        broker_credentials=faust.SASLCredentials(
            username=client["sasl_plain_username"],
            password=client["sasl_plain_password"],
            mechanism=client["sasl_mechanism"],
        ),
        store="memory://",
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,
        broker_commit_interval=1.0,
        broker_session_timeout=settings.kafka_session_timeout_ms / 1000,
        broker_heartbeat_interval=settings.kafka_session_timeout_ms / 4000,
        consumer_auto_offset_reset="earliest",
        consumer_metadata_max_age_ms=settings.kafka_metadata_max_age_ms,
        consumer_group_instance_id=settings.topic(GROUP),
        stream_wait_empty=False,
        key_serializer="raw",
        value_serializer="raw",
    )
    app.pattern, app.places = pattern, places
    source = app.topic(GROUP, key_serializer="raw", value_serializer="raw")

    async def watch(stream: Any) -> None:
        try:
            await _consume(stream, body)
        except Exception as error:  # noqa: BLE001 - fail-stop: Faust would acknowledge or hang
            _log.error("live oversight ends", error=type(error).__name__)
            os._exit(FAILED_EXIT)

    app.agent(source, concurrency=1)(watch)
    return app


async def _consume(stream: Any, body: Body) -> None:
    batches: AsyncIterable[Sequence[Any]] = stream.noack_take(
        BATCH_RECORDS_MAX, within=WITHIN_SECONDS
    )
    async for events in batches:
        await body([event.message for event in events])
        for event in events:
            await stream.ack(event)
