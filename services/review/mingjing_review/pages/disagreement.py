"""审核异议: what the unit disputes, who looked at it again, how it was coordinated and settled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, cast

from fastapi import APIRouter, Request, Response

from mingjing_review.acts.disagreement import (
    Conclusion,
    Disagreement,
    coordinate,
    disagree,
    discuss,
    re_review,
)
from mingjing_review.pages.view import view_of
from mingjing_review.pages.workbench import (
    NOTE_CHARS_MAX,
    back,
    opened,
    refuse_who_may_not,
    seen_in,
)
from mingjing_review.rules.progress import OUTCOME_NAMES, OUTCOMES
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

PATH = "/review/cases/{decision_id}/disagreement"
DECIDING = {"head": "负责人决定", "collective": "集体讨论"}
_ACTS = {
    "disagreed": "review.disagree",
    "re_reviewed": "review.re_review",
    "coordinated": "review.coordinate",
    "discussed": "review.discuss",
}


def routes(shell: Shell, database: Database, address: str) -> APIRouter:
    """The page of a disagreement. ``address`` is where officers reach the platform."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, decision_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await view_of(desk, await opened(desk, decision_id, error))
        return shell.page(
            request,
            "disagreement.html",
            status=error.status if error else 200,
            form=form,
            error=error,
            outcomes={kind: [(o, OUTCOME_NAMES[o]) for o in of] for kind, of in OUTCOMES.items()},
            deciding=DECIDING,
            day=legal_today(),
            **values,
        )

    @router.get(PATH)
    async def show(request: Request, decision_id: str) -> Response:
        return await page(request, decision_id, Form())

    @router.post(PATH)
    async def act(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                done = await _act(desk, decision_id, form, address)
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return back(decision_id, done)

    return router


async def _act(desk: Desk, decision_id: str, form: Form, address: str) -> str:
    step = form.values.get("step", "")
    if step not in _ACTS:
        raise InvalidInput("没有说明要办理什么。", "请用页上的按钮提交。")
    await refuse_who_may_not(desk, _ACTS[step], decision_id)
    if step == "disagreed":
        note = form.text("note", "异议的理由", chars_max=NOTE_CHARS_MAX)
        form.refuse_if_wrong()
        checks = tuple(dict.fromkeys(form.many.get("checks", ())))
        await disagree(desk, decision_id, Disagreement(checks, note, seen_in(form)))
    elif step == "re_reviewed":
        await re_review(desk, decision_id, _conclusion_in(form, step, meeting=False))
    elif step == "coordinated":
        await coordinate(desk, decision_id, _conclusion_in(form, step, meeting=True), address)
    else:
        forum = form.choice("forum", "方式", DECIDING)
        said = _conclusion_in(form, step, meeting=True)
        where = cast("Literal['head', 'collective']", forum)
        await discuss(desk, decision_id, where, said, address)
    return step


def _conclusion_in(form: Form, step: str, *, meeting: bool) -> Conclusion:
    """What was filled in about one step.

    Raises:
        InvalidInput: with every field that is wrong.
    """
    outcome = form.choice("outcome", "结果", dict.fromkeys(OUTCOMES[step]))
    note = form.text("note", "结果的理由", chars_max=NOTE_CHARS_MAX)
    if not meeting:
        form.refuse_if_wrong()
        return Conclusion(outcome, note, seen_in(form))
    texts = {
        name: form.text(name, label, chars_max=NOTE_CHARS_MAX)
        for name, label in (
            ("people", "参加人"),
            ("unit_says", "承办单位的意见"),
            ("reviewers_say", "审核部门的意见"),
        )
    }
    on = _day_in(form)
    form.refuse_if_wrong()
    return Conclusion(outcome, note, seen_in(form), on, **texts)


def _day_in(form: Form) -> date | None:
    text = form.values.get("on", "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        form.problems["on"] = f"日期“{text}”不是有效日期，应形如 2026-09-21。"
        return None
