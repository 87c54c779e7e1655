"""目录清单: every version within reach, and what is owed after changes of law."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.catalogue import DRAFT
from mingjing_review.acts.law_change import (
    ENTER,
    Entered,
    duties_now,
    enter_change,
)
from mingjing_review.pages.catalogue_words import DONE, DUTIES, STATES
from mingjing_review.rules.versions import shown_state
from mingjing_review.store.catalogue import (
    counts_of_versions,
    newest_versions,
)
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.reach import refuse_nothing

if TYPE_CHECKING:
    from mingjing_review.rules.law_change import Duty
    from mingjing_review.store.catalogue import Version
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

SEE = "review.see"
DUTIES_SHOWN_MAX = 100
LINE_CHARS_MAX = 500
_WHAT = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list of versions, and the form for a change of law."""
    router = APIRouter(include_in_schema=False)

    async def listed(
        request: Request,
        state: str | None = None,
        after: str | None = None,
        *,
        done: str | None = None,
        form: Form | None = None,
        error: MingjingError | None = None,
    ) -> Response:
        chosen = asked_state(state, STATES)
        async with at_desk(request, database) as desk:
            values = await _list(desk, chosen, after)
        return shell.page(
            request,
            "catalogue_list.html",
            status=error.status if error else 200,
            form=form or Form(),
            error=error,
            done=DONE.get(done or ""),
            chosen=chosen,
            after=after,
            **values,
        )

    @router.get("/review/catalogue")
    async def catalogue(
        request: Request,
        state: str | None = None,
        after: str | None = None,
        done: str | None = None,
    ) -> Response:
        return await listed(request, state, after, done=done)

    @router.post("/review/catalogue/changes")
    async def change_entered(request: Request) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await desk.permit(ENTER, Subject("law", "new"), About(None))
                desk.settle()  # noted as done by the act itself
                await enter_change(desk, _entered(form))
        except MingjingError as error:
            return await listed(request, form=form, error=error)
        return RedirectResponse("/review/catalogue?done=change", 303)

    return router


async def _list(desk: Desk, chosen: str | None, after: str | None) -> dict[str, Any]:
    reach = await desk.reach(SEE)
    refuse_nothing(desk.officer, SEE, reach)
    tree, today = await desk.tree(), legal_today()
    page = await newest_versions(desk.tx, reach, chosen, today, after)
    counts = await counts_of_versions(desk.tx, reach, today)
    owed = [
        shown_duty(duty, tree)
        for duty in await duties_now(desk.tx, tree)
        if duty.settled_on is None and (reach.everything or duty.unit in reach.units)
    ]
    drafts_for = sorted(
        {
            role.unit
            for role in desk.officer.roles
            if allowing_role(desk.officer, DRAFT, About(role.unit), tree)
        }
    )
    return {
        "rows": [shown_version(version, tree) for version in page.rows],
        "next": page.next,
        "tiles": tiles(STATES, counts),
        "duties": owed[:DUTIES_SHOWN_MAX],
        "duties_more": max(0, len(owed) - DUTIES_SHOWN_MAX),
        "own_units": [(code, tree.name_of(code)) for code in drafts_for],
        "may_enter": allowing_role(desk.officer, ENTER, About(None), tree) is not None,
        "today": today,
    }


def shown_version(version: Version, tree: UnitTree) -> dict[str, Any]:
    """A version in words."""
    state = shown_state(version.state, version.valid_from, version.replaced_from, legal_today())
    return {
        "version": version,
        "unit": tree.name_of(version.unit),
        "state": word_of(state, STATES),
        "code": state,
    }


def shown_duty(duty: Duty, tree: UnitTree) -> dict[str, Any]:
    """What a unit owes after a change of law, in words: from when, by what, how long still."""
    today = legal_today()
    left = None if duty.term is None else (duty.term.due_on - today).days
    if duty.settled_on is not None or left is None:
        remains = ""
    elif left < 0:
        remains = f"已超 {-left} 日"
    else:
        remains = f"剩 {left} 日"
    return {
        "duty": duty,
        "unit": tree.name_of(duty.unit),
        "state": word_of(duty.state, DUTIES),
        "remains": remains,
        "due_on": None if duty.term is None else duty.term.due_on,
        "provisional": duty.term is not None and duty.term.provisional,
    }


def _entered(form: Form) -> Entered:
    """A change of law as it was typed.

    Raises:
        InvalidInput: a field is missing or wrong.
    """
    what = form.text("what", "法律代号", chars_max=64)
    if "what" not in form.problems and not _WHAT.fullmatch(what):
        form.problems["what"] = "法律代号只用字母、数字和 _ . : -，例如 public_security_2025。"
    day = form.text("holds_from", "施行日期", chars_max=10)
    source = form.text("law_source", "文件和条款", chars_max=500)
    affected = [
        line.strip()
        for line in form.text("affected", "涉及的条目", required=False).split("\n")
        if line.strip()
    ]
    if "holds_from" not in form.problems:
        try:
            parsed = date.fromisoformat(day)
        except ValueError:
            form.problems["holds_from"] = f"“{day}”不是日期，应为 年-月-日，例如 2026-01-01。"
    if any(len(line) > LINE_CHARS_MAX for line in affected):
        form.problems["affected"] = "每行最多 500 字。"
    form.refuse_if_wrong()
    return Entered(what, parsed, source, tuple(affected))
