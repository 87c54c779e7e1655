"""From a Kafka record to an event a handler may have, or the reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_shared.events import (
    DataRefused,
    decode,
    event_class,
    implausible,
    key_fits,
    key_of,
    subject_fits,
    subject_of,
)
from mingjing_shared.events.platform import LogAccepted, LogRefused, WindowClosed
from mingjing_shared.messaging.envelope import BadEnvelope, Envelope, content_digest, read_record
from mingjing_shared.messaging.received import Position, Received
from mingjing_shared.messaging.refusals import Reason, Refusal
from mingjing_shared.messaging.strict_json import MalformedJson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiokafka.structs import ConsumerRecord

    from mingjing_shared.events import Event
    from mingjing_shared.messaging.publishers import Publisher

INBOUND = "inbound."
GATEWAY = "gateway"
_AN_ODD_YEAR = re.compile(rb'"(0\d\d\d|1[0-8]\d\d|19[0-4]\d|2[1-9]\d\d|[3-9]\d\d\d)-\d\d-\d\d')


class NotRegisteredYet(Exception):
    """Records on a topic whose registration has not come round yet: they wait."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record of a type that this service does not take."""


SKIPPED = Skipped()


class Reader:
    """Reads records for one service.

    The gateway's worker keeps what no taker could be told of (undecodable, unknown type,
    foreign source); it therefore looks at every inbound record, also of types it has no handler
    for. The others skip these and count.
    """

    def __init__(self, service: str, taken: frozenset[type[Event]], prefix: str) -> None:
        self._service = service
        self._taken = {cls.type: cls for cls in taken}
        self._prefix = prefix
        self.publishers: Mapping[str, Publisher] = {}

    def read(self, record: ConsumerRecord[Any, Any]) -> Received[Any] | Refusal | Skipped:
        """Judge one record.

        Raises:
            NotRegisteredYet: the topic's publisher is not in the register held here.
        """
        topic = record.topic.removeprefix(self._prefix)
        guards = self._service == GATEWAY and topic.startswith(INBOUND)
        if not guards and not self._may_be_taken(record):
            return SKIPPED
        refusal, found = self._envelope(record, topic)
        if refusal is not None or found is None:
            mine = refusal is not None and self._is_kept_here(refusal)
            return refusal if mine and refusal is not None else SKIPPED
        envelope, data, plain = found
        cls = self._taken.get(envelope.type)
        if cls is None:
            return SKIPPED
        position = Position(topic, record.partition, record.offset, record.timestamp)
        return to_received(cls, envelope, data, plain, position)

    def _may_be_taken(self, record: ConsumerRecord[Any, Any]) -> bool:
        """Cheaply, before anything is decoded: is it of a type taken here?"""
        for name, value in record.headers:
            if name == "ce_type":
                return value.decode("utf-8", "replace") in self._taken
        return True  # structured mode: only reading tells

    def _is_kept_here(self, refusal: Refusal) -> bool:
        return self._service == GATEWAY or not refusal.reason.kept_by_gateway_alone

    def _envelope(
        self, record: ConsumerRecord[Any, Any], topic: str
    ) -> tuple[Refusal | None, tuple[Envelope, Any, bytes] | None]:
        try:
            envelope, data, plain = read_record(record.headers, record.value)
        except BadEnvelope as error:
            text = f"信封属性 {error.attribute} {error.reason}"
            return Refusal(Reason.UNDECODABLE, text), None
        except MalformedJson as error:
            return Refusal(Reason.UNDECODABLE, error.reason), None
        refusal = self._foreign(envelope, topic) or _unknown(envelope)
        return refusal, None if refusal else (envelope, data, plain)

    def _foreign(self, envelope: Envelope, topic: str) -> Refusal | None:
        if not topic.startswith(INBOUND):
            return _foreign_department(envelope, topic)
        publisher = self.publishers.get(topic)
        if publisher is None:
            raise NotRegisteredYet(topic)
        if envelope.source != publisher.source:
            text = f"该主题登记的来源是 {publisher.source}"
            return Refusal(Reason.FOREIGN_SOURCE, text, envelope)
        if event_class(envelope.type) is not None and envelope.type not in publisher.types:
            text = f"{publisher.name} 的登记不含类型 {envelope.type}"
            return Refusal(Reason.FOREIGN_SOURCE, text, envelope)
        if envelope.mode != "live" and envelope.mode not in publisher.modes:
            text = f"{publisher.name} 无权使用模式 {envelope.mode}"
            return Refusal(Reason.FOREIGN_MODE, text, envelope)
        return None


_EACH_FOR_ITSELF = frozenset({WindowClosed.type, LogRefused.type, LogAccepted.type})


def _foreign_department(envelope: Envelope, topic: str) -> Refusal | None:
    writer = GATEWAY if topic in ("directory", "platform") else topic
    if topic == "platform" and envelope.type in _EACH_FOR_ITSELF:
        writer = envelope.source.removeprefix("/mingjing/")  # each for itself: the handler looks
    if envelope.source == f"/mingjing/{writer}" or topic.startswith("replay."):
        return None
    text = f"主题 {topic} 只由 /mingjing/{writer} 写入"
    return Refusal(Reason.FOREIGN_SOURCE, text, envelope)


def _unknown(envelope: Envelope) -> Refusal | None:
    if event_class(envelope.type) is None:
        return Refusal(Reason.UNKNOWN_TYPE, f"未知事件类型 {envelope.type[:80]}", envelope)
    return None


def to_received(
    cls: type[Event],
    envelope: Envelope,
    data: Any,
    plain: bytes,
    position: Position | None,
) -> Received[Any] | Refusal:
    """Check the data against its type and what is derived from it against the envelope."""
    try:
        event = decode(cls, data)
    except DataRefused as error:
        return Refusal(Reason.SCHEMA, str(error)[:2000], envelope)
    fault = _derived_fault(cls, event, envelope) or _odd_dates(cls, envelope, data, plain)
    if fault:
        return Refusal(Reason.SCHEMA, fault, envelope)
    return Received(
        event=event,
        envelope=envelope,
        key=key_of(event),
        content=data,
        digest=content_digest(envelope, subject_of(event), plain),
        position=position,
    )


def _derived_fault(cls: type[Event], event: Event, envelope: Envelope) -> str | None:
    if envelope.partitionkey is not None and not key_fits(event, envelope.partitionkey):
        return "partitionkey 与数据不符"
    if envelope.subject is not None and not subject_fits(event, envelope.subject):
        return "subject 与数据不符"
    if envelope.dataschema is not None and f"/{cls.type}/" not in envelope.dataschema:
        return "dataschema 指向另一类型"
    return None


def _odd_dates(cls: type[Event], envelope: Envelope, data: Any, plain: bytes) -> str | None:
    """Dates before 1949 or after 2100; what the door also asks of the future is its own."""
    if not 1949 <= envelope.time.year <= 2100:
        return "time 早于 1949 年或晚于 2100 年"
    if not _AN_ODD_YEAR.search(plain):
        return None
    problems = implausible(cls, data, envelope.time.replace(year=2100))
    return "；".join(f"{p.path}：日期不合理" for p in problems) or None
