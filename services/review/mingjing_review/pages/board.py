"""期限看板: every term that runs, the most urgent first; and the reminders, looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.errors import Unknown
from mingjing_review.pages.terms import KINDS, address_of, shown_reminder, shown_term, waiting_of
from mingjing_review.store.board import Asked, counts_of_terms, urgent_terms
from mingjing_review.store.reminder import (
    ForWhom,
    for_whom,
    look_at,
    open_reminders,
    reminder_of,
)
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.lists import asked_state, tiles
from mingjing_shared.web.permissions import About
from mingjing_shared.web.reach import reach_of, reaches, refuse_nothing

if TYPE_CHECKING:
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The board; filters and the place in it stand in the address."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/board")
    async def board(
        request: Request,
        kind: str | None = None,
        mine: str | None = None,
        after: str | None = None,
    ) -> Response:
        officer = officer_of(request)
        chosen = asked_state(kind, KINDS)
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer, "review.see", tree)
        refuse_nothing(officer, "review.see", reach)
        waiting = await waiting_of(database, officer)
        asked = Asked(chosen, mine == "yes", after)
        page = await urgent_terms(database, reach, waiting, asked)
        counts = await counts_of_terms(database, reach, waiting, legal_now(), mine=asked.mine)
        reminders = await open_reminders(database, await reminded(database, officer))
        return shell.page(
            request,
            "board.html",
            tiles=tiles(KINDS, counts),
            overdue=counts.get("overdue", 0),
            counted_max=COUNTED_MAX,
            chosen=chosen,
            mine=asked.mine,
            after=after,
            address=lambda **changes: _address({"kind": chosen, "mine": mine, **changes}),
            next=page.next,
            rows=[shown_term(term, tree) for term in page.rows],
            reminders=[shown_reminder(row, tree) for row in reminders],
        )

    @router.post("/review/reminders/{reminder_id}/seen")
    async def seen(request: Request, reminder_id: str) -> Response:
        await read_form(request)
        async with at_desk(request, database) as desk:
            row = await reminder_of(desk.tx, reminder_id)
            if row is None:
                raise Unknown("没有这条提醒，或者它的期限已经办结。", "请回到期限看板。")
            subject = Subject("reminder", reminder_id, row["case_number"])
            whose = About(row["unit"], frozenset(row["handlers"]))
            await desk.permit("review.see", subject, whose)
            await look_at(desk.tx, reminder_id, desk.officer.number)
        address = address_of(row["kind"], row["task"], row["decision_id"], row["case_ref"])
        return RedirectResponse(address, 303)

    return router


async def reminded(source: Database | Transaction, officer: Officer) -> ForWhom:
    """The reminders that concern an officer."""
    reached = await reaches(source, officer, ["review.opinion"])
    return for_whom(officer, reached["review.opinion"])


def _address(asked: dict[str, str | None]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"/review/board?{urlencode(given)}" if given else "/review/board"
