"""Saying which act a recording shows, or that it does not show one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.errors import NotNow
from mingjing_recording.rules.coverage import Span, overlaps
from mingjing_recording.store import action as action_store
from mingjing_recording.store import footage as store
from mingjing_recording.store import record as record_store
from mingjing_recording.store.casefile import packages
from mingjing_recording.store.reach import about
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.desk import Desk

ACT = "recording.link"


async def decide_link(desk: Desk, footage_id: str, action_id: str, *, is_linked: bool) -> None:
    """Link a recording to an act, or take the link away; the officer's word is above the rule's.

    Raises:
        InvalidInput: there is no such recording or act.
        NotAllowed: the officer may not do so for both of them.
        NotNow: they have no time in common, or the case file is archived.
    """
    shots = await store.footage(desk.tx, [footage_id])
    acts = await action_store.actions(desk.tx, [action_id])
    if footage_id not in shots or action_id not in acts:
        raise InvalidInput("没有这段音视频或者这次执法行为。", "请刷新页面后从列表中选择。")
    act = acts[action_id]
    keys = {act.case_key, shots[footage_id].case_key} - {None}
    await desk.tx.lock([footage_id, *keys])
    shot = (await store.footage(desk.tx, [footage_id]))[footage_id]
    record = (await record_store.records(desk.tx, [action_id]))[action_id]
    subject = Subject("footage", footage_id, act.case_number)
    await desk.permit(ACT, subject, about(shot))
    await desk.permit(ACT, Subject("action", action_id, act.case_number), about(record))
    await refuse_if_archived(desk.tx, keys)
    if is_linked:
        refuse_without_overlap(Span(shot.started_at, shot.ended_at), act)
    await store.decide(
        desk.tx,
        {
            "footage_id": footage_id,
            "action_id": action_id,
            "is_linked": is_linked,
            "decided_by": desk.officer.number,
            "decided_at": legal_now(),
        },
    )
    touched = Touched(footage={footage_id}, records={action_id}, cases=keys)
    await bring_up_to_date(desk.tx, touched)


async def refuse_if_archived(source: Database | Transaction, case_keys: Iterable[str]) -> None:
    """Go on only when none of these case files is archived.

    Raises:
        NotNow: one is.
    """
    if await packages(source, case_keys):
        raise NotNow("案卷已归档，关联不能再改动。", "确有错误的，请法制支队案管处理。")


def refuse_without_overlap(shown: Span, act: Row[Any]) -> None:
    """Go on only when what a recording shows and an act have time in common.

    Raises:
        NotNow: they have none.
    """
    if not overlaps(shown, Span(act.started_at, max(act.started_at, act.ended_at))):
        raise NotNow(
            "录像与执法行为在时间上没有重叠，不能关联。",
            "请核对时间；录像设备时钟有误的，在缺录说明中写明。",
        )
