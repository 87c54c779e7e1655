"""The door: events from outside, written to Kafka under a promise.

The one place that writes to Kafka without an outbox, and the one act that is two transactions.
What is stored before each step that cannot be taken back:

1. Every event of the request is noted in ``received`` as pending; committed.
2. The records are sent; the broker acknowledges with ``acks=all``.
3. Those are noted as acked; committed. 4. ``202``.

Killed after 1 or 2, the publisher has no answer and repeats: a pending event is sent again under
its identity, and the receivers' inboxes drop the second copy. Killed after 3, the repeat finds
it acked and gets ``202`` without sending. The same identity with other content is refused.
Nothing of the data is kept here.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from mingjing_gateway.errors import Contradiction, NotRegistered, NotSignedIn, TooFast
from mingjing_gateway.rules.publisher import key_hash
from mingjing_gateway.rules.rate import Bucket
from mingjing_gateway.store import received as store
from mingjing_gateway.store.publisher import Registration, publisher_of_key
from mingjing_shared.errors import MingjingError, Unavailable
from mingjing_shared.events import short_name
from mingjing_shared.messaging.trouble import Trouble, kind_of
from mingjing_shared.telemetry.tracing import name_case, name_types

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from mingjing_gateway.acts.judging import Incoming
    from mingjing_gateway.settings import DoorSettings
    from mingjing_gateway.store.inbound import Inbound
    from mingjing_shared.database import Database

RETRY_AFTER_SECONDS = 5
T = TypeVar("T")

ANSWERS = Counter(
    "mj_door_events", "Events that came to the door, by the status each was answered", ["status"]
)
for _status in (202, 400, 401, 403, 409, 413, 415, 429, 503):
    ANSWERS.labels(_status)


class Door:
    """Takes events of registered publishers."""

    def __init__(self, settings: DoorSettings, database: Database, inbound: Inbound) -> None:
        self._settings = settings
        self._database = database
        self._inbound = inbound
        self._buckets: dict[str, Bucket] = {}
        self._unfinished: set[asyncio.Task[Any]] = set()

    async def publisher(self, authorization: str | None) -> Registration:
        """Who holds the key of an ``Authorization`` header.

        Raises:
            NotSignedIn: there is no key, or nobody holds it.
        """
        scheme, _, key = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not key.strip():
            raise NotSignedIn(
                "缺少发布方凭证。", "请在请求头中写 Authorization: Bearer <发布方密钥>。"
            )
        found = await self._within(publisher_of_key(self._database, key_hash(key.strip())))
        if found is None:
            raise NotSignedIn(
                "发布方凭证无效，可能已更换。", "请核对密钥；遗失的密钥无法找回，请管理员更换。"
            )
        return found

    def require_door(self, publisher: Registration) -> None:
        """Refuse a publisher that is registered to come another way.

        Raises:
            NotRegistered: its events come by Kafka; two ways would be two writers of one topic.
        """
        if publisher.way != "door":
            raise NotRegistered(
                f"{publisher.name} 登记为经 Kafka 发布（{publisher.topic}），不能走 HTTP 入口。",
                "请继续用 Kafka 发布；要改用 HTTP 入口，请管理员变更登记。",
            )

    def require_share(self, publisher: Registration, count: int) -> None:
        """Take ``count`` events from a publisher's share.

        Raises:
            TooFast: it is used up; says after how many seconds to come again.
        """
        bucket = self._buckets.get(publisher.name)
        if bucket is None:
            settings = self._settings
            bucket = Bucket(settings.door_events_per_second, settings.door_burst_events)
            self._buckets[publisher.name] = bucket
        if wait := bucket.take(max(1, count), monotonic()):
            seconds = max(1, round(wait + 0.5))
            raise TooFast(
                f"{publisher.name} 发送过快：每秒至多 {bucket.per_second:g} 条。",
                f"请在 {seconds} 秒后重发；没有收下任何一条。",
                retry_after_seconds=seconds,
            )

    async def take(
        self, publisher: Registration, events: Sequence[Incoming]
    ) -> list[MingjingError | None]:
        """Take events; for each, nothing when the promise of ``202`` holds, or why it does not.

        Raises:
            Unavailable: the database does not answer; nothing was judged and nothing sent.
        """
        first: dict[str, Incoming] = {}
        for event in events:
            first.setdefault(event.event_id, event)
        known = await self._within(self._note(publisher.source, list(first.values())))
        outcome: dict[str, MingjingError | None] = {}
        sending = []
        for event_id, event in first.items():
            before = known.get(event_id)
            if before is not None and before.digest != event.digest:
                outcome[event_id] = _contradiction(event_id)
            elif before is not None and before.acked:
                outcome[event_id] = None
            else:
                sending.append(event)
        name_types([short_name(event.record.attributes["type"]) for event in first.values()])
        if len(first) == 1:
            name_case(events[0].record.attributes.get("correlationid"))
        outcome.update(await self._send(publisher.source, sending))
        return [
            outcome[event.event_id]
            if event.digest == first[event.event_id].digest
            else _contradiction(event.event_id)
            for event in events
        ]

    async def compare(
        self, publisher: Registration, events: Sequence[Incoming]
    ) -> list[MingjingError | None]:
        """Dry run: what is known of these identities already contradicts them, or not."""
        ids = [event.event_id for event in events]
        known = await self._within(store.known_events(self._database, publisher.source, ids))
        seen: dict[str, bytes] = {event_id: what.digest for event_id, what in known.items()}
        return [
            None
            if seen.setdefault(event.event_id, event.digest) == event.digest
            else _contradiction(event.event_id)
            for event in events
        ]

    async def close(self) -> None:
        """Let what was begun in the database end."""
        await asyncio.gather(*self._unfinished, return_exceptions=True)

    async def _note(self, source: str, events: Sequence[Incoming]) -> dict[str, store.Known]:
        rows = [
            {
                "source": source,
                "event_id": event.event_id,
                "digest": event.digest,
                "state": store.PENDING,
                "event_type": event.record.attributes["type"],
            }
            for event in events
        ]
        async with self._database.transaction() as tx:
            return await store.note_pending(tx, source, rows)

    async def _send(
        self, source: str, events: Sequence[Incoming]
    ) -> dict[str, MingjingError | None]:
        if not events:
            return {}
        acked = await self._inbound.append(
            [event.record for event in events], self._settings.door_patience_seconds
        )
        there = [event.event_id for event, ok in zip(events, acked, strict=True) if ok]
        try:
            if there:
                await self._within(self._note_acked(source, there))
        except Unavailable:
            there = []
        sure = set(there)
        return {event.event_id: None if event.event_id in sure else _not_now() for event in events}

    async def _note_acked(self, source: str, ids: Sequence[str]) -> None:
        async with self._database.transaction() as tx:
            await store.note_acked(tx, source, ids)

    async def _within(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of work in the database, if it comes in time.

        Work that takes longer is not cut off (a cut connection is worth less than a late row);
        its request is answered, and nothing depends on how it ends.

        Raises:
            Unavailable: it did not come, or the database is in trouble.
        """
        task = asyncio.ensure_future(work)
        self._unfinished.add(task)
        task.add_done_callback(self._finished)
        done, _ = await asyncio.wait({task}, timeout=self._settings.door_patience_seconds)
        if not done:
            raise _not_now()
        try:
            return task.result()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            if kind_of(error) is Trouble.POISON:
                raise
            raise _not_now() from error

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._unfinished.discard(task)
        if not task.cancelled():
            task.exception()


def _not_now() -> Unavailable:
    return Unavailable(
        "平台暂时无法确认收下，事件没有丢失的风险：未答复 202 即未承诺。",
        f"请在 {RETRY_AFTER_SECONDS} 秒后以相同的 id 原样重发，不会重复生效。",
        retry_after_seconds=RETRY_AFTER_SECONDS,
    )


def _contradiction(event_id: str) -> Contradiction:
    return Contradiction(
        f"编号为 {event_id[:64]} 的事件已收到过，内容与本次不同，没有收下。",
        "更正请发新的事件（新的 id，扩展属性 supersedes 指明所更正的事件）。",
    )
