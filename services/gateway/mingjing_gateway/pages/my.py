"""What is the officer's own: account and password, 操作记录, 代行."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID  # noqa: TC003 - FastAPI reads it at run time

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_gateway.acts.account import LINK_MADE_BY, change_password
from mingjing_gateway.acts.role import delegate, end_delegation
from mingjing_gateway.acts.session import (
    Attempts,
    Sessions,
    prove_again,
    sign_out_everywhere,
)
from mingjing_gateway.pages.session import ours, place_of, same_twice
from mingjing_gateway.rules.role import DELEGABLE
from mingjing_gateway.rules.session import COOKIE, FAILURES_MAX, LOCK_MINUTES
from mingjing_gateway.store.account import sessions_of
from mingjing_gateway.store.role import delegations_of
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.own_log import LogWords, SubjectKind, own_log
from mingjing_shared.web.problems import retry_after
from mingjing_shared.web.signed_in import SIGN_IN

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

DONE = {
    "locked": "上次登录以来，有人连续输错本账号的密码，曾暂停登录；逐次见下方“前门”一栏。"
    "如非本人操作，请立即更改密码并告知系统管理员。",
    "password": "密码已更改，其他会话已退出。",
    "given": "已授权代行。",
    "ended": "已收回授权。",
}
_REASONS = {
    "wrong-password": "密码不正确",
    "locked": f"密码连续 {FAILURES_MAX} 次不正确，暂停登录 {LOCK_MINUTES} 分钟",
    "while-locked": "暂停登录期间的尝试",
    "not-open": "账号未启用",
    "unknown": "没有这个账号",
    "password changed": "更改密码",
    "signed out": "退出登录",
    "signed out everywhere": "退出全部会话",
}


def reason_in_words(reason: str) -> str | None:
    """A reason in the gateway's audit in words; nothing where it has none."""
    if reason.startswith(LINK_MADE_BY):
        return f"用 {reason.removeprefix(LINK_MADE_BY)} 生成的链接设置密码"
    return _REASONS.get(reason)


LOG = LogWords(
    heading="前门",
    hint="登录、账号、角色、代行",
    subjects={"account": SubjectKind("账号")},
    acts={"gateway.sign_in": "登录", "gateway.own_account": "管理本人账号"},
    reason=reason_in_words,
)


def routes(shell: Shell, database: Database, sessions: Sessions, attempts: Attempts) -> APIRouter:
    """``/my/…``."""
    router = APIRouter(include_in_schema=False)
    _account(router, shell, database, sessions, attempts)
    _delegations(router, shell, database, sessions)

    @router.get("/my/log")
    async def log(request: Request) -> Response:
        then = ours(request.query_params.get("next", ""))
        done = DONE.get(request.query_params.get("done", ""))
        return shell.page(request, "my_log.html", done=done, then=then)

    @router.get("/gateway/fragments/log")
    async def fragment(request: Request) -> Response:
        return await own_log(shell, database, officer_of(request), LOG)

    return router


def _account(
    router: APIRouter, shell: Shell, database: Database, sessions: Sessions, attempts: Attempts
) -> None:
    async def page(
        request: Request, form: Form | None = None, error: MingjingError | None = None
    ) -> Response:
        return shell.page(
            request,
            "my_account.html",
            status=200 if error is None else error.status,
            headers=retry_after(error),
            form=form or Form(),
            error=error,
            done=DONE.get(request.query_params.get("done", "")),
            sessions=await sessions_of(database, officer_of(request).number),
            roles=ROLES,
            tree=await unit_tree(database, legal_today()),
        )

    @router.get("/my/account")
    async def account(request: Request) -> Response:
        return await page(request)

    @router.post("/my/password")
    async def password(request: Request) -> Response:
        form = await read_form(request)
        old = form.values.pop("old", "")
        try:
            with attempts.trying(place_of(request)):
                new = same_twice(form)
                number = officer_of(request).number
                await prove_again(database, number, old, request.state.request_id)
                async with at_desk(request, database) as desk:
                    await change_password(desk, new)
        except MingjingError as error:
            return await page(request, form, error)
        sessions.forget_all()
        return RedirectResponse(f"{SIGN_IN}?set=1", 303)

    @router.post("/my/sign-out-everywhere")
    async def everywhere(request: Request) -> Response:
        await read_form(request)
        async with at_desk(request, database) as desk:
            await sign_out_everywhere(desk)
        sessions.forget_all()
        answer = RedirectResponse(SIGN_IN, 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer


def _delegations(router: APIRouter, shell: Shell, database: Database, sessions: Sessions) -> None:
    async def page(
        request: Request, form: Form | None = None, error: MingjingError | None = None
    ) -> Response:
        officer = officer_of(request)
        own = [r for r in officer.roles if r.code in DELEGABLE and r.instead_of is None]
        return shell.page(
            request,
            "my_delegations.html",
            status=200 if error is None else error.status,
            form=form or Form(),
            error=error,
            done=DONE.get(request.query_params.get("done", "")),
            rows=await delegations_of(database, officer.number),
            own={f"{role.code}@{role.unit}": role for role in own},
            roles=ROLES,
            today=legal_today(),
            tree=await unit_tree(database, legal_today()),
        )

    @router.get("/my/delegations")
    async def delegations(request: Request) -> Response:
        return await page(request)

    @router.post("/my/delegations")
    async def give(request: Request) -> Response:
        form = await read_form(request)
        try:
            wanted = _wanted(form)
            async with at_desk(request, database) as desk:
                await delegate(desk, **wanted)
        except MingjingError as error:
            return await page(request, form, error)
        sessions.forget_all()
        return RedirectResponse("/my/delegations?done=given", 303)

    @router.post("/my/delegations/{delegation_id}/end")
    async def end(request: Request, delegation_id: UUID) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await end_delegation(desk, str(delegation_id))
        except MingjingError as error:
            return await page(request, form, error)
        sessions.forget_all()
        return RedirectResponse("/my/delegations?done=ended", 303)


def _wanted(form: Form) -> dict[str, Any]:
    role, _, unit = form.text("role", "代行的角色").partition("@")
    wanted = {
        "taker": form.text("taker", "代行人警号", chars_max=6),
        "role": role,
        "unit": unit,
        "from_on": _day(form, "from_on", "首日"),
        "until_on": _day(form, "until_on", "末日"),
        "why": form.text("why", "原因", chars_max=200),
    }
    form.refuse_if_wrong()
    return wanted


def _day(form: Form, name: str, label: str) -> date | None:
    text = form.text(name, label)
    try:
        return date.fromisoformat(text)
    except ValueError:
        form.problems.setdefault(name, f"{label}应为日期，如 2026-09-18。")
        return None
