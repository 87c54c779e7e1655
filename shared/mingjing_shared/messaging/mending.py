"""Settling dead letters by hand: look, replay, mend, discard.

Each acts on one record (topic, partition, offset) in one service, in the caller's transaction:
the effect, the inbox row, outgoing events and the letter's new state commit together or not at
all. Both digests stay, with who did it and why. What the gateway keeps alone was applied by
nobody: its publisher sends it again under its identity, and the letter is discarded.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import orjson
from aiokafka.structs import ConsumerRecord

from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.events import event_class, explain
from mingjing_shared.messaging import inbox
from mingjing_shared.messaging.dead_letters import BODY, pack, unpack
from mingjing_shared.messaging.envelope import (
    STRUCTURED,
    BadEnvelope,
    read_record,
)
from mingjing_shared.messaging.publishers import registered
from mingjing_shared.messaging.reading import NotRegisteredYet, Reader
from mingjing_shared.messaging.received import Received
from mingjing_shared.messaging.refusals import Reason, Refusal
from mingjing_shared.messaging.strict_json import MalformedJson, strict_loads
from mingjing_shared.messaging.tables import LETTER_VIEWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.received import Handlers

LETTERS_MAX = 1000
_PLACE = re.compile(r"([A-Za-z0-9._-]{1,249})/(\d{1,9})/(\d{1,18})", re.ASCII)
_WHOLE = "id, topic, partition, record_offset, reason, explanation, source, event_id, event_type,"
_WHOLE += " stack_digest, attempts, digest, failed_at, state, mended_digest, settled_at,"
_WHOLE += " settled_by, settled_why"
_DERIVED = frozenset({"subject", "partitionkey"})
_STATES = {"open": "待处理", "replayed": "已重放", "discarded": "已丢弃"}


@dataclass(frozen=True, slots=True)
class Place:
    """A record's place, without the installation's prefix: the letter's name everywhere."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who does it, and why; both are kept.

    Raises:
        InvalidInput: one of them is missing or too long.
    """

    by: str
    why: str

    def __post_init__(self) -> None:
        if not self.by.strip() or len(self.by) > 64:
            raise InvalidInput("须写明经办人（1 至 64 个字符）。", "用 --by 写警号。")
        if not self.why.strip() or len(self.why) > 500:
            raise InvalidInput("须写明理由（1 至 500 个字符）。", "用 --why 写理由。")


@dataclass(frozen=True, slots=True)
class Content:
    """The record as it came."""

    headers: list[tuple[str, bytes]]
    key: bytes | None
    value: bytes | None


def place_of(text: str) -> Place:
    """The place that a text names.

    Raises:
        InvalidInput: it is not of the form topic/partition/offset.
    """
    found = _PLACE.fullmatch(text)
    if found is None:
        raise InvalidInput(
            f"“{text[:80]}”不是死信的位置。", "写作 主题/分区/偏移量，如 inbound.casework/3/1042。"
        )
    return Place(found[1], int(found[2]), int(found[3]))


def state_name(state: str) -> str:
    """A letter's state as officers read it."""
    return _STATES[state]


async def letters(
    tx: Transaction, *, state: str | None = "open", stack: str | None = None
) -> Sequence[Row[Any]]:
    """Letters without their bodies, oldest first, at most a thousand; of one failure, or all."""
    return await tx.all(
        f"SELECT {_WHOLE} FROM dead_letters"  # noqa: S608 - our own columns
        " WHERE (CAST(:state AS text) IS NULL OR state = :state)"
        " AND (CAST(:stack AS text) IS NULL OR stack_digest = :stack)"
        " ORDER BY failed_at, topic, partition, record_offset LIMIT :limit",
        state=state,
        stack=stack,
        limit=LETTERS_MAX,
    )


async def letter(tx: Transaction, place: Place) -> Row[Any] | None:
    """The letter of a record in this service, without its body; nothing when there is none."""
    return await tx.first(
        f"SELECT {_WHOLE} FROM dead_letters WHERE topic = :topic"  # noqa: S608 - our own columns
        " AND partition = :partition AND record_offset = :offset",
        topic=place.topic,
        partition=place.partition,
        offset=place.offset,
    )


async def opened(tx: Transaction, place: Place, signature: Signature) -> Content:
    """The record as it came, personal data and all; that it was looked at is written down.

    Raises:
        InvalidInput: this service holds no such letter.
    """
    row = await _held(tx, place)
    view = {
        "letter_id": row.id,
        "opened_at": machine_now(),
        "opened_by": signature.by,
        "opened_why": signature.why,
    }
    await tx.insert(LETTER_VIEWS, [view])
    return _content(tx, row)


async def replay(
    tx: Transaction, handlers: Handlers, place: Place, signature: Signature
) -> Received[Any]:
    """Try the original again, as if it had just been read; what was applied.

    For letters whose fault was ours and was repaired: a handler, a register, a schema.

    Raises:
        InvalidInput: this service holds no such letter.
        Conflict: it is settled already, is still refused, or its identity was applied meanwhile.
        Exception: whatever the handler raised; nothing was changed.
    """
    row = await _open_one(tx, place)
    content = _content(tx, row)
    received = await _judged(tx, handlers, row, content)
    await _apply(tx, handlers, received)
    await _settle(tx, row, "replayed", signature)
    return received


async def mend(
    tx: Transaction, handlers: Handlers, place: Place, body: bytes, signature: Signature
) -> Received[Any]:
    """Apply a mended body past the inbox under the original identity; what was applied.

    ``body`` is the event's data as JSON, or a whole event in structured mode where the envelope
    must be mended too. ``subject`` and ``partitionkey`` follow from the mended data.

    Raises:
        InvalidInput: no such letter, or the mended body is not one of its type; every problem
            is named with its field.
        Conflict: settled already, or the identity was applied meanwhile.
        Exception: whatever the handler raised; nothing was changed.
    """
    row = await _open_one(tx, place)
    mended = _mended(row, _content(tx, row), body)
    received = replace(await _judged(tx, handlers, row, mended), position=None)
    await _apply(tx, handlers, received)
    digest = hashlib.sha256(pack(mended.headers, mended.key, mended.value)).digest()
    await _settle(tx, row, "replayed", signature, digest)
    return received


async def discard(tx: Transaction, place: Place, signature: Signature) -> None:
    """Settle a letter without applying it. The sealed body stays.

    Raises:
        InvalidInput: this service holds no such letter.
        Conflict: it is settled already.
    """
    await _settle(tx, await _open_one(tx, place), "discarded", signature)


async def _held(tx: Transaction, place: Place) -> Row[Any]:
    row = await tx.first(
        "SELECT * FROM dead_letters WHERE topic = :topic AND partition = :partition"
        " AND record_offset = :offset FOR UPDATE",
        topic=place.topic,
        partition=place.partition,
        offset=place.offset,
    )
    if row is None:
        raise InvalidInput(
            f"{tx.installation.service} 没有 {place} 的死信。",
            "用 mingjing letters list 查看现有死信。",
        )
    return row


async def _open_one(tx: Transaction, place: Place) -> Row[Any]:
    row = await _held(tx, place)
    if row.state != "open":
        raise Conflict(
            f"{place} 的死信{_STATES[row.state]}（{row.settled_by}，{row.settled_at:%Y-%m-%d}）。",
            "已处理的死信不能再次处理。",
        )
    return row


def _content(tx: Transaction, row: Row[Any]) -> Content:
    body = tx.installation.keys.open(bytes(row.body), BODY.place(id=row.id))
    return Content(*unpack(body))


async def _judged(
    tx: Transaction, handlers: Handlers, row: Row[Any], content: Content
) -> Received[Any]:
    """The record as the worker would judge it now, by the register of now."""
    if Reason(row.reason).kept_by_gateway_alone:
        raise Conflict(
            f"{Reason(row.reason).chinese}的记录只由网关保管，没有服务处理过它，不能在此重放或修补。",
            "请发布方改正后按原编号重发，再丢弃这封死信。",
        )
    reader = Reader(tx.installation.service, frozenset(handlers), "")
    reader.publishers = await registered(tx)
    try:
        read = reader.read(_record(row, content))
    except NotRegisteredYet:
        raise Conflict(f"主题 {row.topic} 的发布方尚未登记。", "登记后再处理。") from None
    if isinstance(read, Received):
        return read
    if isinstance(read, Refusal):
        raise _still_refused(row, content, read)
    raise Conflict(
        f"{tx.installation.service} 不处理 {row.event_type or '这一'} 类型的事件。",
        "确认服务版本；不再需要的可以丢弃。",
    )


def _record(row: Row[Any], content: Content) -> ConsumerRecord[Any, Any]:
    return ConsumerRecord(
        topic=row.topic,
        partition=row.partition,
        offset=row.record_offset,
        timestamp=int(row.failed_at.timestamp() * 1000),
        timestamp_type=0,
        key=content.key,
        value=content.value,
        checksum=None,
        serialized_key_size=len(content.key or b""),
        serialized_value_size=len(content.value or b""),
        headers=tuple(content.headers),
    )


def _still_refused(row: Row[Any], content: Content, refusal: Refusal) -> InvalidInput | Conflict:
    """Why, with every field that is wrong; the messages are for the person at the keyboard."""
    told = [refusal.explanation]
    cls = event_class(refusal.envelope.type) if refusal.envelope else None
    if refusal.reason is Reason.SCHEMA and cls is not None:
        data = read_record(content.headers, content.value)[1]
        problems = explain(cls, data)
        told = [f"{p.path or 'data'}：{p.message}" for p in problems] or told
    return InvalidInput(
        f"{row.topic}/{row.partition}/{row.record_offset} 仍不能接收"
        f"（{refusal.reason.chinese}）：{'；'.join(told)}。",
        "改正后用 mend 修补，或丢弃。",
        problems=told,
    )


def _mended(row: Row[Any], original: Content, body: bytes) -> Content:
    try:
        mended = _with_body(original, body)
        envelope = read_record(mended.headers, mended.value)[0]
    except BadEnvelope as error:
        raise InvalidInput(f"修补后的信封属性 {error.attribute} {error.reason}。") from None
    except MalformedJson as error:
        text = f"修补后的内容不能解读：{error.reason}。"
        raise InvalidInput(text, "应为 UTF-8 的 JSON。") from None
    wanted = (row.source, row.event_id, row.event_type)
    if None not in wanted and wanted != (envelope.source, envelope.id, envelope.type):
        raise InvalidInput(
            f"修补不得改变事件的来源、编号和类型：应为 {row.source} 的 {row.event_id}"
            f"（{row.event_type}）。",
            "内容应属另一事件的，由来源系统另行发送。",
        )
    return mended


def _with_body(original: Content, body: bytes) -> Content:
    """The record with another body; what is derived from the data is left out."""
    members, _plain = strict_loads(body)
    if isinstance(members, dict) and "specversion" in members:
        return Content([("content-type", STRUCTURED.encode())], original.key, body)
    if _is_structured(original):
        whole, _plain = strict_loads(original.value or b"")
        kept = {name: value for name, value in whole.items() if name not in _DERIVED}
        return replace(original, value=orjson.dumps({**kept, "data": members}))
    derived = {f"ce_{name}" for name in _DERIVED}
    headers = [(name, raw) for name, raw in original.headers if name not in derived]
    return Content(headers, original.key, body)


def _is_structured(content: Content) -> bool:
    return any(
        name.lower() == "content-type" and raw.decode("ascii", "replace").startswith(STRUCTURED)
        for name, raw in content.headers
    )


async def _apply(tx: Transaction, handlers: Handlers, received: Received[Any]) -> None:
    await tx.lock([received.key])
    fresh, contradicting = await inbox.take(tx, [received])
    source, event_id = received.envelope.identity
    if contradicting:
        raise Conflict(
            f"{source} 的事件 {event_id} 已按另一内容处理过，不能再按此内容处理。",
            "丢弃这封死信；确需改正的，由来源系统发送带 supersedes 的新事件。",
        )
    if not fresh:
        raise Conflict(
            f"{source} 的事件 {event_id} 已经处理过（后来又收到了一次）。",
            "丢弃这封死信即可。",
        )
    await handlers[type(received.event)](fresh, tx)


async def _settle(
    tx: Transaction,
    row: Row[Any],
    state: str,
    signature: Signature,
    mended_digest: bytes | None = None,
) -> None:
    await tx.execute(
        "UPDATE dead_letters SET state = :state, mended_digest = :digest, settled_at = :now,"
        " settled_by = :by, settled_why = :why WHERE id = :id",
        state=state,
        digest=mended_digest,
        now=machine_now(),
        by=signature.by,
        why=signature.why,
        id=row.id,
    )
