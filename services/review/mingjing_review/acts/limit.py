"""A case's limit is extended: the handling unit asks, its superior approves or does not."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.errors import ConflictOfInterest, NotNow, Overtaken, Unknown
from mingjing_review.rules.limit import approver_hindrance, may_extend
from mingjing_review.store.case_step import (
    By,
    CaseStep,
    add_case_step,
    case_steps,
    extensions_of,
    is_asked,
)
from mingjing_review.store.limit import limit_by_ref
from mingjing_review.store.settle_terms import settle_terms
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, local_date
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole


@dataclass(frozen=True, slots=True)
class Limited:
    """A case's limit as an act finds it, locked."""

    row: Mapping[str, Any]
    steps: Sequence[CaseStep]
    role: HeldRole

    @property
    def subject(self) -> str:
        """Its term."""
        return f"limit/{self.row['case_key']}"


def limit_subject(row: Mapping[str, Any]) -> Subject:
    """A case's limit as the audit names it."""
    return Subject("case_limit", row["case_ref"], row["case_number"])


def whose_limit(row: Mapping[str, Any]) -> About:
    """Whose unit and whose case it is."""
    return About(row["unit"], frozenset(row["handlers"]))


async def ask_extension(desk: Desk, case_ref: str, reason: str, seen: int) -> None:
    """Ask the superior to extend the limit.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        NotNow: it is ended, asked for already, or cannot be extended (again).
        InvalidInput: no reason is given.
    """
    limited = await _take(desk, "review.ask_case_extension", case_ref, seen)
    if is_asked(limited.steps):
        raise NotNow("已经申请延长，正在等上级批准。", "请等批准结果，不用再次申请。")
    _refuse_what_cannot_be(limited)
    await _add(desk, limited, "asked", reason)


async def decide_extension(
    desk: Desk, case_ref: str, *, decision: str, reason: str, seen: int
) -> None:
    """Extend the limit, or do not, with the reason.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        ConflictOfInterest: who asked, or handles the case, does not approve.
        NotNow: nobody asked, it cannot be extended, or another unit has to approve.
        InvalidInput: no reason is given, or nothing is decided.
    """
    limited = await _take(desk, "review.extend_case", case_ref, seen)
    if decision not in {"extended", "not_extended"}:
        raise InvalidInput("请选择是否批准延长。", "已填内容保留在页上。")
    if not is_asked(limited.steps):
        raise NotNow("没有待批准的延长申请。", "请承办单位先申请，写明案情重大、复杂的理由。")
    row, today = limited.row, local_date(legal_now())
    acting = {desk.officer.number, limited.role.instead_of} - {None}
    asked = limited.steps[-1]
    if acting & {asked.officer, asked.instead_of, *row["handlers"]}:
        raise ConflictOfInterest("申请人、承办人不能批准自己的申请。", "请由上级单位负责人批准。")
    tree = await desk.tree()
    other = approver_hindrance(row["kind"], today, row["unit"], limited.role.unit, tree)
    if other is not None:
        raise NotNow(other, "请转有权批准的单位负责人办理。")
    if decision == "extended":
        _refuse_what_cannot_be(limited)
    await _add(desk, limited, decision, reason)


async def _take(desk: Desk, act: str, case_ref: str, seen: int) -> Limited:
    row = await limit_by_ref(desk.tx, case_ref)
    if row is None:
        raise Unknown("没有这个案件的办案期限。", "请核对地址，或回到期限看板。")
    role = await desk.permit(act, limit_subject(row), whose_limit(row))
    await desk.tx.lock([f"terms/{row['case_key']}"])
    row = await limit_by_ref(desk.tx, case_ref) or row
    subject = f"limit/{row['case_key']}"
    steps = (await case_steps(desk.tx, [subject])).get(subject, [])
    if seen != len(steps):
        raise Overtaken(
            "您打开本页之后，延长申请已有变化，本次操作没有执行。",
            "请查看最新状态后再决定是否继续；已填内容保留在页上。",
        )
    return Limited(row, steps, role)


def _refuse_what_cannot_be(limited: Limited) -> None:
    row = limited.row
    if row["state"] == "ended":
        raise NotNow(f"办案期限已于 {row['ended_on']} 结束。", "已作出决定或者已办结，无需延长。")
    today = local_date(legal_now())
    approved = [local_date(at) for at in extensions_of(limited.steps)]
    hindered = may_extend(row["kind"], approved, today)
    if hindered is not None:
        raise NotNow(hindered, "请在期限内作出处理决定。")
    if row["due_on"] is not None and not row["provisional"] and row["due_on"] < today:
        raise NotNow(
            f"办案期限已于 {row['due_on']} 届满，逾期后不能延长。", "请及时作出处理决定并说明原因。"
        )


async def _add(desk: Desk, limited: Limited, kind: str, reason: str) -> None:
    if not reason:
        raise InvalidInput("没有写明理由。", "请写明案情重大、复杂等理由后再提交。")
    await add_case_step(
        desk.tx,
        limited.subject,
        limited.row["case_key"],
        kind,
        place=len(limited.steps) + 1,
        by=By(desk.officer.number, limited.role, legal_now()),
        words={"salt": secrets.token_hex(16), "reason": reason},
    )
    await settle_terms(desk.tx, cases=[limited.row["case_key"]])
