"""Whether a decision has legal effect: the first question before anything is published.

公安机关执法公开规定 §12: decisions that have taken effect are published. A decision takes effect
when it was served, or later where it says so; what was revoked, changed or found illegal has
none. A remedy that is pending does not suspend it (行政复议法 §42, 行政诉讼法 §56).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.law.wording import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

UNDONE_SAYS = {
    "decision_revoked": "已被撤销",
    "decision_changed": "已被变更",
    "decision_found_illegal": "已被确认违法",
}
_REMEDIES = {"reconsideration": "行政复议", "litigation": "行政诉讼"}


@dataclass(frozen=True, slots=True)
class Undone:
    """That a decision was revoked, changed or found illegal: how, on which day, by whom."""

    kind: str
    on_day: date
    by_body: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A remedy against a decision: what was filed when, and how it ended, if it has."""

    kind: str
    filed_on: date
    result: str | None
    result_on: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """Whether a decision has effect: code, a sentence, the day from which on it has."""

    code: str
    says: str
    since: date | None = None


def effect_of(
    *,
    effective_on: date | None,
    served_on: date | None,
    undone: Undone | None,
    remedies: Sequence[Remedy],
) -> Effect:
    """The effect of a decision as the facts that hold say it."""
    if undone is not None:
        says = UNDONE_SAYS[undone.kind]
        return Effect("undone", f"决定{says}（{undone.by_body}，{long_date(undone.on_day)}）。")
    if served_on is None:
        return Effect("not_served", "尚未收到送达记录：送达前决定没有生效，不能公开。")
    since = max(served_on, effective_on or served_on)
    says = f"{long_date(served_on)}送达"
    if since > served_on:
        says += f"，{long_date(since)}起生效"
    return Effect("in_effect", "；".join([says, *_pending(remedies)]) + "。", since)


def first_undoing(facts: Sequence[Undone]) -> Undone | None:
    """Of several the earliest counts: from then on the decision must not be public."""
    return min(facts, key=lambda one: (one.on_day, one.kind, one.by_body), default=None)


def _pending(remedies: Sequence[Remedy]) -> list[str]:
    return [
        f"{long_date(one.filed_on)}已{'申请' if one.kind == 'reconsideration' else '提起'}"
        f"{_REMEDIES[one.kind]}，尚无结果（不停止执行）"
        for one in sorted(remedies, key=lambda one: (one.filed_on, one.kind))
        if one.result is None
    ]
