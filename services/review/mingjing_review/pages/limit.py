"""办案期限 of one case with its extensions, and 移送 of what may be a crime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.limit import (
    ask_extension,
    decide_extension,
    limit_subject,
    whose_limit,
)
from mingjing_review.errors import Unknown
from mingjing_review.pages.sight import note_look
from mingjing_review.pages.terms import left_of
from mingjing_review.pages.words import CASE_KINDS, LIMIT_STATES
from mingjing_review.pages.workbench import seen_in
from mingjing_review.rules.limit import approver_hindrance, may_extend
from mingjing_review.store.board import terms_of_case
from mingjing_review.store.case_step import case_steps, case_words, extensions_of
from mingjing_review.store.limit import limit_by_ref
from mingjing_shared.clock import legal_today, local_date
from mingjing_shared.directory.store import officer_names
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.permissions import allowing_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_review.store.case_step import CaseStep
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

REASON_CHARS_MAX = 2000
STEPS = {
    "asked": "申请延长办案期限",
    "extended": "批准延长",
    "not_extended": "不批准延长",
    "acknowledged": "确认涉嫌犯罪",
    "approved": "批准移送",
    "declined": "不批准移送",
}

ASK = "review.ask_case_extension"


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of a case's limit, and the two acts on it."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, case_ref: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _view(desk, case_ref)
        status = error.status if error else 200
        done = STEPS.get(request.query_params.get("done", ""))
        return shell.page(
            request, "limit.html", status=status, form=form, error=error, done=done, **values
        )

    @router.get("/review/limits/{case_ref}")
    async def show(request: Request, case_ref: str) -> Response:
        return await page(request, case_ref, Form())

    @router.post("/review/limits/{case_ref}/ask")
    async def ask(request: Request, case_ref: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await ask_extension(desk, case_ref, reason_in(form), seen_in(form))
        except MingjingError as error:
            return await page(request, case_ref, form, error)
        return _back(case_ref, "asked")

    @router.post("/review/limits/{case_ref}/decide")
    async def decide(request: Request, case_ref: str) -> Response:
        form = await read_form(request)
        try:
            decision = form.values.get("decision", "")
            async with at_desk(request, database) as desk:
                await decide_extension(
                    desk, case_ref, decision=decision, reason=reason_in(form), seen=seen_in(form)
                )
        except MingjingError as error:
            return await page(request, case_ref, form, error)
        return _back(case_ref, decision)

    return router


def reason_in(form: Form) -> str:
    """The reason as it was written; whether one is needed says the act.

    Raises:
        InvalidInput: it is too long.
    """
    reason = form.text("reason", "理由", required=False, chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    return reason


def _back(case_ref: str, done: str) -> Response:
    return RedirectResponse(f"/review/limits/{quote(case_ref, safe='')}?done={done}", 303)


async def _view(desk: Desk, case_ref: str) -> dict[str, Any]:
    """Everything the page of a limit knows.

    Raises:
        Unknown: there is no such case.
        NotAllowed: the officer may not see it.
    """
    row = await limit_by_ref(desk.tx, case_ref)
    if row is None:
        raise Unknown("没有这个案件的办案期限。", "请核对地址，或回到期限看板。")
    subject = f"limit/{row['case_key']}"
    steps = (await case_steps(desk.tx, [subject])).get(subject, [])
    shows = await note_look(
        desk,
        limit_subject(row),
        whose_limit(row),
        waits_for=["head"] if row["asked"] else [],
        took_part=[step.officer for step in steps],
        decision_id=None,
    )
    tree = await desk.tree()
    term = (await terms_of_case(desk.tx, row["case_key"])).get(subject)
    open_ = row["state"] != "ended"
    approved = [local_date(at) for at in extensions_of(steps)]
    hindered = may_extend(row["kind"], approved, legal_today())

    def allowed(act: str) -> bool:
        return allowing_role(desk.officer, act, whose_limit(row), tree) is not None

    def may_approve() -> bool:
        role = allowing_role(desk.officer, "review.extend_case", whose_limit(row), tree)
        today, unit = legal_today(), row["unit"]
        return role is not None and not approver_hindrance(
            row["kind"], today, unit, role.unit, tree
        )

    return {
        "limit": row,
        "state": word_of(row["state"], LIMIT_STATES),
        "kind": CASE_KINDS.get(row["kind"], row["kind"]),
        "unit": tree.name_of(row["unit"]),
        "term": term,
        "left": left_of(term.due_on, term.due_at, binding=term.binding) if term else None,
        "hindered": hindered,
        "may_ask": open_
        and not row["asked"]
        and not hindered
        and allowed("review.ask_case_extension"),
        "may_decide": open_ and row["asked"] and may_approve(),
        "flow": await flow_of(desk, steps, shows=shows),
    }


async def flow_of(desk: Desk, steps: Sequence[CaseStep], *, shows: bool) -> list[dict[str, Any]]:
    """What was done, oldest first; what was written only where it may be shown."""
    names = await officer_names(desk.tx, {step.officer for step in steps}, legal_today())
    return [
        {
            "at": step.at,
            "what": STEPS[step.kind],
            "who": f"{names.get(step.officer, '')} {step.officer}".strip(),
            "instead_of": step.instead_of,
            "reason": case_words(desk.tx, step).get("reason", "") if shows else None,
        }
        for step in steps
    ]
