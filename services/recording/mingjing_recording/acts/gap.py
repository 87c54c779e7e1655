"""Explaining why an act is not wholly recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uuid_utils

from mingjing_recording.errors import NotNow
from mingjing_recording.rules.gap import EXPLANATIONS
from mingjing_recording.store import record as store
from mingjing_recording.store.reach import about
from mingjing_recording.store.sealed import GAP_WORDS
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from mingjing_shared.web.desk import Desk

ACT = "recording.explain"


async def explain_gap(desk: Desk, action_id: str, *, reason_code: str, words: str) -> None:
    """Explain the gap in the record of an act, as it is now; the words stay here, sealed.

    A gap that grows afterwards must be explained anew.

    Raises:
        InvalidInput: there is no such act or reason, or no words.
        NotAllowed: the officer may not explain it.
        NotNow: nothing lacks.
    """
    record = (await store.records(desk.tx, [action_id])).get(action_id)
    if record is None:
        raise InvalidInput("没有这次执法行为。", "请从执法行为页进入。")
    await desk.tx.lock([record.case_key])
    record = (await store.records(desk.tx, [action_id]))[action_id]
    await desk.permit(ACT, Subject("action", action_id, record.case_number), about(record))
    if record.lacking_minutes is None:
        raise NotNow("这次执法行为的录像没有缺口，无需说明。", "刷新页面可见最新的覆盖情况。")
    if reason_code not in EXPLANATIONS or not words.strip():
        raise InvalidInput("缺录说明须选择原因并写明经过。", "补全后重新提交。")
    explanation_id = str(uuid_utils.uuid7())
    await store.add_explanation(
        desk.tx,
        {
            "explanation_id": explanation_id,
            "action_id": action_id,
            "minutes": record.lacking_minutes,
            "reason_code": reason_code,
            "words": desk.tx.installation.keys.seal(
                words.strip().encode(), GAP_WORDS.place(explanation_id=explanation_id)
            ),
            "explained_by": desk.officer.number,
            "explained_at": legal_now(),
        },
    )
    await bring_up_to_date(desk.tx, Touched(records={action_id}, cases={record.case_key}))
