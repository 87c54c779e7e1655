"""把关: original and public text side by side, the conditions of the law, what may be done now."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_disclosure.acts import approval, check, correction, text, withdrawal, withholding
from mingjing_disclosure.pages.gate_view import gate_values, say_why
from mingjing_shared.database import Database
from mingjing_shared.errors import MingjingError
from mingjing_shared.publicity.content import TEXT_CHARS_MAX
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.shell import Shell

Act = Callable[[Desk, str, Form], Awaitable[str]]
REASON_CHARS_MAX = 500


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of one item and every act on it; a refused act keeps what was typed."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, item_id: str, *, form: Form | None = None, error: Any = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            typed = form.values.get("body") if form else None
            values = await gate_values(desk, item_id, request.query_params.get("done"), typed)
        return shell.page(
            request,
            "gate.html",
            status=error.status if error else 200,
            form=form or Form(),
            error=error,
            **values,
        )

    @router.get("/disclosure/items/{item_id}")
    async def gate(request: Request, item_id: str) -> Response:
        return await page(request, item_id)

    def act(path: str, do: Act) -> None:
        @router.post(f"/disclosure/items/{{item_id}}/{path}", name=path)
        async def acted(request: Request, item_id: str) -> Response:
            form = await read_form(request)
            try:
                async with at_desk(request, database) as desk:
                    done = await do(desk, item_id, form)
            except MingjingError as error:
                return await page(request, item_id, form=form, error=error)
            return RedirectResponse(f"/disclosure/items/{item_id}?done={done}", 303)

    for path, do in ACTS.items():
        act(path, do)
    return router


async def _text(desk: Desk, item_id: str, form: Form) -> str:
    body = form.text("body", "公开文本", chars_max=TEXT_CHARS_MAX)
    form.refuse_if_wrong()
    submit = form.values.get("submit") == "yes"
    confirmed = form.many.get("confirmed", [])
    await text.save_text(desk, item_id, body, submit=submit, confirmed=confirmed)
    return "submitted" if submit else "saved"


async def _check(desk: Desk, item_id: str, form: Form) -> str:
    await check.pass_check(desk, item_id, form.values.get("seen", ""))
    return "check"


async def _return(desk: Desk, item_id: str, form: Form) -> str:
    reason = form.text("reason", "退回理由", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    await check.send_back(desk, item_id, reason)
    return "return"


async def _approve(desk: Desk, item_id: str, form: Form) -> str:
    await approval.approve(desk, item_id, form.values.get("seen", ""))
    return "approve"


async def _withhold(desk: Desk, item_id: str, form: Form) -> str:
    note = form.text("withhold_note", "具体情况", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    await withholding.withhold(desk, item_id, form.values.get("withhold_code", ""), note)
    return "withhold"


async def _release(desk: Desk, item_id: str, form: Form) -> str:
    note = form.text("release_note", "核定情况", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    await withholding.release(desk, item_id, note, form.values.get("seen", ""))
    return "release"


async def _correct(desk: Desk, item_id: str, form: Form) -> str:
    why = form.text("correct_why", "更正说明", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    await correction.begin_correction(desk, item_id, why)
    return "correct"


async def _keep(desk: Desk, item_id: str, form: Form) -> str:
    note = form.text("keep_note", "核对情况", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    await correction.keep_as_it_is(desk, item_id, note, form.values.get("seen", ""))
    return "keep"


async def _drop(desk: Desk, item_id: str, _form: Form) -> str:
    await correction.drop_correction(desk, item_id)
    return "drop"


async def _withdraw(desk: Desk, item_id: str, form: Form) -> str:
    says = form.text("withdraw_says", "公众看到的说明", required=False, chars_max=200)
    note = form.text("withdraw_note", "内部说明", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    code = form.values.get("withdraw_code", "")
    await withdrawal.withdraw(desk, item_id, code, says, note)
    return "withdraw"


async def _purpose(desk: Desk, item_id: str, form: Form) -> str:
    await say_why(desk, item_id, form)
    return "purpose"


ACTS: dict[str, Act] = {
    "text": _text,
    "check": _check,
    "return": _return,
    "approve": _approve,
    "withhold": _withhold,
    "release": _release,
    "correct": _correct,
    "keep": _keep,
    "drop": _drop,
    "withdraw": _withdraw,
    "purpose": _purpose,
}
