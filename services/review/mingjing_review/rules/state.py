"""What a review shows: what outside facts say goes before where the work stands.

A decision that was made, a text that needs no review, a case that is not known: facts. Only of a
text that still has to be reviewed do the steps of officers say where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.progress import WAITS_FOR

if TYPE_CHECKING:
    from datetime import date, datetime

    from mingjing_review.rules.progress import Progress
    from mingjing_review.rules.standing import Standing

STATE_NAMES = {
    "bypassed": "未审先决",
    "review_required": "待送审",
    "submitted": "待受理",
    "incomplete": "材料不齐",
    "in_review": "审核中",
    "returned": "退回补正",
    "opinion_given": "已出意见",
    "resubmitted": "待复审",
    "coordinating": "协调中",
    "discussion": "集体讨论",
    "transferred": "移送",
    "cleared": "通过",
    "not_required": "无需审核",
    "waiting_case": "待受案信息",
    "no_rule": "无适用规则",
}
"""Every state in the one word that screens have for it."""

_ANEW = "拟作决定已换了文本，应当以新的文本重新送审。"
_OTHER_CLEARED = "审核通过的不是现在的文本，应当以新的文本重新送审。"
_OPINION_GIVEN = "审核意见为“纠正”：承办单位研究改正后再次送审。"
_TRANSFERRED = "审核意见为“移送”：应当移送有权机关处理。"
_COORDINATING = "承办单位对审核意见有异议：由其他审核人员复审，双方协调；协调不成的提请集体讨论。"
_DISCUSSION = "协调未达成一致，等待负责人决定或者集体讨论。"
_CHANGED = "送审之后拟作决定又换了文本，应当以新的文本重新送审，期限自重新送审起算。"


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a review stands, on whom it waits, by when and why.

    Attributes:
        due_on: the last day for the opinion; none where no term runs.
        due_at: when the clock fires; none where none runs or the day is provisional.
        due_says: how the day was found, or why there is none.
        changed: the text under review is no longer the one that is proposed.
    """

    state: str
    says: str
    waits_for: str | None
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    due_says: str | None
    changed: bool


def shown(standing: Standing, progress: Progress | None) -> Shown:
    """State and term of a review, from what facts say and what officers did."""
    text = standing.proposed
    if standing.state != "review_required" and not _is_reviewed_again(standing, progress):
        return _settled(standing)
    if progress is None or progress.state == "cleared":
        opinion = text.opinion if text else None
        says = standing.says if progress is None else _OTHER_CLEARED
        return Shown(
            state="review_required",
            says=says,
            waits_for=WAITS_FOR["review_required"],
            due_on=opinion.due_on if opinion else None,
            due_at=None,
            provisional=bool(opinion and opinion.provisional),
            due_says=f"尚未送审，暂自提请之日起算。{opinion.text()}" if opinion else None,
            changed=False,
        )
    changed = text is not None and text.draft_sha256 != progress.draft_sha256
    return _at_work(progress, changed)


def _is_reviewed_again(standing: Standing, progress: Progress | None) -> bool:
    """Whether a text that was cleared once, too long ago, went into a further round."""
    return (
        standing.state == "cleared"
        and standing.decided is None
        and progress is not None
        and progress.state != "cleared"
    )


def _settled(standing: Standing) -> Shown:
    return Shown(
        state=standing.state,
        says=standing.says,
        waits_for=None,
        due_on=None,
        due_at=None,
        provisional=False,
        due_says=None,
        changed=False,
    )


def _at_work(progress: Progress, changed: bool) -> Shown:
    words = {
        "opinion_given": _OPINION_GIVEN,
        "transferred": _TRANSFERRED,
        "coordinating": _COORDINATING,
        "discussion": _DISCUSSION,
    }
    if changed:
        says = _ANEW if progress.state in words else _CHANGED
        return Shown(
            state=progress.state,
            says=says,
            waits_for="unit",
            due_on=None,
            due_at=None,
            provisional=False,
            due_says=says,
            changed=True,
        )
    clock = progress.clock
    due_says = clock.says if clock else progress.says
    return Shown(
        state=progress.state,
        says=words.get(progress.state) or due_says or "",
        waits_for=WAITS_FOR.get(progress.state),
        due_on=clock.due_on if clock else None,
        due_at=clock.due_at if clock and not clock.provisional else None,
        provisional=bool(clock and clock.provisional),
        due_says=due_says,
        changed=False,
    )
