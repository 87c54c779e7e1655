"""审计检索: the inspectorate asks every department what was done, seen and refused there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request

from mingjing_shared.errors import MingjingError
from mingjing_shared.web.audit_search import let_in, wanted_of
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.own_log import OUTCOMES
from mingjing_shared.web.shell import DEPARTMENTS

if TYPE_CHECKING:
    from starlette.responses import Response

    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

GATEWAY = ("gateway", "前门")
FIELDS = ("officer", "case_number", "outcome", "first", "last", "why")


def routes(shell: Shell, database: Database) -> APIRouter:
    """``/audit``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/audit")
    async def empty(request: Request) -> Response:
        async with at_desk(request, database) as desk:
            await let_in(desk)
        return _page(shell, request, Form(), None, {})

    @router.post("/audit")
    async def search(request: Request) -> Response:
        form = await read_form(request)
        async with at_desk(request, database) as desk:
            await let_in(desk)
        try:
            wanted_of(form)
        except MingjingError as error:
            return _page(shell, request, form, error, {})
        wanted = {name: form.values.get(name, "") for name in FIELDS}
        return _page(shell, request, form, None, {**wanted, "csrf": officer_of(request).csrf})

    return router


def _page(
    shell: Shell,
    request: Request,
    form: Form,
    error: MingjingError | None,
    wanted: dict[str, str],
) -> Response:
    places = [GATEWAY, *((one.code, one.name) for one in DEPARTMENTS)]
    outcomes = {code: word.name for code, word in OUTCOMES.items()}
    return shell.page(
        request,
        "audit.html",
        status=200 if error is None else error.status,
        form=form,
        error=error,
        wanted=wanted,
        places=places,
        outcomes=outcomes,
    )
