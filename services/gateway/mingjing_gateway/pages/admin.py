"""系统管理: accounts, and roles by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID  # noqa: TC003 - FastAPI reads it at run time

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_gateway.acts.account import ACT as MANAGE
from mingjing_gateway.acts.account import make_account, open_or_close_account, renew_link
from mingjing_gateway.acts.role import decide_change, propose_change
from mingjing_gateway.acts.session import Sessions  # noqa: TC001 - FastAPI reads it at run time
from mingjing_gateway.rules.role import held_by
from mingjing_gateway.rules.session import address_of_link
from mingjing_gateway.store.account import all_accounts, link_request, listed_account
from mingjing_gateway.store.role import approved_changes, changes_of, open_changes
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import ACCOUNTS
from mingjing_shared.clock import legal_today, machine_now
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import MingjingError, NotAllowed
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.permissions import About
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

WHAT = {"grant": "授予", "withdraw": "收回"}
DONE = {
    "proposed": "已提请，等待另一名系统管理员批准。",
    "approved": "已批准，即时生效。",
    "refused": "已驳回。",
    "asked": "已提请。该账号有角色，须由另一名系统管理员在本页生成链接。",
    "opened": "账号已启用。",
    "closed": "账号已停用，其全部会话已退出。",
}
PAGE_SIZE = 50


def routes(shell: Shell, database: Database, sessions: Sessions) -> APIRouter:
    """``/admin/…``, for administrators."""
    router = APIRouter(include_in_schema=False)
    _lists(router, shell, database)
    _accounts(router, shell, database, sessions)
    _roles(router, shell, database, sessions)
    return router


def _only_administrators(request: Request) -> None:
    if not officer_of(request).has("administrator"):
        raise NotAllowed("“系统管理”只供系统管理员使用。", "如需开通账号或角色，请联系系统管理员。")


async def _account_page(
    shell: Shell,
    database: Database,
    request: Request,
    number: str,
    *,
    form: Form | None = None,
    error: MingjingError | None = None,
    link: str | None = None,
) -> Response:
    _only_administrators(request)
    found = await listed_account(database, number)
    if found is None:
        raise NotFound("没有这个账号。", "请从账号列表进入。")
    return shell.page(
        request,
        "admin_account.html",
        status=200 if error is None else error.status,
        account=found,
        asked=await link_request(database, number),
        held=held_by(await approved_changes(database, [number]), number),
        changes=await changes_of(database, number),
        form=form or Form(),
        error=error,
        link=link,
        done=DONE.get(request.query_params.get("done", "")),
        roles=ROLES,
        what=WHAT,
        now=machine_now(),
        tree=await unit_tree(database, legal_today()),
    )


def _lists(router: APIRouter, shell: Shell, database: Database) -> None:
    @router.get("/admin/")
    async def overview(request: Request, after: str = "") -> Response:
        _only_administrators(request)
        rows = await all_accounts(database, after, PAGE_SIZE + 1)
        shown = rows[:PAGE_SIZE]
        changes = await approved_changes(database, [row.police_number for row in shown])
        return shell.page(
            request,
            "admin.html",
            accounts=shown,
            held={row.police_number: held_by(changes, row.police_number) for row in shown},
            next=shown[-1].police_number if len(rows) > PAGE_SIZE else None,
            open=await open_changes(database),
            form=Form(),
            error=None,
            done=DONE.get(request.query_params.get("done", "")),
            roles=ROLES,
            what=WHAT,
            now=machine_now(),
            tree=await unit_tree(database, legal_today()),
        )

    @router.get("/admin/accounts/{number}")
    async def account(request: Request, number: str) -> Response:
        async with at_desk(request, database) as desk:
            await desk.saw(MANAGE, Subject("account", number), About(), ACCOUNTS)
        return await _account_page(shell, database, request, number)


def _accounts(router: APIRouter, shell: Shell, database: Database, sessions: Sessions) -> None:
    @router.get("/admin/new-account")
    async def new(request: Request) -> Response:
        _only_administrators(request)
        return shell.page(request, "admin_new_account.html", form=Form(), error=None)

    @router.post("/admin/new-account")
    async def make(request: Request) -> Response:
        form = await read_form(request)
        number = form.text("number", "警号", chars_max=6)
        name = form.text("name", "姓名", chars_max=50)
        unit = form.text("unit", "单位编码", chars_max=12)
        try:
            form.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                link = await make_account(desk, number, name, unit)
        except MingjingError as error:
            return shell.page(
                request, "admin_new_account.html", status=error.status, form=form, error=error
            )
        return await _account_page(shell, database, request, number, link=address_of_link(link))

    @router.post("/admin/accounts/{number}/link")
    async def renew(request: Request, number: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                link = await renew_link(desk, number)
        except MingjingError as error:
            return await _account_page(shell, database, request, number, form=form, error=error)
        if link is None:
            return RedirectResponse(f"/admin/accounts/{number}?done=asked", 303)
        return await _account_page(shell, database, request, number, link=address_of_link(link))

    @router.post("/admin/accounts/{number}/{whether}")
    async def open_or_close(request: Request, number: str, whether: str) -> Response:
        form = await read_form(request)
        if whether not in ("open", "close"):
            raise NotFound("这个地址没有内容。", "请从账号页操作。")
        try:
            async with at_desk(request, database) as desk:
                await open_or_close_account(desk, number, is_open=whether == "open")
        except MingjingError as error:
            return await _account_page(shell, database, request, number, form=form, error=error)
        sessions.forget_all()
        done = "opened" if whether == "open" else "closed"
        return RedirectResponse(f"/admin/accounts/{number}?done={done}", 303)


def _roles(router: APIRouter, shell: Shell, database: Database, sessions: Sessions) -> None:
    @router.post("/admin/accounts/{number}/roles/propose")
    async def propose(request: Request, number: str) -> Response:
        form = await read_form(request)
        role, what = form.choice("role", "角色", ROLES), form.choice("what", "事项", WHAT)
        unit = form.text("unit", "单位编码", chars_max=12)
        why = form.text("why", "原因", chars_max=200)
        try:
            form.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                await propose_change(
                    desk, police_number=number, role=role, unit=unit, what=what, why=why
                )
        except MingjingError as error:
            return await _account_page(shell, database, request, number, form=form, error=error)
        return RedirectResponse(f"/admin/accounts/{number}?done=proposed", 303)

    @router.post("/admin/changes/{change_id}/{whether}")
    async def decide(request: Request, change_id: UUID, whether: str) -> Response:
        await read_form(request)
        if whether not in ("approve", "refuse"):
            raise NotFound("这个地址没有内容。", "请从“系统管理”操作。")
        async with at_desk(request, database) as desk:
            await decide_change(desk, str(change_id), approved=whether == "approve")
        sessions.forget_all()
        done = "approved" if whether == "approve" else "refused"
        return RedirectResponse(f"/admin/?done={done}", 303)
