"""A person decides that a decision is not published, or that it is where the law leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import opened
from mingjing_disclosure.errors import WrongState
from mingjing_disclosure.rules.reasons import withholding_reasons
from mingjing_disclosure.store.delivery import cancel_waiting
from mingjing_disclosure.store.work import note_step
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import InvalidInput

if TYPE_CHECKING:
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


async def release(desk: Desk, item_id: str, note: str) -> None:
    """Decide that a withheld decision is published all the same; its clock was never stopped.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is not withheld, or the law leaves nothing to decide.
    """
    here = await opened(desk, item_id, RELEASE)
    if here.item.standing != "withheld" or not here.item.releasable:
        raise WrongState("这件决定依法不得公开，或没有不予公开。", "法定不公开的情形不能由人解除。")
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
    codes = {*(here.work.released or {"codes": []})["codes"], code}
    await here.keep(released={"codes": sorted(codes), "by": desk.officer.number})
