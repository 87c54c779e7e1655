"""The term for an opinion is extended once, by a leader whom the reviewer asks (延长审核期限)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.acts.matter import (
    Matter,
    add,
    refuse_interest,
    refuse_unless,
    settle,
    take,
    text_under_review,
)
from mingjing_review.errors import NotNow
from mingjing_shared.clock import local_date
from mingjing_shared.errors import NotAllowed
from mingjing_shared.events.review import ReviewExtended
from mingjing_shared.events.values import CaseNumber, DecisionId, PoliceNumber, ReviewId
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from mingjing_review.rules.progress import Progress
    from mingjing_shared.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Answer:
    """What the leader says. ``seen``: steps taken when the page was read."""

    granted: bool
    note: str
    seen: int


async def ask_extension(desk: Desk, decision_id: str, reason: str, seen: int) -> None:
    """Ask for more time, while the term lasts; once a round.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken: as every act of a reviewer.
        NotNow: it is not under review, was asked for before, or the term is over.
    """
    matter = await take(desk, "review.ask_extension", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "extension_asked", seen)
    progress = _progress(matter)
    if progress.extension is not None:
        raise NotNow("本轮已经申请过延长；每轮只能延长一次。", "请在现有期限内出具审核意见。")
    _refuse_overdue(matter, progress)
    await _add(desk, matter, "extension_asked", reason)
    await settle(desk, matter)


async def answer_extension(desk: Desk, decision_id: str, said: Answer) -> None:
    """Grant the extension, or refuse it; nobody answers his own request.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken: as every act of a reviewer.
        NotNow: nobody asked, it is not under review, or the term was over meanwhile.
    """
    matter = await take(desk, "review.answer_extension", decision_id)
    refuse_interest(desk, matter)
    kind = "extended" if said.granted else "extension_refused"
    refuse_unless(matter, kind, said.seen)
    progress = _progress(matter)
    if progress.extension != "asked" or progress.asked_by is None:
        raise NotNow("没有待批准的延长申请。", "由审核人员先申请延长并说明理由。")
    asked = next(step for step in reversed(matter.steps) if step.kind == "extension_asked")
    if {asked.officer, asked.instead_of} & ({desk.officer.number, matter.role.instead_of} - {None}):
        raise NotAllowed("延长审核期限不能由申请人自己批准。", "请由其他负责人批准。")
    if said.granted:
        _refuse_overdue(matter, progress)
    step_id = await _add(desk, matter, kind, said.note)
    row = await settle(desk, matter)
    if not said.granted or row["due_on"] is None:
        return
    event = ReviewExtended(
        case_number=CaseNumber(row["case_number"]),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(decision_id),
        round=row["round"],
        decide_by=row["due_on"],
        provisional=row["due_provisional"],
        asked_by=PoliceNumber(progress.asked_by),
        by=PoliceNumber(desk.officer.number),
    )
    outbox.add(desk.tx, [Outgoing(event, matter.cause, step_id, matter.now)])


async def _add(desk: Desk, matter: Matter, kind: str, note: str) -> str:
    words = {"salt": secrets.token_hex(16), "note": note}
    text = text_under_review(matter)
    step_id, _ = await add(desk, matter, kind, text=text, round_=matter.round, words=words)
    return step_id


def _progress(matter: Matter) -> Progress:
    if matter.progress is None:
        raise AssertionError("a text under review was handed in")
    return matter.progress


def _refuse_overdue(matter: Matter, progress: Progress) -> None:
    due = progress.clock.due_on if progress.clock else None
    if due is not None and due < local_date(matter.now):
        raise NotNow(f"审核期限已于 {due} 届满，不能再延长。", "请尽快出具审核意见；逾期已经记录。")
