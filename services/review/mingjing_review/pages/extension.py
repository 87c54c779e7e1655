"""延长审核期限: the reviewer asks and says why, a leader answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from mingjing_review.acts.extension import Answer, answer_extension, ask_extension
from mingjing_review.pages.view import view_of
from mingjing_review.pages.workbench import (
    NOTE_CHARS_MAX,
    back,
    opened,
    refuse_who_may_not,
    seen_in,
)
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

PATH = "/review/cases/{decision_id}/extension"
_ANSWERS = {"granted": "批准", "refused": "不批准"}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page on which an extension is asked for and answered."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, decision_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await view_of(desk, await opened(desk, decision_id, error))
        status = error.status if error else 200
        return shell.page(
            request, "extension.html", status=status, form=form, error=error, **values
        )

    @router.get(PATH)
    async def show(request: Request, decision_id: str) -> Response:
        return await page(request, decision_id, Form())

    @router.post(PATH)
    async def act(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                done = await _act(desk, decision_id, form)
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return back(decision_id, done)

    return router


async def _act(desk: Desk, decision_id: str, form: Form) -> str:
    if form.values.get("step") != "answer":
        await refuse_who_may_not(desk, "review.ask_extension", decision_id)
        reason = form.text("note", "申请理由", chars_max=NOTE_CHARS_MAX)
        form.refuse_if_wrong()
        await ask_extension(desk, decision_id, reason, seen_in(form))
        return "extension_asked"
    await refuse_who_may_not(desk, "review.answer_extension", decision_id)
    answer = form.choice("answer", "是否批准", _ANSWERS)
    note = form.text("note", "批准或者不批准的理由", chars_max=NOTE_CHARS_MAX)
    form.refuse_if_wrong()
    granted = answer == "granted"
    await answer_extension(desk, decision_id, Answer(granted, note, seen_in(form)))
    return "extended" if granted else "extension_refused"
