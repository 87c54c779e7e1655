"""The second person: reads the public text beside the original, passes it or sends it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import (
    opened,
    require_another_person,
    require_answered,
    require_clean,
    require_same_original,
    require_same_text,
    require_stage,
)
from mingjing_disclosure.store.work import note_step

if TYPE_CHECKING:
    from mingjing_shared.web.desk import Desk

CHECK = "disclosure.check"
RETURN = "disclosure.return"


async def pass_check(desk: Desk, item_id: str, seen_sha256: str) -> None:
    """The text is as it must be, says somebody who did not edit it; it goes to the head.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is not waiting for a check.
        SamePerson: the officer edited it.
        Outdated: it is not the text that was read, or not the original that was edited.
        TextRefused: the second look of the machine finds something, by what is known now; or
            something looks like a name, and the editor has neither hidden nor confirmed it.
    """
    here = await opened(desk, item_id, CHECK)
    require_stage(here, "to_check", needs="只有“待复核”的事项可以复核")
    require_another_person(here, for_approval=False)
    text = await here.newest_text()
    require_same_text(text, seen_sha256)
    original = await here.original()
    await require_same_original(desk.tx, original)
    require_clean(text.body, original, *filter(None, [text.correction]))
    require_answered(text.body, original, text.confirmed)
    counts = {"original": original.told_by}
    await note_step(desk, here.role, here.decision_id, text.version, CHECK, counts=counts)
    await here.keep(stage="to_approve", checkers=tuple(sorted(here.persons)))


async def send_back(desk: Desk, item_id: str, reason: str) -> None:
    """Back to the editor, with the reason; whoever checked or approves may do so.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is waiting neither for a check nor for approval.
    """
    here = await opened(desk, item_id, RETURN)
    require_stage(here, "to_check", "to_approve", needs="只有“待复核”“待审批”的事项可以退回修改")
    await note_step(desk, here.role, here.decision_id, here.work.version, RETURN, note=reason)
    await here.keep(stage="drafting", checkers=())
