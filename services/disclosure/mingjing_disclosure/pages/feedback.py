"""群众纠错与隐私举报: what citizens wrote, and how it is settled."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_disclosure.acts.feedback import ACT, answer_feedback
from mingjing_disclosure.pages.item import LINKS
from mingjing_disclosure.pages.words import DONE, FEEDBACK_KINDS, OUTCOMES
from mingjing_disclosure.store.feedback import newest_feedback
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import FEEDBACK
from mingjing_shared.database import Database
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import Word, asked_state, word_of
from mingjing_shared.web.permissions import About
from mingjing_shared.web.shell import Shell

STATES = {"open": Word("待办", "soon"), "answered": Word("已办结", "good")}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list with what was written (every look is noted), and settling one of it."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, *, form: Form | None = None, error: Any = None, about: str = ""
    ) -> Response:
        chosen = asked_state(request.query_params.get("state"), STATES) or "open"
        after = request.query_params.get("after")
        async with at_desk(request, database) as desk:
            await desk.saw(ACT, Subject("feedback", chosen), About(), FEEDBACK)
            found = await newest_feedback(desk.tx, chosen, after)
        rows = [{"feedback": one, "kind": word_of(one.kind, FEEDBACK_KINDS)} for one in found.rows]
        return shell.page(
            request,
            "feedback.html",
            status=error.status if error else 200,
            links=LINKS,
            here="/disclosure/feedback",
            states=STATES,
            chosen=chosen,
            after=after,
            next=found.next,
            rows=rows,
            outcomes=OUTCOMES,
            form=form or Form(),
            error=error,
            about=about,
            done=DONE.get(request.query_params.get("done", "")),
        )

    @router.get("/disclosure/feedback")
    async def feedback(request: Request) -> Response:
        return await page(request)

    @router.post("/disclosure/feedback/{feedback_id}")
    async def answer(request: Request, feedback_id: str) -> Response:
        form = await read_form(request)
        try:
            outcome = form.choice("outcome", "办理结果", OUTCOMES)
            said = form.text("answer", "办理说明", chars_max=2000)
            form.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                await answer_feedback(desk, feedback_id, outcome, said)
        except MingjingError as error:
            return await page(request, form=form, error=error, about=feedback_id)
        return RedirectResponse("/disclosure/feedback?done=answer", 303)

    return router
