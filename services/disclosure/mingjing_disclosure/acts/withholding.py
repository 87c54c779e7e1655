"""A person decides that a decision is not published, or that it is where the law leaves it open."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import opened
from mingjing_disclosure.errors import Outdated, WrongState
from mingjing_disclosure.rules.reasons import withholding_reasons
from mingjing_disclosure.store.delivery import cancel_waiting
from mingjing_disclosure.store.work import note_step
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from mingjing_shared.web.desk import Desk

WITHHOLD = "disclosure.withhold"
RELEASE = "disclosure.release"


async def withhold(desk: Desk, item_id: str, code: str, note: str) -> None:
    """Register that a decision is not published: for which reason of law, by whom, why.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is public or in a bundle (then it is withdrawn instead), or withheld.
        InvalidInput: the reason is none that may be given for this decision.
    """
    here = await opened(desk, item_id, WITHHOLD)
    if here.work.is_public or here.work.stage in ("withdrawing", "withdrawn"):
        raise _too_late()
    if here.item.state in ("withheld", "waiting_case"):
        raise WrongState("这件决定已不予公开，或尚未收到受案信息。", "无须再登记。")
    original = await here.original()
    allowed = withholding_reasons(here.item.kind, original.procedure, legal_today())
    reason = allowed.get(code)
    if reason is None:
        raise InvalidInput("请选择不予公开的理由。", "理由须在法定清单之内。")
    if here.work.stage == "approved" and not await cancel_waiting(desk.tx, here.decision_id):
        raise _too_late()
    await note_step(
        desk,
        here.role,
        here.decision_id,
        here.work.version,
        WITHHOLD,
        counts={"reason": code},
        note=note,
    )
    await here.keep(
        stage="drafting" if here.work.version else "none",
        checkers=(),
        withheld={
            "code": code,
            "title": reason.title,
            "law": reason.id,
            "article": reason.source,
            "by": desk.officer.number,
        },
    )


def _too_late() -> WrongState:
    return WrongState(
        "已公开或正在发布的内容不能登记为不予公开。", "公开后请用“撤回公示”，并写明理由。"
    )


async def release(desk: Desk, item_id: str, note: str, seen: str) -> None:
    """Decide that a withheld decision is published all the same; its clock was never stopped.

    It holds for the reason and the persons that stand there now (``seen`` is the page's mark of
    them); whoever is added to the case later is decided anew.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is not withheld, or being withdrawn, or the law leaves nothing to decide.
        Outdated: reason or persons have changed since the page was opened.
    """
    here = await opened(desk, item_id, RELEASE)
    if here.item.standing != "withheld" or not here.item.releasable:
        raise WrongState("这件决定依法不得公开，或没有不予公开。", "法定不公开的情形不能由人解除。")
    if here.work.stage in ("withdrawing", "withdrawn"):
        raise WrongState("这件内容正在撤回或已经撤回。", "撤回的内容不能恢复公开。")
    if seen != mark_of(here.item):
        raise Outdated(
            "您打开页面之后，不予公开的理由或所涉当事人有变化。", "请重新阅读现在的情况再核定。"
        )
    code = here.item.reason_code
    await note_step(
        desk,
        here.role,
        here.decision_id,
        here.work.version,
        RELEASE,
        counts={"reason": code},
        note=note,
    )
    if here.work.withheld is not None and here.item.decided_by == here.work.withheld["by"]:
        await here.keep(withheld=None)
        return
    before = here.work.released or {"codes": []}
    await here.keep(
        released={
            "codes": sorted({*before["codes"], code}),
            "about": {**before.get("about", {}), code: here.item.about or []},
            "by": desk.officer.number,
        }
    )


def mark_of(item: Row[Any]) -> str:
    """Stands for the reason that withholds an item and those whom it is about."""
    told = json.dumps([item.reason_code, item.about], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
