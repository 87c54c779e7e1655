"""Looking at another unit's footage: asked for, decided by a leader of that unit, open for days.

公安机关现场执法视音频记录工作规定（公通字〔2016〕14号）: who looks at recordings of others needs
approval. How long an approval holds is not said there: ``law/access.toml``, assumed.

    asked ──approve──> open ──time──> over
      └────refuse───> refused
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mingjing_recording.errors import NotNow, OwnRequest
from mingjing_shared.clock import local_date
from mingjing_shared.errors import InvalidInput
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

State = Literal["asked", "open", "over", "refused"]
STATE_NAMES: dict[State, str] = {
    "asked": "待批准",
    "open": "已批准",
    "over": "已过有效期",
    "refused": "未批准",
}
_OPEN = load_rules("mingjing_recording", "access")["access_open"]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on a request; ``open_until`` when it was approved."""

    is_approved: bool
    open_until: datetime | None


def days_open(day: date) -> int:
    """For how many days an approval of that day holds."""
    return _OPEN.in_force_on(day).count


def state_of(*, is_approved: bool | None, open_until: datetime | None, now: datetime) -> State:
    """Where a request stands."""
    if is_approved is None:
        return "asked"
    if not is_approved:
        return "refused"
    return "open" if open_until is not None and now < open_until else "over"


def decide(
    state: State,
    *,
    approves: bool,
    reason: str,
    asked_by: str,
    deciders: Collection[str],
    now: datetime,
) -> Decided:
    """Decide on a request: once, never on one's own, and never refuse without a reason.

    ``deciders`` are the leader and whom the leader stands in for.

    Raises:
        OwnRequest: one of the deciders asked.
        NotNow: it was decided before.
        InvalidInput: it is refused without a reason.
    """
    if asked_by in deciders:
        raise OwnRequest("不能审批本人的调阅申请。", "请由该单位其他负责人或上级单位负责人审批。")
    if state != "asked":
        raise NotNow(f"这件申请已经办理：{STATE_NAMES[state]}。", "刷新页面可见办理结果。")
    if not approves and not reason:
        raise InvalidInput("不批准须写明理由。", "请填写理由后重新提交。")
    if not approves:
        return Decided(is_approved=False, open_until=None)
    return Decided(
        is_approved=True,
        open_until=deadline(_OPEN, local_date(now), published_calendar()).due_at,
    )
