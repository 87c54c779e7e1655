"""What officers do about a warning: take it, explain it, close what facts cannot undo.

Facts clear a warning; nobody can. Closing says that what had to be done about it was done, by
somebody else than who took or explained it (a deputy counts as whom the deputy stands in for),
and holds for the event that had raised it then: when facts raise it anew, it stands anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now
from mingjing_shared.errors import Conflict, NotAllowed
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import About
from mingjing_shared.web.problems import NotFound
from mingjing_tasks.rules.telling import announcement_of, history_of, is_news, settled
from mingjing_tasks.rules.warning import ALL_KINDS
from mingjing_tasks.store import warning as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole


async def take(desk: Desk, warning_id: str) -> None:
    """Somebody answers for a warning from now on.

    Raises:
        NotFound: there is no such warning.
        NotAllowed: it is not addressed to the officer.
        Conflict: it does not stand any more, or the officer has it already.
    """
    warning, acts = await _held(desk, warning_id)
    role = await _permit_owner(desk, warning)
    _refuse_settled(warning)
    if acts and acts[-1].officer == desk.officer.number:
        raise Conflict("本人已经签收这条预警。", "请填写情况说明。")
    await store.add_act(desk.tx, _row(desk, warning, "taken", role))


async def explain(desk: Desk, warning_id: str, reason_code: str, words: str) -> None:
    """Who took a warning says how it came to it and what is done about it.

    Raises:
        NotFound: there is no such warning.
        NotAllowed: it is not addressed to the officer.
        Conflict: it does not stand any more, or nobody took it.
    """
    warning, acts = await _held(desk, warning_id)
    role = await _permit_owner(desk, warning)
    _refuse_settled(warning)
    if not acts:
        raise Conflict("这条预警尚未签收。", "先签收，再填写情况说明。")
    row = _row(desk, warning, "explained", role) | {"reason_code": reason_code, "words": words}
    await store.add_act(desk.tx, row)


async def close(desk: Desk, warning_id: str, words: str) -> None:
    """An overseer finds that what had to be done was done, and closes the warning.

    Raises:
        NotFound: there is no such warning.
        NotAllowed: the officer may not close, or took or explained it, in person or through a
            deputy, or stands in for who did.
        Conflict: it does not stand any more, or was not explained.
    """
    warning, acts = await _held(desk, warning_id)
    about = About(unit=warning.owner_unit)
    role = await desk.permit("tasks.close", _subject(warning), about)
    _refuse_settled(warning)
    if not any(act.what == "explained" for act in acts):
        raise Conflict("这条预警尚无情况说明，不能核销。", "由责任单位签收并说明后再核销。")
    answered = {number for act in acts for number in (act.officer, act.instead_of)}
    if answered & {desk.officer.number, role.instead_of} - {None}:
        raise NotAllowed(
            "不能核销本人（或代行、被代行人）签收或说明的预警。", "由其他有权人员核销。"
        )
    await store.add_act(desk.tx, _row(desk, warning, "closed", role) | {"words": words})
    old = dict(warning._mapping)  # noqa: SLF001 - SQLAlchemy's public way
    row = settled({**old, "state": "closed"}, old)
    await store.keep_warnings(desk.tx, [row])
    if is_news(row, old):
        await store.add_history(desk.tx, [history_of(row, legal_now())])
        outbox.add(desk.tx, [Outgoing(announcement_of(row))])


def take_act(role: str) -> str:
    """The row of the table of permissions for warnings that are addressed to a role."""
    return f"tasks.take_{role}"


async def _held(desk: Desk, warning_id: str) -> tuple[Row[Any], Sequence[Row[Any]]]:
    """A warning, and what was done about what raised it, in order.

    Neither facts nor people move it until this transaction ends.
    """
    warning = await _known(desk, warning_id)
    await desk.tx.lock([f"{ALL_KINDS[warning.kind].topic}/{warning.subject}"])
    warning = await _known(desk, warning_id)
    acts = (await store.acts_of(desk.tx, [warning_id])).get(warning_id, [])
    return warning, [act for act in acts if act.about == warning.caused_by]


def _refuse_settled(warning: Row[Any]) -> None:
    """Asked after the right to act: whoever has none is not told how it stands."""
    if warning.state != "raised":
        said = "已由事实消除" if warning.state == "cleared" else "已核销"
        raise Conflict(f"这条预警{said}，无需再办。", "请刷新页面。")


async def _known(desk: Desk, warning_id: str) -> Row[Any]:
    warning = (await store.warnings(desk.tx, [warning_id])).get(warning_id)
    if warning is None:
        raise NotFound("没有这条预警。", "它可能已随更正的事实撤销；请回到预警清单。")
    return warning


async def _permit_owner(desk: Desk, warning: Row[Any]) -> HeldRole:
    about = About(unit=warning.owner_unit)
    return await desk.permit(take_act(warning.owner_role), _subject(warning), about)


def _subject(warning: Row[Any]) -> Subject:
    return Subject("warning", warning.warning_id, warning.case_number)


def _row(desk: Desk, warning: Row[Any], what: str, role: HeldRole) -> dict[str, Any]:
    return {
        "warning_id": warning.warning_id,
        "what": what,
        "about": warning.caused_by,
        "officer": desk.officer.number,
        "unit": desk.officer.unit,
        "instead_of": role.instead_of,
        "reason_code": None,
        "words": None,
        "at": legal_now(),
    }
