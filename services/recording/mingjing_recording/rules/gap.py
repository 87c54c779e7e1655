"""What follows from a gap in a record, what may explain one, and where the record of an act stands.

治安管理处罚法 (2025) §108: where one officer questions, seizes, identifies or mediates in a place
for handling cases, evidence without a whole recording must not be the ground of a penalty. Such
a gap blocks; every other one is a finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mingjing_shared.clock import local_date
from mingjing_shared.law.rules import Version, load_dated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

GapEffect = Literal["blocking", "finding"]
RecordState = Literal["nothing", "unlinked", "linked", "gap_open", "gap_explained", "archived"]


class BlockingGap(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """Acts of which a gap voids the evidence."""

    acts: frozenset[str]
    places: frozenset[str]
    case_kinds: frozenset[str]
    officers_max: int


_BLOCKING = load_dated("mingjing_recording", "gap_effect", BlockingGap)

EXPLANATIONS: Mapping[str, str] = {
    "device_fault": "设备故障",
    "battery": "电量耗尽",
    "storage_full": "存储空间已满",
    "weather": "天气等客观条件所限",
    "emergency": "情况紧急，来不及开启",
    "place_forbids": "场所依法不宜录制",
    "file_lost": "文件损坏或者丢失",
    "told_time_wrong": "执法行为的起止时间填报有误",
    "other": "其他（写明）",
}
"""What a gap may be explained by: the codes that travel; the words stay here."""


def effect_of(
    *, kind: str, place_kind: str, started_at: datetime, officers: int, case_kind: str | None
) -> GapEffect:
    """Whether a gap in the record of this act voids its evidence, by the law of its day.

    A case whose kind is not known (yet) is taken as one to which no such rule applies.
    """
    day = local_date(started_at)
    for fact in _BLOCKING.values():
        if not fact.is_in_force_on(day):
            continue
        row = fact.in_force_on(day)
        if (
            kind in row.acts
            and place_kind in row.places
            and case_kind in row.case_kinds
            and officers <= row.officers_max
        ):
            return "blocking"
    return "finding"


def record_state(
    *,
    level: str | None,
    has_footage: bool,
    has_due_gap: bool,
    is_explained: bool,
    is_archived: bool,
) -> RecordState:
    """Where the record of an act stands; a gap counts only once its upload term is over."""
    if has_due_gap and not is_explained:
        return "gap_open"
    if is_archived:
        return "archived"
    if has_due_gap:
        return "gap_explained"
    if has_footage:
        return "linked"
    return "nothing" if level is None else "unlinked"
