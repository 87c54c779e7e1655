"""Roles: proposed by one administrator, approved by another; handed over for a time by whoever
holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import uuid_utils

from mingjing_gateway.rules.role import DELEGABLE, DELEGATION_DAYS_MAX, held_by
from mingjing_gateway.store import role as store
from mingjing_gateway.store.account import account_of
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_today, machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.web.officer import ROLES, HeldRole
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from datetime import date

    from mingjing_shared.web.desk import Desk


async def propose_change(
    desk: Desk, *, police_number: str, role: str, unit: str, what: str, why: str
) -> None:
    """Propose that an officer be given a role, or that it be withdrawn.

    Raises:
        NotAllowed: the officer is no administrator.
        InvalidInput: there is no such account or role.
        Conflict: it is held (or not held) already, or proposed already.
    """
    await desk.permit("gateway.propose_role", Subject("account", police_number), About())
    if role not in ROLES:
        raise InvalidInput(f"没有“{role[:40]}”这个角色。", "请从列表中选择。")
    if await account_of(desk.tx, police_number) is None:
        raise InvalidInput(f"警号 {police_number} 没有账号。", "请先建立账号。")
    held = held_by(await store.approved_changes(desk.tx, [police_number]), police_number)
    holds = HeldRole(role, unit) in held
    if holds == (what == "grant"):
        state = "已有" if holds else "没有"
        raise Conflict(f"该民警{state}“{ROLES[role]}”（{unit}）。", "无需提请。")
    kept = await store.keep_change(
        desk.tx,
        {
            "change_id": str(uuid_utils.uuid7()),
            "police_number": police_number,
            "role": role,
            "unit": unit,
            "what": what,
            "why": why,
            "proposed_by": desk.officer.number,
            "proposed_at": machine_now(),
        },
    )
    if not kept:
        raise Conflict(
            "同一事项已提请，等待另一名管理员决定。", "请由另一名管理员在“系统管理”中办理。"
        )


async def decide_change(desk: Desk, change_id: str, *, approved: bool) -> None:
    """Approve or refuse what another administrator proposed.

    Raises:
        NotAllowed: the officer is no administrator.
        InvalidInput: there is no such proposal.
        Conflict: the officer proposed it himself, or it is decided already.
    """
    change = await store.change_of(desk.tx, change_id)
    subject = Subject("account", change.police_number if change else change_id)
    await desk.permit("gateway.approve_role", subject, About())
    if change is None:
        raise InvalidInput("没有这件提请。", "请刷新列表。")
    if change.approved is not None:
        raise Conflict("这件提请已经办结。", "请刷新列表。")
    if change.proposed_by == desk.officer.number:
        raise Conflict("提请人不能批准自己的提请。", "请由另一名系统管理员决定。")
    if change.police_number == desk.officer.number:
        raise Conflict("不能决定涉及自己的角色。", "请由另一名系统管理员决定。")
    await store.decide_change(
        desk.tx, change_id, by=desk.officer.number, at=machine_now(), approved=approved
    )


async def delegate(
    desk: Desk, *, taker: str, role: str, unit: str, from_on: date, until_on: date, why: str
) -> None:
    """Hand a role of one's own over to another officer for a time (代行).

    Raises:
        NotAllowed: the officer may not hand anything over.
        InvalidInput: the role cannot be handed over, the days cannot be, there is no such account.
        Conflict: the officer does not hold the role, or names himself.
    """
    subject = Subject("account", taker)
    await desk.permit("gateway.delegate", subject, About(unit=unit))
    number = desk.officer.number
    if taker == number:
        raise Conflict("不能授权自己代行。", "请填写代行人的警号。")
    if role not in DELEGABLE:
        raise InvalidInput(
            "这个角色不能代行。", f"可代行：{'、'.join(ROLES[r] for r in sorted(DELEGABLE))}。"
        )
    days = (until_on - from_on).days + 1
    if not 1 <= days <= DELEGATION_DAYS_MAX or until_on < legal_today():
        raise InvalidInput(
            f"代行期限 {from_on} 至 {until_on} 不合要求。",
            f"末日不早于首日和今天，最长 {DELEGATION_DAYS_MAX} 天。",
        )
    if await account_of(desk.tx, taker) is None:
        raise InvalidInput(f"警号 {taker} 没有账号。", "代行人须先有账号。")
    held = held_by(await store.approved_changes(desk.tx, [number]), number)
    if HeldRole(role, unit) not in held:
        raise Conflict(
            f"您没有“{ROLES[role]}”（{unit}），不能授权代行。", "只能授权代行本人的角色。"
        )
    await store.keep_delegation(
        desk.tx,
        {
            "delegation_id": str(uuid_utils.uuid7()),
            "giver": number,
            "taker": taker,
            "role": role,
            "unit": unit,
            "from_on": from_on,
            "until_on": until_on,
            "why": why,
            "given_at": machine_now(),
        },
    )


async def end_delegation(desk: Desk, delegation_id: str) -> None:
    """Take a delegation back before its last day.

    Raises:
        NotAllowed: the officer may not hand anything over.
        InvalidInput: there is no such delegation of the officer's.
        Conflict: it is over already.
    """
    found = await store.delegation_of(desk.tx, delegation_id)
    if found is None or found.giver != desk.officer.number:
        raise InvalidInput("没有这件授权。", "请刷新页面。")
    await desk.permit("gateway.delegate", Subject("account", found.taker), About(unit=found.unit))
    if found.ended_at is not None:
        raise Conflict("这件授权已经收回。", "无需再办。")
    await store.end_delegation(desk.tx, delegation_id, machine_now())
