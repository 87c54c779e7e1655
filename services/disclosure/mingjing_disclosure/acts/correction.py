"""Something public is corrected: a new version goes the whole way, the old one is kept.

Or a person says that it needs no correction.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import opened, require_no_leak
from mingjing_disclosure.errors import Outdated, WrongState
from mingjing_disclosure.store.work import keep_text, note_step
from mingjing_shared.clock import legal_now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mingjing_shared.web.desk import Desk

ACT = "disclosure.correct"
KEEP = "disclosure.keep"


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
    require_no_leak(why, await here.original())  # the text itself is what is to be mended
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


async def keep_as_it_is(desk: Desk, item_id: str, note: str, seen: str) -> None:
    """Say that what is public needs no correction, though what it was made from has changed.

    It holds for what stands there now (``seen`` is the page's mark of it), not for what comes.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: nothing has changed, or a correction is under way.
        Outdated: still more has changed since the page was opened.
    """
    here = await opened(desk, item_id, KEEP)
    if here.work.stage != "public" or not here.item.must_correct:
        raise WrongState(
            "这件公开内容没有待处理的变化，或者正在更正。", "请刷新页面查看现在的状态。"
        )
    stands_on = (await here.original()).stands_on
    if seen != mark_of(stands_on):
        raise Outdated("您打开页面之后，原件或当事人又有变化。", "请重新对照现在的原件再确认。")
    await note_step(desk, here.role, here.decision_id, here.work.version, KEEP, note=note)
    await here.keep(details={**here.work.details, "shown_from": stands_on})


def mark_of(stands_on: Mapping[str, Any]) -> str:
    """Stands for what a public text is compared with."""
    told = json.dumps(stands_on, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


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
