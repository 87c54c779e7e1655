"""送审 after a self-check by the unit; 退回补正, where the reviewer says what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from mingjing_review.acts.intake import Missing, find_incomplete, return_for_supplement
from mingjing_review.acts.submission import Answer, Submission, submit, supplement
from mingjing_review.pages.view import view_of
from mingjing_review.pages.words import MISSING
from mingjing_review.pages.workbench import (
    NOTE_CHARS_MAX,
    back,
    opened,
    refuse_who_may_not,
    seen_in,
)
from mingjing_review.rules.checks import CODES
from mingjing_review.rules.materials import MATERIALS
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form

if TYPE_CHECKING:
    from mingjing_review.acts.checks import Findings
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

SUBMIT = "review.submit"


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of the handling unit, and the page on which the reviewer hands back."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request,
        template: str,
        decision_id: str,
        form: Form,
        error: MingjingError | None = None,
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await view_of(desk, await opened(desk, decision_id, error))
        status = error.status if error else 200
        return shell.page(request, template, status=status, form=form, error=error, **values)

    @router.get("/review/cases/{decision_id}/submit")
    async def self_check(request: Request, decision_id: str) -> Response:
        return await page(request, "submit.html", decision_id, Form())

    @router.post("/review/cases/{decision_id}/submit")
    async def hand_in(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                done = await _hand_in(desk, decision_id, form)
        except MingjingError as error:
            return await page(request, "submit.html", decision_id, form, error)
        return back(decision_id, done)

    @router.get("/review/cases/{decision_id}/return")
    async def what_is_missing(request: Request, decision_id: str) -> Response:
        return await page(request, "return.html", decision_id, Form())

    @router.post("/review/cases/{decision_id}/return")
    async def hand_back(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            missing = _missing_in(form)
            async with at_desk(request, database) as desk:
                if form.values.get("step") == "incomplete":
                    await find_incomplete(desk, decision_id, missing)
                else:
                    await return_for_supplement(desk, decision_id, missing)
        except MingjingError as error:
            return await page(request, "return.html", decision_id, form, error)
        return back(
            decision_id, "incomplete" if form.values.get("step") == "incomplete" else "returned"
        )

    return router


async def _hand_in(desk: Desk, decision_id: str, form: Form) -> str:
    await refuse_who_may_not(desk, SUBMIT, decision_id)
    sheet = await opened(desk, decision_id)
    values = await view_of(desk, sheet)
    kind = values["may"].hand_in or ("resubmitted" if sheet.steps else "submitted")
    said = _submission_in(form, kind, values["findings"])
    if kind == "supplemented":
        await supplement(desk, decision_id, said)
    else:
        await submit(desk, decision_id, said)
    return kind


def _submission_in(form: Form, kind: str, findings: Findings) -> Submission:
    """What the unit says.

    Raises:
        InvalidInput: a supplement or a further round without a word on what was done, a known
            fault without an explanation, or nobody answers for the material.
    """
    must = kind != "submitted" or bool(findings.faults)
    label = "送审说明" if kind == "submitted" else "补正或者改正的情况"
    note = form.text("note", label, required=must, chars_max=NOTE_CHARS_MAX)
    if must and kind == "submitted" and not note:
        faults = "、".join(findings.faults)
        form.problems["note"] = f"自检有红项（{faults}），请说明原因，或补齐后再送审。"
    if form.values.get("answers") != "yes":
        form.problems["answers"] = "请确认对材料的真实性、准确性、完整性负责。"
    answers = _answers_in(form)
    form.refuse_if_wrong()
    return Submission(note, seen_in(form), answers)


def _answers_in(form: Form) -> dict[str, Answer]:
    """What the unit answered, point by point, as far as it did."""
    answers = {}
    for code in CODES:
        chosen = form.values.get(f"answer-{code}", "")
        name = f"answer-note-{code}"
        note = form.text(name, "逐项说明", required=False, chars_max=NOTE_CHARS_MAX)
        if chosen:
            answers[code] = Answer(chosen, note)
    return answers


def _missing_in(form: Form) -> Missing:
    """What was ticked and written.

    Raises:
        InvalidInput: something is ticked that is not on the list, or the text is too long.
    """
    codes = tuple(dict.fromkeys(form.many.get("missing", ())))
    if not set(codes) <= set(MATERIALS):
        raise InvalidInput("勾选的材料不在清单之内。", f"清单：{'、'.join(MISSING.values())}。")
    note = form.text("note", "其他需要补正的内容", required=False, chars_max=NOTE_CHARS_MAX)
    form.refuse_if_wrong()
    return Missing(codes, note, seen_in(form))
