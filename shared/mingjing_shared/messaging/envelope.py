"""The envelope: CloudEvents 1.0, as Kafka headers (binary mode) or one JSON text (structured).

The standard SDK invents a missing ``id``, accepts a missing ``specversion`` and more; here each
of these is refused with its reason.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import orjson

from mingjing_shared.messaging.strict_json import MalformedJson, canonical, strict_loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STRUCTURED = "application/cloudevents+json"
JSON = "application/json"
MODES = ("live", "backfill", "synthetic", "replay")
RECORD_BYTES_MAX = 1024 * 1024
ATTRIBUTE_CHARS_MAX = 1024

_ATTRIBUTES = frozenset(
    {
        "specversion", "id", "source", "type", "subject", "time", "datacontenttype",
        "dataschema", "partitionkey", "traceparent", "tracestate", "correlationid",
        "causationid", "mjmode", "supersedes",
    }
)  # fmt: skip
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


class BadEnvelope(ValueError):
    """The envelope cannot be taken.

    Attributes:
        attribute: the attribute that is wrong.
        reason: what is wrong and what is wanted, in Chinese.
    """

    def __init__(self, attribute: str, reason: str) -> None:
        super().__init__(f"{attribute}: {reason}")
        self.attribute = attribute
        self.reason = reason


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an event besides its data. (``source``, ``id``) is its identity."""

    id: str
    source: str
    type: str
    time: datetime
    subject: str | None = None
    dataschema: str | None = None
    partitionkey: str | None = None
    traceparent: str | None = None
    tracestate: str | None = None
    correlationid: str | None = None
    causationid: str | None = None
    mode: str = "live"
    supersedes: str | None = None
    extensions: dict[str, str] = {}

    @property
    def identity(self) -> tuple[str, str]:
        """The pair that makes two deliveries one event."""
        return (self.source, self.id)

    @property
    def superseded_id(self) -> str | None:
        """The id of the event of the same source that this one corrects."""
        return None if self.supersedes is None else self.supersedes.split("#", 1)[1]


def read_record(
    headers: Iterable[tuple[str, bytes]], value: bytes | None
) -> tuple[Envelope, Any, bytes]:
    """The envelope, the data and its canonical bytes, from a Kafka record of either mode.

    Raises:
        BadEnvelope: an attribute is missing or wrong.
        MalformedJson: the value is not JSON that everybody reads alike.
    """
    if value is None:
        raise MalformedJson("记录没有内容")
    if len(value) > RECORD_BYTES_MAX:
        raise MalformedJson("记录超过 1 MiB")
    attributes, others = _from_headers(headers)
    content_type = others.get("content-type", "")
    if content_type.split(";")[0].strip().lower() == STRUCTURED:
        return read_structured(value)
    for name in ("traceparent", "tracestate"):
        if name in others:
            attributes.setdefault(name, others[name])
    attributes.setdefault("datacontenttype", content_type or JSON)
    data, plain = strict_loads(value)
    return read_attributes(attributes), data, plain


def _from_headers(
    headers: Iterable[tuple[str, bytes]],
) -> tuple[dict[str, str], dict[str, str]]:
    """The ``ce_`` headers without their prefix, and the others by their name in lower case."""
    headers = list(headers)
    try:
        attributes = {n[3:]: raw.decode() for n, raw in headers if n[:3] == "ce_"}
        others = {n.lower(): raw.decode() for n, raw in headers if n[:3] != "ce_"}
    except (UnicodeDecodeError, AttributeError):
        return _name_by_name(headers)
    return attributes, others


def _name_by_name(
    headers: Iterable[tuple[str, bytes]],
) -> tuple[dict[str, str], dict[str, str]]:
    """The same when a header is empty or no UTF-8; refuses ours, passes over strangers'."""
    attributes: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, raw in headers:
        if name.startswith("ce_"):
            attributes[name[3:]] = _utf8(name, raw)
        elif name.lower() in ("content-type", "traceparent", "tracestate"):
            others[name.lower()] = _utf8(name, raw)
    return attributes, others


def read_structured(raw: bytes) -> tuple[Envelope, Any, bytes]:
    """The envelope, the data and its canonical bytes, from one structured-mode JSON text.

    Raises:
        BadEnvelope: an attribute is missing or wrong.
        MalformedJson: as in ``strict_loads``.
    """
    return read_members(strict_loads(raw)[0])


def read_members(members: Any) -> tuple[Envelope, Any, bytes]:
    """The same from the decoded structured form (one event of a batch).

    Raises:
        BadEnvelope: an attribute is missing or wrong.
    """
    if not isinstance(members, dict):
        raise BadEnvelope("（整体）", "应为一个 JSON 对象")
    if "data_base64" in members:
        raise BadEnvelope("data_base64", "只接受 JSON 数据，应放在 data 中")
    attributes: dict[str, str] = {}
    for name, value in members.items():
        if name == "data":
            continue
        if isinstance(value, bool):
            attributes[name] = "true" if value else "false"
        elif isinstance(value, (str, int)):
            attributes[name] = str(value)
        elif value is not None:
            raise BadEnvelope(name, "属性值应为字符串")
    data = members.get("data")
    return read_attributes(attributes), data, canonical(data)


def read_attributes(attributes: Mapping[str, str]) -> Envelope:
    """The envelope made of attribute names and values.

    Raises:
        BadEnvelope: a required one is missing, or a value is not of its form.
    """
    if (version := attributes.get("specversion")) != "1.0":
        raise BadEnvelope("specversion", f"应为 1.0，实为 {version or '（缺）'}")
    for name in ("id", "source", "type", "time"):
        if not attributes.get(name):
            raise BadEnvelope(name, "必填，缺失或为空")
    whole = " ".join(attributes.values())
    if len(whole) > ATTRIBUTE_CHARS_MAX or _CONTROL.search(whole):
        _refuse_odd_values(attributes)
    content_type = attributes.get("datacontenttype", JSON)
    if content_type.split(";")[0].strip().lower() != JSON:
        raise BadEnvelope("datacontenttype", f"应为 {JSON}，实为 {content_type}")
    mode = attributes.get("mjmode", "live")
    if mode not in MODES:
        raise BadEnvelope("mjmode", f"应为 {'、'.join(MODES)} 之一，实为 {mode}")
    supersedes = attributes.get("supersedes")
    if supersedes is not None:
        source, mark, corrected = supersedes.partition("#")
        if not mark or not corrected:
            raise BadEnvelope("supersedes", "应为 <source>#<id>")
        if source != attributes["source"]:
            raise BadEnvelope("supersedes", "只能更正同一来源的事件")
    return Envelope(
        id=attributes["id"],
        source=attributes["source"],
        type=attributes["type"],
        time=instant(attributes["time"]),
        subject=attributes.get("subject"),
        dataschema=attributes.get("dataschema"),
        partitionkey=attributes.get("partitionkey"),
        traceparent=attributes.get("traceparent"),
        tracestate=attributes.get("tracestate"),
        correlationid=attributes.get("correlationid"),
        causationid=attributes.get("causationid"),
        mode=mode,
        supersedes=supersedes,
        extensions={name: attributes[name] for name in attributes.keys() - _ATTRIBUTES},
    )


def _refuse_odd_values(attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        if len(value) > ATTRIBUTE_CHARS_MAX and name != "tracestate":
            raise BadEnvelope(name, f"超过 {ATTRIBUTE_CHARS_MAX} 个字符")
        if _CONTROL.search(value):
            raise BadEnvelope(name, "含有控制字符")


def instant(value: str) -> datetime:
    """An RFC 3339 instant with its zone, as UTC.

    Raises:
        BadEnvelope: not of that form, or without a zone.
    """
    if not _INSTANT.fullmatch(value):
        raise BadEnvelope("time", f"应为带时区的 RFC 3339 时间，实为 {value[:40]}")
    try:
        return datetime.fromisoformat(_six_digits(value)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadEnvelope("time", f"不是存在的时间：{value[:40]}") from None


def _six_digits(value: str) -> str:
    """Python reads at most microseconds; RFC 3339 knows no limit."""
    value = value.upper()
    if "." not in value:
        return value
    head, rest = value.split(".", 1)
    digits = re.match(r"\d+", rest)
    count = digits.end() if digits else 0
    return f"{head}.{rest[:count][:6].ljust(6, '0')}{rest[count:]}"


def _utf8(name: str, raw: bytes | None) -> str:
    try:
        return (raw or b"").decode()
    except UnicodeDecodeError:
        raise BadEnvelope(name, "不是 UTF-8") from None


def content_digest(envelope: Envelope, subject: str, plain: bytes) -> bytes:
    """What makes two events of one identity the same: SHA-256 over id, source, type, subject,
    time (as UTC) and the canonical data; not the mode, the key order or the trace.
    """
    head = orjson.dumps([envelope.id, envelope.source, envelope.type, subject, envelope.time])
    return hashlib.sha256(head + b"\n" + plain).digest()


def to_headers(attributes: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """Attributes as Kafka headers in binary mode, the trace also under its plain name."""
    headers = [(f"ce_{name}", value.encode()) for name, value in attributes.items()]
    headers.append(("content-type", JSON.encode()))
    headers.extend(
        (name, attributes[name].encode())
        for name in ("traceparent", "tracestate")
        if name in attributes
    )
    return headers
