"""预警: what is wrong, whose it is, since when; taken, explained and closed by people."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_shared.audit.note import Subject
from mingjing_shared.database import Database
from mingjing_shared.directory.tree import UnitTree
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import Word, asked_state, tiles, word_of
from mingjing_shared.web.permissions import About, acts
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import may, reach_of
from mingjing_tasks.acts.warning import close, explain, take, take_act
from mingjing_tasks.pages.words import (
    HANDLING,
    MODES,
    OWNER_ROLES,
    REASONS,
    SEVERITIES,
    WARNING_CLEARS,
    WARNING_KINDS,
    WARNING_SAYS,
    WARNING_STATES,
    about_of,
    label_of,
)
from mingjing_tasks.store.case import case_by_ref
from mingjing_tasks.store.indicator import types_of
from mingjing_tasks.store.page import (
    ListedWarning,
    listed_warning,
    newest_warnings,
    warnings_by_state,
)
from mingjing_tasks.store.warning import acts_of, warnings

DONE = {
    "take": "已签收，请在处理后填写情况说明。",
    "explain": "情况说明已记录；事实补齐后预警自动消除。",
    "close": "已核销。",
}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list of warnings, a warning, and what may be done about it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/warnings")
    async def listed(
        request: Request,
        state: str | None = None,
        kind: str | None = None,
        unit: str | None = None,
        after: str | None = None,
    ) -> Response:
        chosen, of_kind = asked_state(state, WARNING_STATES), asked_state(kind, WARNING_KINDS)
        async with at_desk(request, database) as desk:
            reach = await reach_of(desk, "tasks.warnings")
            tree = await desk.tree()
            units = tree.within(unit) if unit else None
            page = await newest_warnings(
                desk.tx, chosen, after, reach=reach, kind=of_kind, units=units
            )
            counts = await warnings_by_state(desk.tx, reach)
            done = await acts_of(desk.tx, [row.warning_id for row in page.rows])
        return shell.page(
            request,
            "warnings.html",
            tiles=tiles(WARNING_STATES, counts),
            chosen=chosen,
            kinds=WARNING_KINDS,
            of_kind=of_kind,
            unit=unit,
            unit_name=tree.name_of(unit),
            after=after,
            next=page.next,
            rows=[shown_warning(row, tree, done.get(row.warning_id, ())) for row in page.rows],
        )

    @router.get("/tasks/warnings/{warning_id}")
    async def one(request: Request, warning_id: str, done: str | None = None) -> Response:
        async with at_desk(request, database) as desk:
            return await _page(shell, request, desk, warning_id, done=DONE.get(done or ""))

    @router.post("/tasks/warnings/{warning_id}/{act}")
    async def acted(request: Request, warning_id: str, act: str) -> Response:
        form = Form()
        try:
            form = await read_form(request)
            async with at_desk(request, database) as desk:
                await _act(desk, warning_id, act, form)
        except MingjingError as error:
            async with at_desk(request, database) as desk:
                return await _page(shell, request, desk, warning_id, form=form, error=error)
        return RedirectResponse(f"/tasks/warnings/{warning_id}?done={act}", 303)

    return router


async def _act(desk: Desk, warning_id: str, act: str, form: Form) -> None:
    if act == "take":
        await take(desk, warning_id)
    elif act == "explain":
        reason = form.choice("reason", "原因", REASONS)
        words = form.text("words", "情况说明")
        form.refuse_if_wrong()
        await explain(desk, warning_id, reason, words)
    elif act == "close":
        words = form.text("closing", "核销意见")
        form.refuse_if_wrong()
        await close(desk, warning_id, words)
    else:
        raise NotFound("没有这个操作。", "请从预警页面上操作。")


async def _page(
    shell: Shell,
    request: Request,
    desk: Desk,
    warning_id: str,
    *,
    done: str | None = None,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    """One warning: what, whose, by which events, what was done, what may be done now."""
    found = (await warnings(desk.tx, [warning_id])).get(warning_id)
    if found is None:
        raise NotFound("没有这条预警。", "它可能已随更正的事实撤销；请回到预警清单。")
    warning = listed_warning(found, desk.tx)
    case: Any = await case_by_ref(desk.tx, warning.case_ref) if warning.case_ref else None
    about = About(unit=warning.owner_unit, handlers=frozenset(case.handlers if case else ()))
    tree = await desk.tree()
    if not may(desk.officer, "tasks.warnings", about, tree):
        subject = Subject("warning", warning_id, warning.case_number)
        await desk.permit("tasks.warnings", subject, about)
    acted = (await acts_of(desk.tx, [warning_id])).get(warning_id, [])
    named = [name for name in (found.caused_by, found.cleared_by) if name]
    types = await types_of(desk.tx, named)
    own = take_act(warning.owner_role)
    return shell.page(
        request,
        "warning.html",
        status=error.status if error else 200,
        done=done,
        form=form or Form(),
        error=error,
        case=case,
        acted=[{"act": act, "unit": tree.name_of(act.unit)} for act in acted],
        reasons=REASONS,
        events=[(name, label_of(types[name]) if name in types else Word("—")) for name in named],
        says=WARNING_SAYS.get(warning.kind, ""),
        clears=WARNING_CLEARS.get(warning.kind, ""),
        may_take=may(desk.officer, own, about, tree),
        may_close=may(desk.officer, "tasks.close", about, tree),
        who_may=acts()[own].who,
        **shown_warning(warning, tree, acted),
    )


def shown_warning(
    warning: ListedWarning, tree: UnitTree, acted: Sequence[Any] = ()
) -> dict[str, Any]:
    """A warning in words; ``handling`` is how far people are with what raised it."""
    current = [act.what for act in acted if act.about == warning.caused_by]
    handling = None
    if warning.state == "raised":
        code = "explained" if "explained" in current else ("taken" if current else "waiting")
        handling = HANDLING[code]
    return {
        "warning": warning,
        "kind": word_of(warning.kind, WARNING_KINDS).name,
        "about": about_of(warning.kind, warning.subject),
        "severity": word_of(warning.severity, SEVERITIES),
        "state": word_of(warning.state, WARNING_STATES),
        "handling": handling,
        "owner": tree.name_of(warning.owner_unit),
        "role": OWNER_ROLES.get(warning.owner_role, warning.owner_role),
        "mode": None if warning.mode == "live" else word_of(warning.mode, MODES).name,
    }
