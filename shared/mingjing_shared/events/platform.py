"""The platform looking at itself; invisible to all figures."""

from typing import Annotated, ClassVar

from msgspec import Meta

from mingjing_shared.events.base import SERVICES, Event, Stability
from mingjing_shared.events.values import Code, Count, EventType, Id, Instant, LogName, Source

EventDigest = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,4} [0-9]{1,4} [0-9a-f]{16} \S{1,200}$(?!\n)",
        description="来源序号、类型序号、内容摘要前 16 位、事件编号，以空格分隔",
    ),
]


class PlatformProbed(Event, frozen=True, kw_only=True):
    """A probe was sent round to show that events flow.

    Sent by gateway; key: probe id. Taken by gateway, disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.platform.probed"
    label: ClassVar[str] = "平台探测"
    home: ClassVar[str] = "platform"
    sender: ClassVar[str] = "gateway"
    key: ClassVar[str] = "probe_id"
    subject_field: ClassVar[str] = "probe_id"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = SERVICES

    probe_id: Id
    probed_at: Instant


class WindowClosed(Event, frozen=True, kw_only=True):
    """What a service published (or the door took) in one closed stretch: ids and digests alone.

    Every taker compares it with what it settled; what is missing there was lost on the way. A
    stretch in which nothing happened is closed as well, so that silence means trouble.

    ``stream`` is outbox, or door for what publishers told over HTTP; ``number`` counts up by one
    for each service and stream, so that a missing one is noticed; the events refer to
    ``origins`` and ``types`` by place.

    Sent by gateway, disclosure, recording, review, tasks; key: service. Taken by gateway,
    disclosure, recording, review and tasks.
    """

    type: ClassVar[str] = "cn.mingjing.platform.window_closed"
    label: ClassVar[str] = "对账窗口"
    home: ClassVar[str] = "platform"
    sender: ClassVar[str] = "gateway, disclosure, recording, review, tasks"
    key: ClassVar[str] = "service"
    subject_field: ClassVar[str] = "service"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = SERVICES

    service: Code
    stream: Code
    number: Annotated[int, Meta(ge=1, description="不小于 1 的整数，每次加一")]
    closed_at: Instant
    origins: tuple[Source, ...]
    types: tuple[EventType, ...]
    events: tuple[EventDigest, ...]


class LogRefused(Event, frozen=True, kw_only=True):
    """A witness refused to co-sign a service's log: it does not go on from what was known of it.

    ``reason_code`` says how: it shows less than it had shown, or something else, or its
    signature is not its own. Stands until the same witness co-signs again.

    Sent by gateway, disclosure, recording, review, tasks; key: log. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.platform.log_refused"
    label: ClassVar[str] = "存证日志异常"
    home: ClassVar[str] = "platform"
    sender: ClassVar[str] = "gateway, disclosure, recording, review, tasks"
    key: ClassVar[str] = "log"
    subject_field: ClassVar[str] = "log"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    log: LogName
    witness: Code
    reason_code: Code
    size_known: Count
    size_shown: Count


class LogAccepted(Event, frozen=True, kw_only=True):
    """A witness co-signs again a log that it had refused.

    Sent by gateway, disclosure, recording, review, tasks; key: log. Taken by tasks.
    """

    type: ClassVar[str] = "cn.mingjing.platform.log_accepted"
    label: ClassVar[str] = "存证日志恢复"
    home: ClassVar[str] = "platform"
    sender: ClassVar[str] = "gateway, disclosure, recording, review, tasks"
    key: ClassVar[str] = "log"
    subject_field: ClassVar[str] = "log"
    stability: ClassVar[Stability] = "stable"
    takers: ClassVar[frozenset[str]] = frozenset({"tasks"})

    log: LogName
    witness: Code
    size_shown: Count
