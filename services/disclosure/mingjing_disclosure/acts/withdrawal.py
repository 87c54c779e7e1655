"""Something public is taken back: a tombstone with the reason stands at the same address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.opening import opened, require_no_leak
from mingjing_disclosure.errors import TextRefused, WrongState
from mingjing_disclosure.rules.reasons import withdrawal_reasons
from mingjing_disclosure.store.delivery import add_delivery, cancel_waiting
from mingjing_disclosure.store.fact import circumstances
from mingjing_disclosure.store.work import note_step
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import InvalidInput
from mingjing_shared.publicity.content import Withdrawn

if TYPE_CHECKING:
    from datetime import date

    from mingjing_disclosure.acts.opening import Opened
    from mingjing_disclosure.rules.reasons import PublicReason
    from mingjing_shared.web.desk import Desk

ACT = "disclosure.withdraw"
ONLY_GENERIC = frozenset(
    {"sealed_public_security", "minor", "age_unknown", "classified", "narcotics", "sensitive"}
)


async def withdraw(desk: Desk, item_id: str, code: str, says: str, note: str) -> None:
    """Take something public back, with the sentence that the public reads in its place.

    Of a generic reason the public reads the same sentence as of every other.

    Raises:
        NotAllowed, NoSuchItem: as for every act.
        WrongState: it is not public, or being withdrawn already.
        InvalidInput: the reason is none of the list.
        TextRefused: the sentence would tell too much.
    """
    here = await opened(desk, item_id, ACT)
    if not here.work.is_public or here.work.stage == "withdrawing":
        raise WrongState("只有公众看得到的内容可以撤回。", "尚未公开的，可以登记不予公开。")
    reason = withdrawal_reasons(legal_today()).get(code)
    if reason is None:
        raise InvalidInput("请选择撤回的理由。", "理由须在法定清单之内。")
    sentence = await _sentence(here, reason, says)
    since = await _since(here)
    await cancel_waiting(desk.tx, here.decision_id)
    content = Withdrawn(
        item_id=here.item.item_id,
        version=here.work.public_version or 1,
        withdrawn_on=legal_today(),
        reason=sentence,
        basis=reason.told_basis,
        generic=reason.generic,
    )
    await add_delivery(desk.tx, here.decision_id, content.version, "withdraw", content)
    await note_step(
        desk, here.role, here.decision_id, content.version, ACT, counts={"reason": code}, note=note
    )
    await here.keep(
        stage="withdrawing",
        withdrawal={
            "code": code,
            "law": reason.id,
            "article": reason.source,
            "says": sentence,
            "generic": reason.generic,
            "by": desk.officer.number,
            "since": since.isoformat(),
        },
    )


async def _sentence(here: Opened, reason: PublicReason, says: str) -> str:
    if here.item.standing == "withheld" and here.item.reason_code in ONLY_GENERIC:
        if not reason.generic:
            raise TextRefused(
                "该内容依法不得公开，撤回说明不得透露是什么情形。",
                "请选择“治安违法记录依法封存”“当事人为未成年人”或“泄露个人信息”，公众只看到统一说明。",
            )
        return reason.says
    if reason.generic:
        return reason.says
    sentence = says.strip() or reason.says
    if sentence != reason.says:
        require_no_leak(sentence, await here.original())
    return sentence


async def _since(here: Opened) -> date:
    """From which day on the term for withdrawing counts: what undid it, or today's finding."""
    known = await circumstances(here.desk.tx, [here.decision_id])
    found = known.get(here.decision_id)
    undone = found.first_undone if found else None
    return undone.on_day if undone else legal_today()
