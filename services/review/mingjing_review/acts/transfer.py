"""What may be a crime: the unit says so, the head decides whether it is handed over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.acts.matter import about, subject_of
from mingjing_review.errors import ConflictOfInterest, NotNow, Overtaken, Unknown
from mingjing_review.rules.transfer import MAY_FOLLOW, STATE_NAMES, STEP_NAMES
from mingjing_review.store.case_step import By, add_case_step, case_steps
from mingjing_review.store.limit import transfer_of_decision
from mingjing_review.store.review import reviews
from mingjing_review.store.settle_terms import settle_terms
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.web.desk import Desk

ACT_OF = {
    "acknowledged": "review.name_crime",
    "approved": "review.approve_transfer",
    "declined": "review.approve_transfer",
}
"""By which act of the table of permissions a step is taken."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A step as it was filled in; ``seen``: how many had been taken when the page was read."""

    kind: str
    reason: str
    seen: int


async def decide_transfer(desk: Desk, decision_id: str, said: Decided) -> None:
    """Name the suspicion, approve the transfer, or decline it with reasons.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        ConflictOfInterest: who handles the case does not decide whether it goes away.
        NotNow: the state does not allow it.
        InvalidInput: no reason is given, or nothing is decided.
    """
    await desk.tx.lock([f"decision/{decision_id}"])
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown("没有这个决定。", "请核对地址，或回到期限看板。")
    act = ACT_OF.get(said.kind, ACT_OF["approved"])
    role = await desk.permit(act, subject_of(review), about(review))
    if said.kind not in ACT_OF:
        raise InvalidInput("请选择是否批准移送。", "已填内容保留在页上。")
    if said.kind != "acknowledged" and {desk.officer.number, role.instead_of} & set(
        review["handlers"] or ()
    ):
        raise ConflictOfInterest("本案承办人不能决定是否移送。", "请由单位正职负责人决定。")
    subject = f"transfer/{decision_id}"
    steps = (await case_steps(desk.tx, [subject])).get(subject, [])
    if said.seen != len(steps):
        raise Overtaken(
            "您打开本页之后，移送事项已有变化，本次操作没有执行。",
            "请查看最新状态后再决定是否继续；已填内容保留在页上。",
        )
    _refuse_now(await transfer_of_decision(desk.tx, decision_id), said)
    if not said.reason:
        raise InvalidInput("没有写明理由。", "请写明涉嫌何种犯罪、依据，或者不移送的理由。")
    await add_case_step(
        desk.tx,
        subject,
        review["case_key"],
        said.kind,
        place=len(steps) + 1,
        by=By(desk.officer.number, role, legal_now()),
        words={"salt": secrets.token_hex(16), "reason": said.reason},
    )
    await settle_terms(desk.tx, decisions=[decision_id])


def _refuse_now(row: Mapping[str, Any] | None, said: Decided) -> None:
    state = row["state"] if row else None
    if state in MAY_FOLLOW[said.kind]:
        return
    name = STATE_NAMES.get(state or "", "没有移送事项")
    raise NotNow(f"移送现在的状态是“{name}”，不能{STEP_NAMES[said.kind]}。", "请查看最新状态。")
