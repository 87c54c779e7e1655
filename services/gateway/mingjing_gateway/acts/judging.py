"""Whether one event may be taken from one publisher, and as what record it will be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_gateway.errors import EventRefused, MalformedBody, NotRegistered
from mingjing_gateway.store.inbound import Record
from mingjing_shared.errors import MingjingError, TooMuch
from mingjing_shared.events import (
    DataRefused,
    FieldProblem,
    dataschema_of,
    decode,
    event_class,
    implausible,
    implausible_instant,
    subject_of,
    unknown_fields,
)
from mingjing_shared.messaging.envelope import RECORD_BYTES_MAX, BadEnvelope
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.refusals import Refusal
from mingjing_shared.messaging.strict_json import MalformedJson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mingjing_gateway.rules.binding import Reading
    from mingjing_gateway.store.publisher import Registration
    from mingjing_shared.events import Event
    from mingjing_shared.messaging.envelope import Envelope
    from mingjing_shared.messaging.received import Received
    from mingjing_shared.privacy.references import References

ENVELOPE_CHARS_MAX = 16 * 1024
_ERRORS_SAID = 3  # in the sentence; all of them stand in ``errors``


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event that may be taken."""

    event_id: str
    digest: bytes
    record: Record
    event_class: type[Event]
    content: Mapping[str, Any]

    def unknown_fields(self) -> list[str]:
        """The paths of data fields that its type does not know; they are taken and kept."""
        return unknown_fields(self.event_class, dict(self.content))


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that may not, with the id that it seems to have."""

    event_id: str | None
    error: MingjingError


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the events of one request.

    Attributes:
        publisher: who sends them.
        references: makes the ``correlationid`` of case events.
        latest: the later of the two clocks and a day; nothing can have happened after it.
        traceparent: the request's own, for events that bring none.
    """

    publisher: Registration
    references: References
    latest: datetime
    traceparent: str | None = None

    def judge(self, event_id: str | None, read: Callable[[], Reading]) -> Incoming | Refused:
        """Read one event and judge it; what is wrong is an answer, never an exception."""
        try:
            return self._incoming(read())
        except BadEnvelope as error:
            return Refused(event_id, _bad_envelope(error.attribute, error.reason))
        except MalformedJson as error:
            wrong = MalformedBody(f"内容不能解读：{error.reason}。", "请更正后重发；没有收下。")
            return Refused(event_id, wrong)
        except MingjingError as error:
            return Refused(event_id, error)

    def _incoming(self, reading: Reading) -> Incoming:
        envelope = reading.envelope
        cls = self._allowed(envelope)
        if why := implausible_instant(envelope.time, self.latest):
            raise _bad_envelope("time", f"不可信：{why}")
        received = to_received(cls, envelope, reading.data, reading.plain, None)
        if isinstance(received, Refusal):
            raise self._refusal(cls, reading, received)
        if problems := implausible(cls, reading.data, self.latest):
            raise _bad_data(cls, problems, reading.data)
        attributes = self._completed(cls, received)
        _require_room(reading.plain, attributes)
        return Incoming(
            event_id=envelope.id,
            digest=received.digest,
            record=Record(self.publisher.topic, received.key, attributes, reading.plain),
            event_class=cls,
            content=received.content,
        )

    def _allowed(self, envelope: Envelope) -> type[Event]:
        """The type's class, when this publisher may say this at all."""
        mine = self.publisher
        if envelope.source != mine.source:
            raise NotRegistered(
                f"凭证 {mine.name} 登记的来源是 {mine.source}，与事件的 source 不符。",
                "请改用登记的来源，或使用该来源自己的凭证。",
            )
        cls = event_class(envelope.type)
        if cls is None:
            raise _bad_envelope(
                "type", f"未知事件类型 {envelope.type[:80]}；全部类型见 /intake/catalogue"
            )
        if envelope.type not in mine.types:
            raise NotRegistered(
                f"{mine.name} 的登记不含类型 {envelope.type}。",
                "如确需发送，请联系平台管理员变更登记。",
            )
        if envelope.mode != "live" and envelope.mode not in mine.modes:
            raise NotRegistered(
                f"{mine.name} 无权使用模式 {envelope.mode}。",
                "请去掉扩展属性 mjmode，或申请导入权限。",
            )
        return cls

    def _refusal(self, cls: type[Event], reading: Reading, refusal: Refusal) -> MingjingError:
        """What is wrong, field by field; slow and thorough."""
        try:
            decode(cls, reading.data)
        except DataRefused as error:
            return _bad_data(cls, error.problems, reading.data)
        if problems := implausible(cls, reading.data, self.latest):
            return _bad_data(cls, problems, reading.data)
        attribute, _, reason = refusal.explanation.partition(" ")
        return _bad_envelope(attribute, reason)

    def _completed(self, cls: type[Event], received: Received[Any]) -> dict[str, str]:
        """The attributes as they are written: what follows from the data is filled in."""
        envelope, event = received.envelope, received.event
        case_number = getattr(event, "case_number", None)
        attributes = {
            "specversion": "1.0",
            "id": envelope.id,
            "source": envelope.source,
            "type": envelope.type,
            "subject": envelope.subject or subject_of(event),
            "time": envelope.time.isoformat(),
            "dataschema": envelope.dataschema or dataschema_of(cls),
            "partitionkey": received.key,
            "traceparent": envelope.traceparent or self.traceparent,
            "tracestate": envelope.tracestate,
            "correlationid": self.references.case(case_number)
            if case_number
            else envelope.correlationid,
            "causationid": envelope.causationid,
            "mjmode": None if envelope.mode == "live" else envelope.mode,
            "supersedes": envelope.supersedes,
        }
        return {
            name: value for name, value in {**envelope.extensions, **attributes}.items() if value
        }


def _bad_envelope(attribute: str, reason: str) -> EventRefused:
    return EventRefused(
        f"信封属性 {attribute[:64]} {reason}。",
        "请更正后重发。",
        errors=[{"in": "envelope", "path": attribute[:64], "message": reason, "rule": "envelope"}],
    )


def _bad_data(cls: type[Event], problems: Sequence[FieldProblem], data: Any) -> EventRefused:
    """Every problem in ``errors``; the sentence names the first places."""
    places = "、".join(problem.path or "data" for problem in problems[:_ERRORS_SAID])
    more = " 等" if len(problems) > _ERRORS_SAID else ""
    return EventRefused(
        f"数据不符合 {cls.type} 的约定：{places}{more}（共 {len(problems)} 处）。",
        f"请按 {dataschema_of(cls)} 更正后重发。",
        errors=[
            {"in": "data", "path": p.path, "message": p.message, "rule": p.rule} for p in problems
        ],
        unknown_fields=unknown_fields(cls, data) if isinstance(data, dict) else [],
    )


def _require_room(plain: bytes, attributes: dict[str, str]) -> None:
    """One record has to fit on the broker."""
    if len(plain) > RECORD_BYTES_MAX:
        raise TooMuch(
            f"一条事件的数据至多 1 MiB，实为 {len(plain):,} 字节。",
            "大的内容请上传到记录部门，事件中只写摘要。",
        )
    size = sum(map(len, attributes)) + sum(map(len, attributes.values()))
    if size > ENVELOPE_CHARS_MAX:
        raise TooMuch(
            f"信封属性合计至多 {ENVELOPE_CHARS_MAX:,} 个字符，实为 {size:,}。", "请减少扩展属性。"
        )
