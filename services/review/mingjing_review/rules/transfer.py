"""What may be a crime is handed over (移送涉嫌犯罪案件): the head decides, then hours are left.

行政执法机关移送涉嫌犯罪案件的规定 §5, §8; 行政处罚法 §27: the suspicion is reported to the head,
who decides within three days; what is approved is handed over within 24 hours, what is not is
recorded with its reasons. Never is a penalty put in the place of a transfer (§11).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.rules.term import Term, term_by
from mingjing_shared.clock import local_date
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mingjing_shared.law.calendar import WorkingCalendar

PERIODS = load_rules("mingjing_review", "transfer")

STATE_NAMES = {
    "to_approve": "待决定",
    "to_hand_over": "待移送",
    "transferred": "已移送",
    "declined": "决定不移送",
    "dropped": "不再移送",
}
"""Every state of a transfer in words."""

STEP_NAMES = {
    "acknowledged": "确认涉嫌犯罪",
    "approved": "批准移送",
    "declined": "不批准移送",
}
"""Every step in words."""

MAY_FOLLOW = {
    "acknowledged": frozenset({None, "declined", "dropped"}),
    "approved": frozenset({"to_approve"}),
    "declined": frozenset({"to_approve"}),
}
"""In which states a step may be taken; none: nobody has spoken of a crime."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something that bears on the transfer: an opinion (by its word) or a step, and when."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where a transfer stands.

    Attributes:
        since: when the suspicion was reported: the opinion, or the unit's own word.
    """

    state: str
    since: datetime
    approved_at: datetime | None = None


def transfer_of(spoken: Sequence[Spoken], transferred_on: date | None) -> Transfer | None:
    """Where it stands after everything that was said, oldest first; none: no crime was named.

    A later opinion that is not *transfer* takes the suspicion back, unless the head has approved.
    """
    now: Transfer | None = None
    for one in spoken:
        state = now.state if now else None
        match one.kind:
            case "transfer" | "acknowledged" if state not in {"to_approve", "to_hand_over"}:
                now = Transfer("to_approve", one.at)
            case "approved" if now and state == "to_approve":
                now = Transfer("to_hand_over", now.since, one.at)
            case "declined" if now and state == "to_approve":
                now = Transfer("declined", now.since)
            case "agree" | "correct" if now and state in {"to_approve", "declined"}:
                now = Transfer("dropped", now.since)
    if now is not None and transferred_on is not None and transferred_on >= local_date(now.since):
        return Transfer("transferred", now.since, now.approved_at)
    return now


def transfer_term(now: Transfer, calendar: WorkingCalendar) -> Term | None:
    """The term that runs; none once it is decided and done."""
    if now.state == "to_approve":
        whole = deadline(PERIODS["approve"], local_date(now.since), calendar)
        return term_by(whole, "transfer", "approve", "head")
    if now.state == "to_hand_over" and now.approved_at is not None:
        whole = deadline(PERIODS["hand_over"], now.approved_at, calendar)
        return term_by(whole, "transfer", "hand_over", "unit")
    return None
