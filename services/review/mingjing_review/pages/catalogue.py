"""目录清单: every version within reach, what each unit goes by, and what changed in the law."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.catalogue import DRAFT, begin
from mingjing_review.acts.law_change import (
    CHECK,
    ENTER,
    Entered,
    duties_now,
    enter_change,
    keep_as_it_is,
)
from mingjing_review.pages.catalogue_words import DONE, DUTIES, STATES, conditions
from mingjing_review.rules.catalogue import first_catalogue
from mingjing_review.rules.grounds import GROUNDS
from mingjing_review.rules.versions import shown_state
from mingjing_review.store.catalogue import (
    catalogues_in,
    counts_of_versions,
    newest_versions,
    versions_of,
)
from mingjing_review.store.law_change import checks, words_of_check
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import MingjingError
from mingjing_shared.events.values import Id
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.problems import NotFound
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
_WHAT = Id.__metadata__[0].pattern


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list of versions, and the page of a unit."""
    router = APIRouter(include_in_schema=False)

    async def listed(
        request: Request,
        state: str | None = None,
        after: str | None = None,
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

    async def of_unit(
        request: Request,
        unit: str,
        done: str | None = None,
        form: Form | None = None,
        error: MingjingError | None = None,
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _unit(desk, unit)
        return shell.page(
            request,
            "catalogue_unit.html",
            status=error.status if error else 200,
            form=form or Form(),
            error=error,
            done=DONE.get(done or ""),
            **values,
        )

    @router.get("/review/catalogue")
    async def catalogue(
        request: Request,
        state: str | None = None,
        after: str | None = None,
        done: str | None = None,
    ) -> Response:
        return await listed(request, state, after, done)

    @router.post("/review/catalogue/changes")
    async def change_entered(request: Request) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await _refuse(desk, ENTER, None)
                await enter_change(desk, _entered(form))
        except MingjingError as error:
            return await listed(request, form=form, error=error)
        return RedirectResponse("/review/catalogue?done=change", 303)

    @router.get("/review/catalogue/{unit}")
    async def unit_page(request: Request, unit: str, done: str | None = None) -> Response:
        return await of_unit(request, unit, done)

    @router.post("/review/catalogue/{unit}/draft")
    async def begun(request: Request, unit: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                version_id = await begin(desk, unit)
        except MingjingError as error:
            return await of_unit(request, unit, form=form, error=error)
        return RedirectResponse(f"/review/catalogue/versions/{version_id}?done=begun", 303)

    @router.post("/review/catalogue/{unit}/checks")
    async def checked(request: Request, unit: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await _refuse(desk, CHECK, unit)
                words = form.text("words", "核对结论和理由")
                form.refuse_if_wrong()
                change = (form.values.get("source", ""), form.values.get("event_id", ""))
                await keep_as_it_is(desk, unit, change, words)
        except MingjingError as error:
            return await of_unit(request, unit, form=form, error=error)
        return RedirectResponse(f"/review/catalogue/{quote(unit, safe='')}?done=check", 303)

    return router


async def _refuse(desk: Desk, act: str, unit: str | None) -> None:
    """Refuse an act to who has no right to it, before what was typed is judged."""
    if act == ENTER:
        await desk.permit(act, Subject("law", "new"), About(None))
    else:
        await desk.permit(act, Subject("catalogue", unit or ""), About(unit))
    desk.settle()  # noted as done by the act itself


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


async def _unit(desk: Desk, unit: str) -> dict[str, Any]:
    reach = await desk.reach(SEE)
    refuse_nothing(desk.officer, SEE, reach)
    tree, today = await desk.tree(), legal_today()
    if unit not in tree.units:
        raise NotFound("没有这个单位。", "请从目录清单页面打开。")
    within = reach.everything or unit in reach.units
    versions = [
        version
        for version in await versions_of(desk.tx, unit)
        if within or version.state == "published"
    ]
    held = (await catalogues_in(desk.tx)).version_for(unit, today)
    items = first_catalogue(today).items if held is None else held.items
    notes = {
        (check.unit, check.source, check.event_id): words_of_check(desk.tx, check)
        for check in (await checks(desk.tx) if within else ())
        if check.unit == unit
    }
    duties = [
        {**shown_duty(duty, tree), "words": notes.get((unit, *duty.change.key), "")}
        for duty in await duties_now(desk.tx, tree)
        if duty.unit == unit and within
    ]
    may_draft = allowing_role(desk.officer, DRAFT, About(unit), tree) is not None
    return {
        "unit": unit,
        "name": tree.name_of(unit),
        "held": held,
        "held_by": None if held is None else tree.name_of(held.unit),
        "items": [(item, conditions(item)) for item in items],
        "grounds": [
            dated.in_force_on(today) for dated in GROUNDS.values() if dated.is_in_force_on(today)
        ],
        "versions": [shown_version(version, tree) for version in versions],
        "duties": duties,
        "may_draft": may_draft and not (versions and versions[0].state != "published"),
        "may_check": may_draft,
        "today": today,
    }


def shown_version(version: Version, tree: UnitTree) -> dict[str, Any]:
    """A version in words."""
    state = shown_state(
        version.state, version.valid_from, version.replaced_from, legal_today()
    )
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
    if "what" not in form.problems and not re.match(_WHAT, what):
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
