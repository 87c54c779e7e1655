"""What other pages show of review: duties, counts, hits, own log, the reviews of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, PlainTextResponse

from mingjing_review.acts.law_change import overdue_for
from mingjing_review.pages.board import reminded
from mingjing_review.pages.catalogue import shown_duty
from mingjing_review.pages.review import desks_of, shown
from mingjing_review.pages.terms import shown_reminder
from mingjing_review.pages.words import LOG
from mingjing_review.store.found_by import key_of
from mingjing_review.store.page import (
    count_waiting,
    handlers_of,
    reviews_found,
    reviews_of_case,
    waiting_for,
)
from mingjing_review.store.reminder import count_open, open_reminders
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.own_log import own_log
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.reach import reach_of

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

SIGNS_MIN = 2
SIGNS_MAX = 80


def routes(shell: Shell, database: Database) -> APIRouter:
    """HTML without the page around it; only what this officer may see."""
    router = APIRouter(prefix="/review/fragments", include_in_schema=False)

    def part(template: str, **values: Any) -> Response:
        return HTMLResponse(shell.text(template, **values))

    _duties(router, shell, database)

    @router.post("/search")
    async def search(request: Request) -> Response:
        text = (await read_form(request)).values.get("q", "").strip()
        if len(key_of(text)) < SIGNS_MIN or len(text) > SIGNS_MAX:
            raise InvalidInput(
                f"搜索内容应为 {SIGNS_MIN} 至 {SIGNS_MAX} 个字。",
                "可输入案号、文书号、警号或单位。",
            )
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), "review.see", tree)
        units = [u.code for u in tree.units.values() if text in u.name or text == u.code]
        found = [] if reach.is_nothing else await reviews_found(database, reach, text, units)
        return part("fragment_search.html", rows=[shown(review, tree) for review in found])

    @router.get("/log")
    async def log(request: Request) -> Response:
        return await own_log(shell, database, officer_of(request), LOG)

    @router.get("/case")
    async def case(request: Request, case_ref: str) -> Response:
        officer = officer_of(request)
        tree = await unit_tree(database, legal_today())
        found = await reviews_of_case(database, case_ref)
        handlers = await handlers_of(database, [review.decision_id for review in found])
        allowed = [
            shown(review, tree)
            for review in found
            if allowing_role(
                officer,
                "review.see",
                About(review.unit, handlers.get(review.decision_id, frozenset())),
                tree,
            )
        ]
        return part("fragment_case.html", rows=allowed, hidden=len(found) - len(allowed))

    return router


def _duties(router: APIRouter, shell: Shell, database: Database) -> None:
    """What waits for the officer, and how much of it."""

    @router.get("/todo")
    async def todo(request: Request) -> Response:
        tree = await unit_tree(database, legal_today())
        officer = officer_of(request)
        mine = await waiting_for(database, await desks_of(database, officer))
        raised = await open_reminders(database, await reminded(database, officer))
        text = shell.text(
            "fragment_todo.html",
            officer=officer,
            rows=[shown(review, tree) for review in mine],
            duties=[shown_duty(duty, tree) for duty in await overdue_for(database, officer)],
            reminders=[shown_reminder(row, tree) for row in raised],
        )
        return HTMLResponse(text)

    @router.get("/bell")
    async def bell(request: Request) -> Response:
        officer = officer_of(request)
        waiting = await count_waiting(database, await desks_of(database, officer))
        waiting += await count_open(database, await reminded(database, officer))
        waiting += len(await overdue_for(database, officer))
        return PlainTextResponse(str(waiting) if waiting < COUNTED_MAX else f"{waiting}+")
