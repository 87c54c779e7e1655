"""登录, 退出, 首次设置密码."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_gateway.acts.account import set_first_password
from mingjing_gateway.acts.session import Attempts, Sessions, sign_in, sign_out
from mingjing_gateway.rules.session import COOKIE, FIRST_PASSWORD
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form, read_open_form
from mingjing_shared.web.problems import retry_after
from mingjing_shared.web.signed_in import SIGN_IN, refuse_foreign_origin

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

SIGN_OUT = "/session/sign-out"
_OURS = re.compile(r"/(?!/)[^\\\x00-\x1f]*")


def routes(shell: Shell, database: Database, sessions: Sessions, attempts: Attempts) -> APIRouter:
    """Signing in and out."""
    router = APIRouter(include_in_schema=False)

    @router.get(SIGN_IN)
    async def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the address's own word
        return _form(shell, request, Form({"next": ours(next)}))

    @router.post(SIGN_IN)
    async def enter(request: Request) -> Response:
        refuse_foreign_origin(request)
        sent = await read_open_form(request)
        sent.values["next"] = ours(sent.values.get("next", "/"))
        password = sent.values.pop("password", "")
        try:
            with attempts.trying(place_of(request)):
                number = sent.values.get("number", "").strip()
                begun = await sign_in(database, number, password, request.state.request_id)
        except MingjingError as error:
            return _form(shell, request, sent, error)
        to = sent.values["next"]
        if begun.was_locked:
            to = f"/my/log?done=locked&next={quote(to, safe='/')}"
        return with_cookie(RedirectResponse(to, 303), request, begun.secret)

    @router.post(SIGN_OUT)
    async def leave(request: Request) -> Response:
        await read_form(request)
        secret = request.cookies.get(COOKIE, "")
        async with at_desk(request, database) as desk:
            await sign_out(desk, secret)
        sessions.forget(secret)
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    @router.get(FIRST_PASSWORD)
    async def first(request: Request) -> Response:
        return shell.page(request, "first_password.html", form=Form(), error=None)

    @router.post(FIRST_PASSWORD)
    async def set_first(request: Request) -> Response:
        refuse_foreign_origin(request)
        sent = await read_open_form(request)
        try:
            with attempts.trying(place_of(request)):
                new = same_twice(sent)
                async with database.transaction() as tx:
                    await set_first_password(tx, sent.values.get("link", "").strip(), new)
        except MingjingError as error:
            return shell.page(
                request, "first_password.html", status=error.status, form=sent, error=error
            )
        sessions.forget_all()
        return RedirectResponse(f"{SIGN_IN}?set=1", 303)

    return router


def same_twice(form: Form) -> str:
    """The new password, typed twice alike; neither is kept for the page.

    Raises:
        InvalidInput: they differ.
    """
    new, again = form.values.pop("password", ""), form.values.pop("again", "")
    if new != again:
        raise InvalidInput("两次输入的新密码不一致。", "请重新输入。")
    return new


def with_cookie(answer: Response, request: Request, secret: str) -> Response:
    """The answer that begins a session in the browser."""
    answer.set_cookie(
        COOKIE,
        secret,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.headers.get("x-forwarded-proto") == "https",
    )
    return answer


def _form(
    shell: Shell, request: Request, form: Form, error: MingjingError | None = None
) -> Response:
    return shell.page(
        request,
        "sign_in.html",
        status=200 if error is None else error.status,
        headers=retry_after(error),
        form=form,
        error=error,
        is_set="set" in request.query_params,
    )


def ours(address: str) -> str:
    """Where to go afterwards: an address of ours, never another site."""
    return address if _OURS.fullmatch(address) else "/"


def place_of(request: Request) -> str:
    """Where an attempt comes from: as the front proxy says it."""
    forwarded = request.headers.get("x-forwarded-for", "")
    return forwarded.split(",")[-1].strip() or (request.client.host if request.client else "")
