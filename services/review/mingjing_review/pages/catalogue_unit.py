"""目录清单 of one unit: what it goes by today, its versions, what it owes after changes of law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.catalogue import DRAFT, begin
from mingjing_review.acts.law_change import CHECK, duties_now, keep_as_it_is
from mingjing_review.pages.catalogue import SEE, shown_duty, shown_version
from mingjing_review.pages.catalogue_words import DONE, conditions
from mingjing_review.rules.catalogue import first_catalogue
from mingjing_review.rules.grounds import GROUNDS
from mingjing_review.store.catalogue import catalogues_in, versions_of
from mingjing_review.store.law_change import checks, words_of_check
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.reach import refuse_nothing

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of a unit, a new draft, and a check after a change of law."""
    router = APIRouter(include_in_schema=False)

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
                await desk.permit(CHECK, Subject("catalogue", unit), About(unit))
                desk.settle()  # noted as done by the act itself
                words = form.text("words", "核对结论和理由")
                form.refuse_if_wrong()
                change = (form.values.get("source", ""), form.values.get("event_id", ""))
                await keep_as_it_is(desk, unit, change, words)
        except MingjingError as error:
            return await of_unit(request, unit, form=form, error=error)
        return RedirectResponse(f"/review/catalogue/{quote(unit, safe='')}?done=check", 303)

    return router


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
