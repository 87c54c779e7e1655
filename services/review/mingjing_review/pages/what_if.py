"""影响预演: which past decisions a draft of a catalogue would have judged otherwise."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from mingjing_review.acts.catalogue import APPROVE, drafters
from mingjing_review.acts.what_if import Answer, ask
from mingjing_review.pages.catalogue import SEE, shown_version
from mingjing_review.pages.catalogue_version import opened
from mingjing_review.rules.what_if import KINDS, Effect, Verdict
from mingjing_review.store.catalogue import steps_of_version
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.paging import PAGE_SIZE, mark, parts_of
from mingjing_shared.web.permissions import About, allowing_role

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

DEFAULT_DAYS = 92


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page; the period and the place in the list stand in the address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/catalogue/versions/{version_id}/what-if")
    async def what_if(
        request: Request,
        version_id: str,
        since: str | None = None,
        until: str | None = None,
        after: str | None = None,
    ) -> Response:
        period = period_in(since, until)
        async with at_desk(request, database) as desk:
            values = await _view(desk, version_id, period, after)
        return shell.page(
            request,
            "what_if.html",
            after=after,
            back=f"/review/catalogue/versions/{quote(version_id, safe='')}",
            **values,
        )

    return router


def period_in(since: str | None, until: str | None) -> tuple[date, date]:
    """The period that is asked about: the last three months, unless the address says another.

    Raises:
        InvalidInput: it is no period.
    """
    today = legal_today()
    try:
        last = date.fromisoformat(until) if until else today
        first = date.fromisoformat(since) if since else last - timedelta(days=DEFAULT_DAYS)
    except ValueError as error:
        raise InvalidInput(
            "起止日期应为 年-月-日，例如 2026-01-01。", "请修改后重新预演。"
        ) from error
    if first > last:
        raise InvalidInput(f"起始日期 {first} 晚于截止日期 {last}。", "请修改后重新预演。")
    return first, last


async def _view(
    desk: Desk, version_id: str, period: tuple[date, date], after: str | None
) -> dict[str, Any]:
    found = await opened(desk, version_id)
    tree = await desk.tree()
    reach = await desk.reach(SEE)
    answer = await ask(
        desk.tx,
        lambda now: now.with_catalogue(found.unit, found.items, date.min),
        period,
        reach,
    )
    start = _start(answer, after)
    shown = answer.effects[start : start + PAGE_SIZE]
    more = start + PAGE_SIZE < len(answer.effects)
    summary = answer.summary
    return {
        **shown_version(found, tree),
        "answer": answer,
        "kinds": [(name, summary.by_kind[kind]) for kind, name in KINDS.items()],
        "by_item": [
            (title, summary.now[title], summary.then[title])
            for title in sorted({*summary.now, *summary.then})
        ],
        "rows": [_row(effect, tree) for effect in shown],
        "next": mark(*_key(shown[-1])) if more else None,
        "may_approve": allowing_role(desk.officer, APPROVE, About(found.unit), tree) is not None
        and desk.officer.number not in drafters(await steps_of_version(desk.tx, found.version_id)),
    }


def _key(effect: Effect) -> tuple[str, str]:
    return effect.past.on.isoformat(), effect.past.decision_id


def _start(answer: Answer, after: str | None) -> int:
    """Where the page begins in the list, which is in the order of the proposals."""
    place = parts_of(after, 2)
    if place is None:
        return 0
    keys = [_key(effect) for effect in answer.effects]
    return keys.index(place) + 1 if place in keys else 0


def _row(effect: Effect, tree: UnitTree) -> dict[str, Any]:
    return {
        "past": effect.past,
        "unit": tree.name_of(effect.past.unit),
        "differs": [KINDS[kind] for kind in effect.kinds],
        "before": _said(effect.before),
        "after": _said(effect.after),
    }


def _said(verdict: Verdict) -> str:
    if verdict.fault is not None:
        return verdict.fault
    if not verdict.reasons:
        return "无需审核"
    return "应当审核：" + "、".join(dict.fromkeys(one.title for one in verdict.reasons))
