"""Registering publishers, by the administrator at the keyboard."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from mingjing_gateway.rules.publisher import (
    KEY_PREFIX,
    RESERVED,
    key_hash,
    key_prefix,
    topic_of,
)
from mingjing_gateway.store import publisher as store
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.events import DataRefused, decode, event_class
from mingjing_shared.events.directory import PublisherRegistered
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction

KEY_BYTES = 32


async def add_publisher(
    tx: Transaction,
    *,
    name: str,
    source: str,
    types: Sequence[str],
    way: str,
    modes: Sequence[str] = (),
    quiet_minutes_max: int | None = None,
    by: str,
) -> str:
    """Register a publisher and have every service told; gives its key, which nobody keeps.

    Raises:
        InvalidInput: the name, the source, a type, a mode or the minutes cannot be.
        Conflict: the name or the source is taken.
    """
    event = _registration(
        name, source, types, way=way, modes=modes, quiet_minutes_max=quiet_minutes_max
    )
    key = _new_key()
    kept = await store.keep_publisher(
        tx,
        {
            "name": event.name,
            "topic": event.topic,
            "source": event.source,
            "types": list(event.types),
            "way": event.way,
            "modes": list(event.modes),
            "quiet_minutes_max": event.quiet_minutes_max,
            "key_hash": key_hash(key),
            "key_prefix": key_prefix(key),
            "added_at": machine_now(),
            "added_by": by,
        },
    )
    if not kept:
        raise Conflict(
            f"发布方 {name} 或来源 {source} 已登记。", "换一个名称，或用 rotate 更换原有密钥。"
        )
    outbox.add(tx, [Outgoing(event)])
    return key


async def rotate_publisher(tx: Transaction, *, name: str, by: str) -> str:
    """Give a publisher another key; the old one opens nothing once this is committed.

    Raises:
        InvalidInput: no publisher has this name.
    """
    if await store.publisher_named(tx, name) is None:
        raise _nobody(name)
    key = _new_key()
    await store.replace_key(
        tx, name, key_hash=key_hash(key), key_prefix=key_prefix(key), by=by, at=machine_now()
    )
    return key


async def agree_quiet(tx: Transaction, *, name: str, quiet_minutes_max: int | None) -> None:
    """Change how long a publisher may be quiet, and have every service told; None: no matter.

    Raises:
        InvalidInput: no publisher has this name, or the minutes cannot be.
    """
    row = await store.publisher_named(tx, name)
    if row is None:
        raise _nobody(name)
    event = _registration(
        row.name,
        row.source,
        row.types,
        way=row.way,
        modes=row.modes,
        quiet_minutes_max=quiet_minutes_max,
    )
    await store.agree(tx, name, event.quiet_minutes_max)
    outbox.add(tx, [Outgoing(event)])


def _nobody(name: str) -> InvalidInput:
    return InvalidInput(f"没有名为 {name} 的发布方。", "用 list 查看已登记的发布方。")


def _new_key() -> str:
    return KEY_PREFIX + secrets.token_urlsafe(KEY_BYTES)


def _registration(
    name: str,
    source: str,
    types: Sequence[str],
    *,
    way: str,
    modes: Sequence[str],
    quiet_minutes_max: int | None,
) -> PublisherRegistered:
    """The registration as the directory says it, checked as any other event."""
    if name in RESERVED:
        raise InvalidInput(f"名称 {name} 为平台自用。", "请换一个名称。")
    if source.startswith("/mingjing/"):
        raise InvalidInput(f"来源 {source} 为平台自用。", "请用 /<地区>/<系统> 的形式。")
    if not types:
        raise InvalidInput("没有指定事件类型。", "至少指定一种，全部类型见 /intake/catalogue。")
    for event_type in types:
        cls = event_class(event_type)
        if cls is None or "inbound" not in (cls.home, cls.also_home):
            raise InvalidInput(
                f"{event_type} 不是外部系统可以发送的类型。", "全部类型见 /intake/catalogue。"
            )
    data: dict[str, Any] = {
        "name": name,
        "topic": topic_of(name),
        "source": source,
        "types": sorted(set(types)),
        "way": way,
        "modes": sorted(set(modes)),
    }
    if quiet_minutes_max is not None:
        data["quiet_minutes_max"] = quiet_minutes_max
    try:
        return decode(PublisherRegistered, data)
    except DataRefused as error:
        said = "；".join(problem.message for problem in error.problems)
        raise InvalidInput(f"登记内容有误：{said}。", "请更正后重试。") from error
