"""Asking to look at another unit's footage, and deciding on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uuid_utils

from mingjing_recording.errors import NotNow
from mingjing_recording.rules.access import STATE_NAMES, decide, state_of
from mingjing_recording.store import access as store
from mingjing_recording.store.footage import footage
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.purpose import purpose_in

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.forms import Form

VIEW = "recording.view"
REQUEST = "recording.request_access"
DECIDE = "recording.decide_access"


async def may_request(desk: Desk, footage_id: str) -> Row[Any]:
    """The recording, for an officer who may ask to look at it, and has reason to.

    Raises:
        InvalidInput: there is no such recording.
        NotAllowed: the officer may not ask.
        NotNow: the officer may look as it is, has asked, or it is not known whose it is.
    """
    row = (await footage(desk.tx, [footage_id])).get(footage_id)
    if row is None:
        raise InvalidInput("没有这段音视频。", "请核对编号。")
    await desk.permit(REQUEST, Subject("footage", footage_id, row.case_number), about(row))
    if allowing_role(desk.officer, VIEW, about(row), await desk.tree()) is not None:
        raise NotNow("您可以直接调阅这段音视频，无需申请。", "请从音视频页打开。")
    if row.unit is None:
        raise NotNow("还不知道这段音视频属于哪个单位，无人可以审批。", "请待采集信息补齐后再申请。")
    last = await store.newest_request(desk.tx, desk.officer.number, footage_id)
    if last is not None:
        state = state_of(is_approved=last.is_approved, open_until=last.open_until, now=legal_now())
        if state in ("asked", "open"):
            raise NotNow(f"您已经申请过：{STATE_NAMES[state]}。", "请在“调阅申请”中查看。")
    desk.settle()
    return row


async def request_access(desk: Desk, footage_id: str, form: Form) -> str:
    """Ask a leader of the recording's unit to look at it, and at what else of its case is theirs.

    Returns the id of the request.

    Raises:
        NotAllowed, NotNow: as ``may_request``.
        InvalidInput: there is no such recording, or the form states no purpose.
    """
    await desk.tx.lock([f"access/{desk.officer.number}"])
    row = await may_request(desk, footage_id)
    purpose = purpose_in(form)
    request_id = str(uuid_utils.uuid7())
    await store.add_request(
        desk.tx,
        {
            "request_id": request_id,
            "officer": desk.officer.number,
            "officer_unit": desk.officer.unit,
            "footage_id": footage_id,
            "case_key": row.case_key,
            "case_number": row.case_number,
            "unit": row.unit,
            "purpose": purpose.code,
            "words": purpose.words,
            "asked_at": legal_now(),
        },
    )
    subject = Subject("access_request", request_id, row.case_number)
    await desk.permit(REQUEST, subject, about(row))
    return request_id


async def decide_access(desk: Desk, request_id: str, *, approves: bool, reason: str) -> None:
    """Allow or refuse a look; if allowed, it is open for the days that the rule says.

    Raises:
        InvalidInput: there is no such request, or it is refused without a reason.
        NotAllowed: the officer leads neither the recording's unit nor one above it.
        OwnRequest: the officer asked.
        NotNow: it was decided before.
    """
    await desk.tx.lock([f"access/{request_id}"])
    asked = await store.request_of(desk.tx, request_id)
    if asked is None:
        raise InvalidInput("没有这件调阅申请。", "请从调阅申请清单进入。")
    subject = Subject("access_request", request_id, asked.case_number)
    role = await desk.permit(DECIDE, subject, About(unit=asked.unit))
    now = legal_now()
    decided = decide(
        state_of(is_approved=asked.is_approved, open_until=asked.open_until, now=now),
        approves=approves,
        reason=reason,
        asked_by=asked.officer,
        deciders={desk.officer.number, role.instead_of or desk.officer.number},
        now=now,
    )
    await store.keep_decision(
        desk.tx,
        request_id,
        decided_by=desk.officer.number,
        decided_at=now,
        is_approved=decided.is_approved,
        reason=reason or None,
        open_until=decided.open_until,
    )
