"""审核人员: the register of reviewers, their qualification, what lies on their desks, absences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.assignment import ASSIGN
from mingjing_review.acts.reviewer import (
    Away,
    come_back,
    note_absence,
    register_earlier,
    subject_of,
)
from mingjing_review.errors import Unknown
from mingjing_review.pages.person import person_shown, standing_code
from mingjing_review.pages.review import shown
from mingjing_review.pages.words import DONE, LEVELS, STANDINGS
from mingjing_review.rules.assignment import urgent_until
from mingjing_review.rules.reviewer import EXPIRY
from mingjing_review.store.absence import absences_of, absent_on, earlier_reviewers, reason_of
from mingjing_review.store.assignment import on_desk
from mingjing_review.store.reviewer import Reviewer, desks_on, exams_of, people_on, reviewers_on
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import officer_names
from mingjing_shared.errors import MingjingError
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import Word, asked_state, tiles
from mingjing_shared.web.paging import page_of, parts_of
from mingjing_shared.web.permissions import About
from mingjing_shared.web.reach import refuse_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.reach import Reach
    from mingjing_shared.web.shell import Shell

PEOPLE = "review.people"
REASON_CHARS_MAX = 500
FILTERS: Mapping[str, Word] = {
    **STANDINGS,
    "no_legal": Word("没有法律职业资格", "soon"),
    "absent": Word("不在岗"),
}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The register, the page of one reviewer, and what is noted of them."""
    router = APIRouter(include_in_schema=False)
    _register(router, shell, database)

    async def one_page(
        request: Request, number: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _one(desk, number)
        return shell.page(
            request,
            "reviewer.html",
            status=error.status if error else 200,
            form=form,
            error=error,
            done=DONE.get(request.query_params.get("done", "")),
            **values,
        )

    @router.get("/review/reviewers/{number}")
    async def show(request: Request, number: str) -> Response:
        return await one_page(request, number, Form())

    @router.post("/review/reviewers/{number}/absences")
    async def away(request: Request, number: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await note_absence(desk, number, _away_in(form))
        except MingjingError as error:
            return await one_page(request, number, form, error)
        return RedirectResponse(f"/review/reviewers/{number}?done=absent", 303)

    @router.post("/review/reviewers/{number}/absences/{absence_id}/end")
    async def back(request: Request, number: str, absence_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await come_back(desk, number, absence_id)
        except MingjingError as error:
            return await one_page(request, number, form, error)
        return RedirectResponse(f"/review/reviewers/{number}?done=back", 303)

    return router


def _register(router: APIRouter, shell: Shell, database: Database) -> None:
    async def page(request: Request, form: Form, error: MingjingError | None = None) -> Response:
        query = request.query_params
        async with at_desk(request, database) as desk:
            values = await _listed(desk, query.get("state"), query.get("after"))
        return shell.page(
            request,
            "reviewers.html",
            status=error.status if error else 200,
            form=form,
            error=error,
            done=DONE.get(query.get("done", "")),
            **values,
        )

    @router.get("/review/reviewers")
    async def reviewers(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        del state, after  # read by ``page``, and named here for who reads the routes
        return await page(request, Form())

    @router.post("/review/earlier-reviewers")
    async def earlier(request: Request) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await register_earlier(desk, *_earlier_in(form))
        except MingjingError as error:
            return await page(request, form, error)
        return RedirectResponse("/review/reviewers?done=registered", 303)


async def _listed(desk: Desk, state: str | None, after: str | None) -> dict[str, Any]:
    chosen, mark = asked_state(state, FILTERS), parts_of(after, 2)
    today = legal_today()
    reach = await desk.reach(PEOPLE)
    refuse_nothing(desk.officer, PEOPLE, reach)
    tree = await desk.tree()
    found = {
        number: one
        for number, one in (await reviewers_on(desk.tx, today)).items()
        if within(reach, one.person.unit if one.person else None)
    }
    rows = await _rows(desk, found, tree)
    assigns = await desk.reach(ASSIGN)
    kept = [row for row in rows if chosen is None or chosen in row["filters"]]
    kept.sort(key=_key)
    begun = [row for row in kept if mark is None or _key(row) > mark]
    page = page_of(begun, _key)
    nobody = [] if assigns.is_nothing else await on_desk(desk.tx, assigns, None)
    return {
        "rows": page.rows,
        "next": page.next,
        "after": after,
        "chosen": chosen,
        "tiles": [
            tile for tile in tiles(FILTERS, _counted(rows)) if tile.count or tile.code == chosen
        ],
        "total": len(rows),
        "nobody": [shown(one, tree) for one in nobody],
        "warned": EXPIRY["qualification"].in_force_on(today),
    }


def within(reach: Reach, unit: str | None) -> bool:
    """Whether somebody of a unit is within reach."""
    return reach.everything or (unit is not None and unit in reach.units)


def _key(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (row["unit_code"], row["number"])


def _counted(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        for code in row["filters"]:
            counts[code] = counts.get(code, 0) + 1
    return counts


async def _rows(desk: Desk, found: Mapping[str, Reviewer], tree: UnitTree) -> list[dict[str, Any]]:
    today = legal_today()
    absent = await absent_on(desk.tx, found, today)
    desks = await desks_on(desk.tx, found, urgent_until(today, published_calendar()))
    known = await earlier_reviewers(desk.tx, found)
    return [
        {
            **person_shown(one.person, one.number, tree, today),
            "acted": one.acted,
            "named": one.named,
            "absent": one.number in absent,
            "earlier": one.number in known,
            "open": desks.get(one.number, (0, 0))[0],
            "urgent": desks.get(one.number, (0, 0))[1],
            "filters": _filters(one, one.number in absent, today),
        }
        for one in found.values()
    ]


def _filters(one: Reviewer, absent: bool, today: date) -> set[str]:
    legal = one.person is not None and one.person.legal
    held = {"absent": absent, "no_legal": not legal}
    return {standing_code(one.person, today)} | {code for code, holds in held.items() if holds}


async def _one(desk: Desk, number: str) -> dict[str, Any]:
    today = legal_today()
    person = (await people_on(desk.tx, today, [number])).get(number)
    await desk.saw(PEOPLE, subject_of(number), About(person.unit if person else None), "")
    one = (await reviewers_on(desk.tx, today)).get(number)
    if person is None and one is None:
        raise Unknown(f"名录和审核人员中都没有 {number}。", "请从审核人员清单进入。")
    tree = await desk.tree()
    held = (await absences_of(desk.tx, [number])).get(number, [])
    known = (await earlier_reviewers(desk.tx, [number])).get(number)
    names = await officer_names(
        desk.tx, {a.noted_by for a in held} | ({known[1]} if known else set()), today
    )
    on_it: Sequence[Any] = await on_desk(desk.tx, await desk.reach("review.see"), number)
    exams = await exams_of(desk.tx, number)
    own = number == desk.officer.number
    return {
        "person": person_shown(person, number, tree, today),
        "acted": one.acted if one else None,
        "acted_for": tree.name_of(one.acted.unit) if one and one.acted else None,
        "is_reviewer": one is not None,
        "absences": [
            {
                "absence": a,
                "reason": reason_of(desk.tx, a),
                "now": a.covers(today),
                "ahead": a.is_ahead(today),
                "by": names.get(a.noted_by, a.noted_by),
            }
            for a in held
        ],
        "earlier": known,
        "earlier_by": names.get(known[1], known[1]) if known else None,
        "exams": [(LEVELS.get(level or "", "未载明"), on, until) for level, on, until in exams],
        "open": [shown(review, tree) for review in on_it],
        "may_note": own or desk.officer.has("case_manager"),
        "today": today,
    }


def _away_in(form: Form) -> Away:
    since = day_in(form, "since", "不在岗的第一天")
    until = day_in(form, "until", "最后一天", required=False)
    reason = form.text("reason", "原因", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    if since is None:
        raise AssertionError("a required day that is missing is a problem of the form")
    return Away(since, until, reason)


def day_in(form: Form, name: str, label: str, *, required: bool = True) -> date | None:
    """A day of a form; what is wrong with it is noted under its name."""
    text = form.text(name, label, required=required, chars_max=10)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        form.problems[name] = f"{label}应为 YYYY-MM-DD 格式的日期，例如 2026-11-27。"
        return None


def _earlier_in(form: Form) -> tuple[str, str]:
    number = form.text("number", "警号", chars_max=6)
    why = form.text("why", "登记依据", chars_max=REASON_CHARS_MAX)
    form.refuse_if_wrong()
    return number, why
