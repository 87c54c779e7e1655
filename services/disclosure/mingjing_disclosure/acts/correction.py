"""Something public is corrected: a new version goes the whole way, the old one is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import opened, require_clean
from mingjing_disclosure.errors import WrongState
from mingjing_disclosure.store.work import keep_text, note_step
from mingjing_shared.clock import legal_now

if TYPE_CHECKING:
    from mingjing_shared.web.desk import Desk

ACT = "disclosure.correct"


async def begin_correction(desk: Desk, item_id: str, why: str) -> None:
    """Open the next version of a public text; the public sees the old one until it is replaced.

    ``why`` is the sentence that the public reads beside the new version.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is not public, must be withdrawn, or is being corrected already.
        TextRefused: the sentence itself would tell too much.
    """
    here = await opened(desk, item_id, ACT)
    if here.work.stage != "public" or here.item.must_withdraw:
        raise WrongState(
            "只有已公开、且不须撤回的内容可以更正。",
            "须撤回的，请由审批人撤回；更正中的，请接着办。",
        )
    text = await here.newest_text()
    require_clean(text.body, await here.original(), why)
    version = here.work.version + 1
    await keep_text(
        desk.tx,
        here.decision_id,
        replace(
            text,
            version=version,
            correction=why,
            changed_at=legal_now(),
            address=None,
            seen_public_at=None,
        ),
    )
    await note_step(desk, here.role, here.decision_id, version, ACT, note=why)
    await here.keep(
        stage="drafting", version=version, editors=tuple(sorted(here.persons)), checkers=()
    )


async def drop_correction(desk: Desk, item_id: str) -> None:
    """Leave what is public as it is; the begun version is not published.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: no correction is at an editor's.
    """
    here = await opened(desk, item_id, ACT)
    if not (here.work.is_correcting and here.work.stage == "drafting"):
        raise WrongState("没有可以放弃的更正。", "已提交复核的，请由复核人退回后再放弃。")
    await note_step(
        desk, here.role, here.decision_id, here.work.version, ACT, counts={"dropped": True}
    )
    await here.keep(stage="public", version=here.work.public_version or 1, checkers=())
