"""The unit does not agree with an opinion: looked at again, coordinated, discussed (审核异议).

淮公通〔2019〕395号 task 27 asks for a mechanism of coordination; its steps are assumed. Whatever a
discussion concludes, only a reviewer's opinion passes a text (行政处罚法 §58): a conclusion for the
unit opens a further round.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mingjing_review.acts.matter import (
    Matter,
    add,
    refuse_interest,
    refuse_unless,
    settle,
    take,
    text_under_review,
)
from mingjing_review.acts.paper import Written, grouped, issue_paper
from mingjing_review.errors import NotNow
from mingjing_review.rules.checks import CHECKS, CODES
from mingjing_review.rules.progress import OUTCOME_NAMES, OUTCOMES
from mingjing_shared.clock import local_date
from mingjing_shared.errors import InvalidInput, NotAllowed
from mingjing_shared.events.codes import CoordinationForum, Opinion, names_of
from mingjing_shared.events.review import ReviewCoordinated, ReviewDisagreementRaised
from mingjing_shared.events.values import CaseNumber, DecisionId, PoliceNumber, ReviewId, Sha256
from mingjing_shared.law.wording import long_date
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.papers.paper import Facts, Heading, Words

if TYPE_CHECKING:
    from datetime import date

    from mingjing_review.rules.progress import Progress
    from mingjing_shared.web.desk import Desk

FORUMS = names_of(CoordinationForum)
_OPINIONS = names_of(Opinion)
Forum = Literal["re_review", "coordination", "head", "collective"]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Which of the failed checks the unit disputes, and why. ``seen``: steps taken then."""

    checks: tuple[str, ...]
    note: str
    seen: int


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What one step about a disagreement came to.

    Attributes:
        outcome: one of ``OUTCOMES`` of the step.
        on: the day on which those concerned met; never after today.
        people: who took part, as written.
        unit_says, reviewers_say: what each side held.
        seen: how many steps had been taken when the page was read.
    """

    outcome: str
    note: str
    seen: int
    on: date | None = None
    people: str = ""
    unit_says: str = ""
    reviewers_say: str = ""


async def disagree(desk: Desk, decision_id: str, said: Disagreement) -> None:
    """Say that the unit does not agree with the opinion on its text, point by point.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        NotNow: there is no opinion that could be disputed, or its dispute was concluded.
        InvalidInput: no point is named, or one that the opinion did not find wrong.
    """
    matter = await take(desk, "review.disagree", decision_id)
    refuse_unless(matter, "disagreed", said.seen)
    if _progress(matter).concluded:
        raise NotNow("对这份审核意见的异议已经有结论，不能再次提出。", "请按结论改正后再次送审。")
    opinion = next(step for step in reversed(matter.steps) if step.kind == "opinion")
    wrong = [code for code in CODES if opinion.codes["checks"].get(code) == "failed"]
    if not said.checks or not set(said.checks) <= set(wrong):
        named = "、".join(CHECKS[code].versions[-1].title for code in wrong)
        raise InvalidInput("没有选明对哪一项认定有异议。", f"审核意见认定不符合的有：{named}。")
    step_id, _ = await add(
        desk,
        matter,
        "disagreed",
        text=text_under_review(matter),
        round_=matter.round,
        words={"salt": secrets.token_hex(16), "note": said.note},
        codes={"disputed": list(said.checks)},
    )
    row = await settle(desk, matter)
    event = ReviewDisagreementRaised(
        case_number=CaseNumber(row["case_number"]),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(decision_id),
        raised_by=PoliceNumber(desk.officer.number),
        round=row["round"],
        draft_sha256=Sha256(text_under_review(matter)[2]),
        checks=said.checks,
    )
    outbox.add(desk.tx, [Outgoing(event, matter.cause, step_id, matter.now)])


async def re_review(desk: Desk, decision_id: str, said: Conclusion) -> None:
    """Another reviewer looks at the disputed opinion: it is maintained, or reviewed anew.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken: as every act of a reviewer.
        NotAllowed: it is the reviewer's own opinion.
        NotNow: nothing is disputed, or somebody looked at it before.
    """
    matter = await take(desk, "review.re_review", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "re_reviewed", said.seen)
    progress = _progress(matter)
    _refuse_own(desk, matter, progress)
    if progress.re_reviewed:
        raise NotNow("该异议已经复审，原意见已维持。", "请组织双方协调，并记录协调情况。")
    await _conclude(desk, matter, "re_reviewed", "re_review", said)


async def coordinate(desk: Desk, decision_id: str, said: Conclusion, address: str) -> None:
    """Record how both sides coordinated, as a paper, and what came of it.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken: as every act of a reviewer.
        NotAllowed: it is the officer's own opinion that is disputed.
        NotNow: nothing is disputed, or nobody looked at it again yet.
    """
    matter = await take(desk, "review.coordinate", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "coordinated", said.seen)
    progress = _progress(matter)
    _refuse_own(desk, matter, progress)
    if not progress.re_reviewed:
        raise NotNow("该异议尚未复审。", "请先由原审核人以外的审核人员复审，再组织协调。")
    step_id = await _conclude(desk, matter, "coordinated", "coordination", said)
    await _issue(desk, matter, step_id, said, forum="coordination", address=address)


async def discuss(
    desk: Desk,
    decision_id: str,
    forum: Literal["head", "collective"],
    said: Conclusion,
    address: str,
) -> None:
    """The head, or a collective discussion, says whether the opinion stands.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken: as every act of a reviewer.
        NotAllowed: it is the officer's own opinion that is disputed, or he looked at it again, or
            what the head decides is not recorded by a leader.
        NotNow: it was not handed to a discussion.
    """
    matter = await take(desk, "review.discuss", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "discussed", said.seen)
    progress = _progress(matter)
    _refuse_own(desk, matter, progress)
    if progress.re_reviewed_by in {desk.officer.number, matter.role.instead_of}:
        raise NotAllowed("异议由您复审过，不能由您作出结论。", "请由其他负责人决定或者集体讨论。")
    if forum == "head" and matter.role.code != "bureau_leader":
        raise NotAllowed("“负责人决定”由局领导作出。", "案管登记的，请选择“集体讨论”。")
    step_id = await _conclude(desk, matter, "discussed", forum, said)
    await _issue(desk, matter, step_id, said, forum=forum, address=address)


async def _conclude(desk: Desk, matter: Matter, kind: str, forum: Forum, said: Conclusion) -> str:
    if said.outcome not in OUTCOMES[kind]:
        raise InvalidInput("没有选择结果。", "请选择一项结果后再提交。")
    today = local_date(matter.now)
    on = said.on or today
    if on > today:
        raise InvalidInput(f"日期 {on} 晚于今天。", "请填写实际进行的日期。")
    text = text_under_review(matter)
    words: dict[str, Any] = {
        "salt": secrets.token_hex(16),
        "note": said.note,
        "people": said.people,
        "unit_says": said.unit_says,
        "reviewers_say": said.reviewers_say,
    }
    step_id, _ = await add(
        desk,
        matter,
        kind,
        text=text,
        round_=matter.round + (said.outcome == "reopened"),
        words=words,
        codes={"forum": forum, "on": on.isoformat()},
        outcome=said.outcome,
    )
    row = await settle(desk, matter)
    event = ReviewCoordinated(
        case_number=CaseNumber(row["case_number"]),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(row["decision_id"]),
        outcome=said.outcome,  # type: ignore[arg-type]  # one of OUTCOMES, checked above
        forum=forum,
        on=on,
        round=row["round"],
        draft_sha256=Sha256(text[2]),
        by=PoliceNumber(desk.officer.number),
    )
    outbox.add(desk.tx, [Outgoing(event, matter.cause, step_id, matter.now)])
    return step_id


async def _issue(
    desk: Desk, matter: Matter, step_id: str, said: Conclusion, *, forum: Forum, address: str
) -> None:
    opinion = next(step for step in reversed(matter.steps) if step.kind == "opinion")
    on = said.on or local_date(matter.now)
    written = Written(
        "coordination" if forum == "coordination" else "discussion",
        [
            Facts(
                [
                    ("案件编号", matter.review["case_number"]),
                    ("决定编号", matter.review["decision_id"]),
                    ("文本摘要", grouped(text_under_review(matter)[2])),
                    ("有异议的意见", f"第{opinion.round}轮“{_OPINIONS[opinion.opinion or '']}”"),
                    ("审核人", opinion.officer),
                    ("方式", FORUMS[forum]),
                    ("日期", long_date(on)),
                    ("参加人", said.people),
                ]
            ),
            Heading("一、承办单位的意见"),
            Words(said.unit_says),
            Heading("二、审核部门的意见"),
            Words(said.reviewers_say),
            Heading(f"三、结果：{OUTCOME_NAMES[said.outcome]}"),
            Words(said.note),
        ],
        [f"记录人 {desk.officer.number}"],
    )
    await issue_paper(desk, matter, step_id, written, address)


def _progress(matter: Matter) -> Progress:
    if matter.progress is None:
        raise AssertionError("an opinion was given on a text that was handed in")
    return matter.progress


def _refuse_own(desk: Desk, matter: Matter, progress: Progress) -> None:
    if progress.disputed_by in {desk.officer.number, matter.role.instead_of}:
        raise NotAllowed(
            "有异议的审核意见是您本人（或者您所代行的人）出具的，不能由您处理该异议。",
            "请由其他审核人员复审，由负责人或者集体讨论作出结论。",
        )
