"""调阅申请: asking to look at another unit's footage, deciding on it, and looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_recording.acts.access import (
    DECIDE,
    decide_access,
    may_request,
    request_access,
)
from mingjing_recording.errors import NotNow, OwnRequest
from mingjing_recording.pages import words
from mingjing_recording.pages.action import VIEWS
from mingjing_recording.pages.sight import reach_here, refuse_unless_allowed
from mingjing_recording.rules.access import days_open, state_of
from mingjing_recording.rules.media import PLAYED_BY_BROWSERS
from mingjing_recording.store.access import (
    LISTED_MAX,
    footage_covered,
    newest_request,
    request_of,
    requests_within,
)
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import STATED, Purpose, in_words
from mingjing_shared.clock import legal_now, legal_today, machine_now
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.purpose import words_in

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_recording.rules.access import State
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.shell import Shell

_DECISIONS = {"approve": "approved", "refuse": "refused"}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list, the form, the page of one request with what it opened, and the decision."""
    router = APIRouter(include_in_schema=False)

    @router.get("/recording/access")
    async def listed(request: Request) -> Response:
        reach = await reach_here(request, database, DECIDE)
        rows = await requests_within(database, reach, officer_of(request).number)
        tree = await unit_tree(database, legal_today())
        return shell.page(
            request,
            "access.html",
            views=VIEWS,
            rows=[_shown(row, tree) for row in rows],
            most=LISTED_MAX,
        )

    @router.get("/recording/footage/{footage_id}/access")
    async def form(request: Request, footage_id: str) -> Response:
        return await _form(request, shell, database, footage_id)

    @router.post("/recording/footage/{footage_id}/access")
    async def ask(request: Request, footage_id: str) -> Response:
        typed = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                request_id = await request_access(desk, footage_id, typed)
        except (InvalidInput, NotNow) as error:
            return await _form(request, shell, database, footage_id, form=typed, error=error)
        return RedirectResponse(f"/recording/access/{request_id}?done=asked", 303)

    @router.get("/recording/access/{request_id}")
    async def one(request: Request, request_id: str) -> Response:
        return await _page(request, shell, database, request_id)

    @router.post("/recording/access/{request_id}/decision")
    async def decide(request: Request, request_id: str) -> Response:
        typed = await read_form(request)
        try:
            code = typed.choice("decision", "批准或不批准", _DECISIONS)
            reason = ""
            if code == "refuse" or typed.values.get("reason", "").strip():
                reason = words_in(typed, "reason", "理由")
            typed.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                await decide_access(desk, request_id, approves=code == "approve", reason=reason)
        except (InvalidInput, NotNow, OwnRequest) as error:
            return await _page(request, shell, database, request_id, form=typed, error=error)
        return RedirectResponse(f"/recording/access/{request_id}?done={_DECISIONS[code]}", 303)

    return router


async def refused(
    request: Request, shell: Shell, database: Database, footage_id: str, error: MingjingError
) -> Response:
    """The refusal of a recording's page, with the lawful way to it."""
    last = await newest_request(database, officer_of(request).number, footage_id)
    state = None if last is None else _state(last)
    return shell.page(
        request,
        "footage_refused.html",
        status=error.status,
        message=error.message,
        footage_id=footage_id,
        known=None if state is None else words.ACCESS_STATES[state],
        request_id=None if last is None else last.request_id,
        is_open=state == "open",
        may_ask=state in ("over", "refused"),
    )


async def _form(
    request: Request,
    shell: Shell,
    database: Database,
    footage_id: str,
    *,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    row = None
    try:
        async with at_desk(request, database) as desk:
            row = await may_request(desk, footage_id)
    except NotNow as found:
        error = found
    tree = await unit_tree(database, legal_today())
    return shell.page(
        request,
        "access_form.html",
        status=200 if error is None else error.status,
        footage_id=footage_id,
        unit=tree.name_of(row.unit) if row is not None else None,
        has_case=row is not None and row.case_number is not None,
        days=days_open(legal_today()),
        purposes=STATED,
        form=form or Form(),
        error=error,
    )


async def _page(
    request: Request,
    shell: Shell,
    database: Database,
    request_id: str,
    *,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    row = await request_of(database, request_id)
    if row is None:
        raise NotFound("没有这件调阅申请。", "请从调阅申请清单进入。")
    officer, what = officer_of(request), About(unit=row.unit)
    tree = await unit_tree(database, legal_today())
    if row.officer != officer.number:
        subject = Subject("access_request", request_id, row.case_number)
        await refuse_unless_allowed(request, database, DECIDE, subject, what)
    shown = _shown(row, tree)
    is_mine_and_open = row.officer == officer.number and _state(row) == "open"
    footage = await footage_covered(database, row) if is_mine_and_open else ()
    return shell.page(
        request,
        "access_one.html",
        status=200 if error is None else error.status,
        **shown,
        state_code=_state(row),
        may_decide=row.officer != officer.number
        and allowing_role(officer, DECIDE, what, tree) is not None,
        days=days_open(legal_today()),
        footage=[_playable(one) for one in footage],
        now=machine_now(),
        form=form or Form(),
        error=error,
        done=words.DONE.get(request.query_params.get("done", "")),
    )


def _shown(row: Row[Any], tree: UnitTree) -> dict[str, Any]:
    """A request in words."""
    return {
        "row": row,
        "state": words.ACCESS_STATES[_state(row)],
        "officer_unit": tree.name_of(row.officer_unit),
        "unit": tree.name_of(row.unit),
        "purpose": in_words(Purpose(row.purpose, row.words).said),
    }


def _state(row: Row[Any]) -> State:
    return state_of(is_approved=row.is_approved, open_until=row.open_until, now=legal_now())


def _playable(row: Row[Any]) -> dict[str, Any]:
    media_type = row.media_type or ""
    return {
        "row": row,
        "plays": media_type in PLAYED_BY_BROWSERS,
        "is_sound": media_type.startswith("audio/"),
    }
