"""CloudEvents over HTTP: which form a body is in, and what it says.

Binary: ``ce-*`` headers and the data as body, attribute values outside printable ASCII
percent-encoded. Structured: one JSON text. Batch: a list of those; each event is read on its
own, so that a fault in one leaves the others whole. The standard SDK is lenient where this
refuses: a missing id, a missing specversion, a list as data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import msgspec

from mingjing_gateway.errors import MalformedBody, WrongMediaType
from mingjing_shared.messaging.envelope import (
    JSON,
    STRUCTURED,
    BadEnvelope,
    Envelope,
    read_attributes,
    read_members,
)
from mingjing_shared.messaging.strict_json import MalformedJson, canonical, strict_loads

if TYPE_CHECKING:
    from collections.abc import Iterable

BATCH = "application/cloudevents-batch+json"
BODY_BYTES_MAX = 4 * 1024 * 1024
BATCH_EVENTS_MAX = 1000

_PREFIX = b"ce-"
_PRINTABLE = re.compile(rb"[\x20-\x7e\t]*")
_ENCODED = re.compile(rb"(?:[^%]|%[0-9A-Fa-f]{2})*")
_TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Form(Enum):
    """How a body carries events."""

    BINARY = "binary"
    STRUCTURED = "structured"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one event says, before anybody judged whether it may be said."""

    envelope: Envelope
    data: Any
    plain: bytes


def form_of(content_type: str | None, content_encoding: str | None) -> Form:
    """Which form a body is in, by its headers alone.

    Raises:
        WrongMediaType: it is of another kind, in another charset, or compressed.
    """
    if content_encoding and content_encoding.strip().lower() != "identity":
        raise WrongMediaType(
            f"不接受压缩的正文（Content-Encoding: {content_encoding[:40]}）。", "请不压缩后重发。"
        )
    kind, _, rest = (content_type or "").partition(";")
    charset = re.search(r'charset\s*=\s*"?([^\s";]+)', rest, re.IGNORECASE)
    if charset and charset[1].lower().replace("-", "") not in ("utf8", "usascii"):
        raise WrongMediaType(
            f"字符集应为 utf-8，实为 {charset[1][:40]}。", "请改用 UTF-8 编码后重发。"
        )
    match kind.strip().lower():
        case "application/json":
            return Form.BINARY
        case "application/cloudevents+json":
            return Form.STRUCTURED
        case "application/cloudevents-batch+json":
            return Form.BATCH
    raise WrongMediaType(
        f"不接受的内容类型：{kind[:80] or '（未注明）'}。",
        f"二进制模式用 {JSON}，结构化模式用 {STRUCTURED}，批量用 {BATCH}。",
    )


def read_binary(headers: Iterable[tuple[bytes, bytes]], body: bytes) -> Reading:
    """One event in binary mode.

    Raises:
        BadEnvelope: an attribute is missing or wrong.
        MalformedJson: the body is not JSON that everybody reads alike.
        MalformedBody: there is no ``ce-`` header at all.
    """
    attributes: dict[str, str] = {}
    for raw_name, raw in headers:
        if not raw_name.startswith(_PREFIX):
            continue
        name = raw_name[len(_PREFIX) :].decode("ascii", "replace")
        if name in attributes:
            raise BadEnvelope(name, "同一属性出现两次")
        attributes[name] = _decoded(name, raw)
    if not attributes:
        raise MalformedBody(
            "缺少二进制模式的请求头 ce-specversion、ce-id、ce-source、ce-type、ce-time。",
            f"补上请求头；若正文本身就是完整的 CloudEvent，请用 Content-Type: {STRUCTURED}。",
        )
    data, plain = strict_loads(body)
    return Reading(read_attributes(attributes), data, plain)


def read_structured(raw: bytes) -> Reading:
    """One event in structured mode.

    Raises:
        BadEnvelope: an attribute is missing or wrong.
        MalformedJson: the text is not JSON that everybody reads alike.
    """
    members = strict_loads(raw)[0]
    if not isinstance(members, dict):
        raise BadEnvelope("（整体）", "应为一个 JSON 对象")
    envelope = read_members({name: value for name, value in members.items() if name != "data"})[0]
    data = members.get("data")
    return Reading(envelope, data, canonical(data, plain_numbers=not _has_fraction(data)))


def split_batch(body: bytes) -> list[bytes]:
    """The events of a batch, each as it was written; none is judged yet.

    Raises:
        MalformedBody: the body is not a JSON list.
    """
    try:
        return [bytes(item) for item in msgspec.json.decode(body, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        value = strict_loads(body)[0]
    except MalformedJson as error:
        raise MalformedBody(
            f"正文不能解读：{error.reason}。", "请更正后重发；没有收下任何一条。"
        ) from None
    kind = "对象" if isinstance(value, dict) else "其他值"
    raise MalformedBody(
        f"批量正文应为 CloudEvent 的列表 […]，实为{kind}。",
        f"单条事件请用 Content-Type: {STRUCTURED}。",
    )


def id_in(raw: bytes) -> str | None:
    """The id that an event of a batch seems to have, for its answer; nothing when unreadable."""
    try:
        return msgspec.json.decode(raw, type=_OnlyId).id
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def trace_in(value: str | None) -> str | None:
    """A ``traceparent`` header when it is one."""
    return value if value is not None and _TRACE.fullmatch(value) else None


class _OnlyId(msgspec.Struct):
    id: str | None = None


def _decoded(name: str, raw: bytes) -> str:
    if not _PRINTABLE.fullmatch(raw):
        raise BadEnvelope(
            name, "含有非 ASCII 字符，请求头中应按 UTF-8 百分号编码（如 田 写作 %E7%94%B0）"
        )
    if not _ENCODED.fullmatch(raw):
        raise BadEnvelope(name, "百分号编码不完整，% 本身应写作 %25")
    try:
        return unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise BadEnvelope(name, "百分号编码的内容不是 UTF-8") from None


def _has_fraction(value: Any) -> bool:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, float):
            return True
        if isinstance(item, dict):
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    return False
