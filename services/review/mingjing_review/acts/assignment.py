"""A leader of the legal department gives a review to somebody else (改派)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import uuid_utils

from mingjing_review.acts.matter import Matter, refuse_interest, settle, take
from mingjing_review.errors import NotForThisDesk, NotNow, Overtaken, Unsuitable
from mingjing_review.rules.assignment import LEFT_OUT, Choice, choose, left_out
from mingjing_review.rules.reviewer import heads_legal_department
from mingjing_review.rules.state import STATE_NAMES
from mingjing_review.store.assigning import keep_choices, matters_of, team_for
from mingjing_review.store.assignment import assignments_of
from mingjing_review.store.sealed import REASSIGNED
from mingjing_review.store.wording import written
from mingjing_shared.clock import local_date
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from mingjing_review.rules.assignment import Candidate
    from mingjing_shared.web.desk import Desk

ASSIGN = "review.assign"


@dataclass(frozen=True, slots=True)
class Reassignment:
    """To whom, and why. ``seen``, ``assigned``: steps and assignments when the page was read."""

    to: str
    reason: str
    seen: int
    assigned: int


async def reassign(desk: Desk, decision_id: str, said: Reassignment) -> None:
    """Give a review that waits for the legal department to another reviewer.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest: as every act of a reviewer.
        NotForThisDesk: a reviewer who leads no legal department.
        Overtaken: somebody acted since the page was read.
        NotNow: it does not wait for the legal department, or lies on that very desk.
        InvalidInput: no reason is given.
        Unsuitable: who is named is no reviewer, or must not review this.
    """
    matter = await take(desk, ASSIGN, decision_id)
    await refuse_who_leads_none(desk, matter)
    refuse_interest(desk, matter)
    known = (await assignments_of(desk.tx, [decision_id])).get(decision_id, [])
    if (said.seen, said.assigned) != (len(matter.steps), len(known)):
        raise Overtaken(
            "您打开本页之后，审核或分派已有变化，本次改派没有执行。",
            "请查看最新状态后再决定是否继续；已填内容保留在页上。",
        )
    if matter.review["waits_for"] != "reviewer":
        name = STATE_NAMES[matter.review["state"]]
        raise NotNow(f"现在的状态是“{name}”，不在审核部门手中，不能改派。", matter.review["says"])
    if not said.reason:
        raise InvalidInput("没有写明改派的理由。", "请写明为什么改派后再提交。")
    if said.to == matter.review["assignee"]:
        raise NotNow(f"本案现在就由 {said.to} 办理。", "要改派的，请选择其他审核人员。")
    await _give(desk, matter, said)
    await settle(desk, matter)


async def refuse_who_leads_none(desk: Desk, matter: Matter) -> None:
    """Go on only for the case manager, or the head of a legal department.

    Raises:
        NotForThisDesk: neither.
    """
    if matter.role.code == "case_manager":
        return
    number = matter.role.instead_of or desk.officer.number
    if not heads_legal_department(number, await desk.tree(), local_date(matter.now)):
        raise NotForThisDesk(
            "改派由法制部门负责人或法制支队案管决定，您不是法制部门负责人。",
            "请联系本级法制部门负责人；您不便审核的，可登记不在岗，系统会按规则改派。",
        )


async def _give(desk: Desk, matter: Matter, said: Reassignment) -> None:
    decision_id, day = matter.review["decision_id"], local_date(matter.now)
    submission = (await matters_of(desk.tx, [decision_id]))[decision_id]
    team = await team_for(desk.tx, [submission.kind], day, await desk.tree())
    candidates = team.candidates(submission)
    chosen = next((one for one in candidates if one.number == said.to), None)
    _refuse_unsuitable(said.to, chosen)
    by_rule = choose(candidates, day)
    choice = Choice(said.to, by_rule.considered, by_rule.rule)
    assignment_id = str(uuid_utils.uuid7())
    sealed, digest = written(desk.tx, REASSIGNED, said.reason, assignment_id=assignment_id)
    by = {
        "assignment_id": assignment_id,
        "by": desk.officer.number,
        "words": sealed,
        "words_sha256": digest,
    }
    matters, given = {decision_id: submission}, {decision_id: choice}
    await keep_choices(desk.tx, matters, given, how="reassigned", now=matter.now, by=by)


def _refuse_unsuitable(to: str, chosen: Candidate | None) -> None:
    if chosen is None:
        raise Unsuitable(
            f"{to or '所选人员'} 不在审核人员之列。",
            "请从列出的审核人员中选择；新任审核人员请人事部门先在名录中载明法制职务。",
        )
    against = left_out(chosen)
    if against is not None:
        detail = chosen.entry or LEFT_OUT[against]
        raise Unsuitable(f"不能分派给 {to}：{detail}。", "请选择其他审核人员。")
