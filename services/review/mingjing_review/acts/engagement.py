"""Advisers and government lawyers are asked on a review, and answer; they decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.acts.matter import refuse_interest, take
from mingjing_review.errors import ConflictOfInterest, NotNow, Overtaken, Unknown, Unsuitable
from mingjing_review.rules.state import STATE_NAMES
from mingjing_review.store import adviser as store
from mingjing_review.store.assigning import matters_of
from mingjing_shared.clock import local_date
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from typing import Literal

    from mingjing_review.store.adviser import Adviser
    from mingjing_shared.web.desk import Desk

ENGAGE = "review.engage"
OPEN = frozenset({"submitted", "in_review", "returned", "resubmitted"})
"""In which states an adviser may be asked: while an opinion is owed."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked what. ``seen``: how many advisers were asked when the page was read."""

    adviser_ref: str
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What an adviser answered."""

    advice: Literal["supports", "doubts", "other"]
    text: str


async def engage(desk: Desk, decision_id: str, said: Question) -> None:
    """Ask an adviser on a review that is going on. The term runs on meanwhile.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, NotNow, Overtaken: as every act of a reviewer.
        Unsuitable: the adviser is not known, or the contract does not hold today.
        InvalidInput: nothing is asked.
    """
    matter = await take(desk, ENGAGE, decision_id)
    refuse_interest(desk, matter)
    review = matter.review
    if review["state"] not in OPEN or review["made_on"] is not None:
        name = STATE_NAMES[review["state"]]
        raise NotNow(f"现在的状态是“{name}”，不能咨询。", "审核进行中才能咨询法律顾问、公职律师。")
    if said.seen != len(await store.engagements_of(desk.tx, decision_id)):
        raise Overtaken(
            "您打开本页之后，又有新的咨询，本次没有提交。", "请查看后再决定；已填内容保留在页上。"
        )
    adviser = (await store.advisers(desk.tx, [said.adviser_ref])).get(said.adviser_ref)
    if adviser is None or not adviser.is_engaged_on(local_date(matter.now)):
        raise Unsuitable(
            "所选人员不在聘期内，或不在法律顾问、公职律师库中。", "请从在聘人员中选择。"
        )
    await _refuse_adviser_with_interest(desk, decision_id, adviser)
    if not said.text:
        raise InvalidInput("没有写明咨询什么问题。", "请写明需要研究的法律问题。")
    await store.ask(
        desk.tx,
        decision_id=decision_id,
        case_key=review["case_key"],
        round_=max(matter.round, 1),
        adviser_ref=said.adviser_ref,
        asked_at=matter.now,
        asked_by=desk.officer.number,
        question=said.text,
    )


async def record_answer(desk: Desk, decision_id: str, engagement_id: str, said: Answer) -> None:
    """Record what an adviser answered, once; it binds nobody.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest: as every act of a reviewer.
        NotNow: an answer is there already.
        InvalidInput: the answer is empty.
    """
    matter = await take(desk, ENGAGE, decision_id)
    refuse_interest(desk, matter)
    known = {one.engagement_id: one for one in await store.engagements_of(desk.tx, decision_id)}
    held = known.get(engagement_id)
    if held is None:
        raise Unknown("没有这次咨询。", "请回到案件的分派与咨询页面核对。")
    if held.answered_at is not None:
        raise NotNow("这次咨询已经记录了答复。", "有新的意见，请再次咨询。")
    if not said.text:
        raise InvalidInput("没有写明答复内容。", "请记录法律顾问、公职律师的答复。")
    await store.answer(
        desk.tx,
        engagement_id,
        at=matter.now,
        by=desk.officer.number,
        advice=said.advice,
        text=said.text,
    )


async def _refuse_adviser_with_interest(desk: Desk, decision_id: str, adviser: Adviser) -> None:
    """A government lawyer may be an officer of the very case."""
    if adviser.officer is None:
        return
    submission = (await matters_of(desk.tx, [decision_id]))[decision_id]
    if submission.interest_of(adviser.officer) is not None:
        raise ConflictOfInterest(
            f"所选公职律师（警号 {adviser.officer}）与本案有关，应当回避。", "请选择其他人员。"
        )
