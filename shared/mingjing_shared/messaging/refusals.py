"""Why an event is not applied: one closed table for the door, the workers and the letters.

| reason | found by | kept by |
|---|---|---|
| undecodable, unknown_type, foreign_source, foreign_mode | reading the record | gateway's worker |
| schema | reading the data | each service that takes the type |
| contradiction | the inbox | each service that takes the type |
| handler | the handler itself, repeatedly, alone | the service whose handler it is |
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingjing_shared.messaging.envelope import Envelope


class Reason(StrEnum):
    """The closed list of reasons."""

    UNDECODABLE = "undecodable"
    UNKNOWN_TYPE = "unknown_type"
    FOREIGN_SOURCE = "foreign_source"
    FOREIGN_MODE = "foreign_mode"
    SCHEMA = "schema"
    CONTRADICTION = "contradiction"
    HANDLER = "handler"

    @property
    def kept_by_gateway_alone(self) -> bool:
        """Whether one keeper is enough, because no taker could be told."""
        return self in _KEPT_BY_GATEWAY

    @property
    def chinese(self) -> str:
        """The reason as officers read it."""
        return _CHINESE[self]


_KEPT_BY_GATEWAY = frozenset(
    {Reason.UNDECODABLE, Reason.UNKNOWN_TYPE, Reason.FOREIGN_SOURCE, Reason.FOREIGN_MODE}
)
_CHINESE = {
    Reason.UNDECODABLE: "无法解读",
    Reason.UNKNOWN_TYPE: "未知事件类型",
    Reason.FOREIGN_SOURCE: "来源与登记不符",
    Reason.FOREIGN_MODE: "无权使用的模式",
    Reason.SCHEMA: "不符合事件约定",
    Reason.CONTRADICTION: "同一编号内容不同",
    Reason.HANDLER: "处理失败",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An event that is not applied.

    Attributes:
        reason: why, from the closed list.
        explanation: why, in Chinese, naming fields and rules, never their content.
        envelope: what could be read of it.
    """

    reason: Reason
    explanation: str
    envelope: Envelope | None = None
