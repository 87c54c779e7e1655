"""One version of a catalogue: its items beside the version before, its steps, what is next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts import catalogue as acts
from mingjing_review.errors import NoCatalogue
from mingjing_review.pages.catalogue import SEE, shown_version
from mingjing_review.pages.catalogue_words import DIFFERENCES, DONE, STEPS, conditions
from mingjing_review.pages.workbench import seen_in
from mingjing_review.rules.catalogue import first_catalogue
from mingjing_review.rules.versions import Difference, differences
from mingjing_review.store.catalogue import Version, steps_of_version, version, words_of_step
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import officer_names
from mingjing_shared.errors import MingjingError
from mingjing_shared.law.calendar import ONE_DAY
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.permissions import About, allowing_role, allowing_roles, not_allowed
from mingjing_shared.web.reach import refuse_nothing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from typing import TypeAlias

    from mingjing_review.rules.item import Item
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

    Act: TypeAlias = Callable[[Desk, str, Form], Awaitable[None]]

WORDS_CHARS_MAX = 4000
VERDICTS = {"guided": "无意见", "objected": "提出修改意见"}
STAGES = (("drafted", "起草"), ("asked", "报请指导"), ("guided", "指导"), ("approved", "审批"),
          ("published", "公布"))  # fmt: skip


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of a version, and what is done with it as a whole."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request,
        version_id: str,
        done: str | None = None,
        form: Form | None = None,
        error: MingjingError | None = None,
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _view(desk, await opened(desk, version_id))
        return shell.page(
            request,
            "catalogue_version.html",
            status=error.status if error else 200,
            form=form or Form(),
            error=error,
            done=DONE.get(done or ""),
            **values,
        )

    @router.get("/review/catalogue/versions/{version_id}")
    async def one(request: Request, version_id: str, done: str | None = None) -> Response:
        return await page(request, version_id, done)

    for name, act in ACTS.items():
        router.add_api_route(
            f"/review/catalogue/versions/{{version_id}}/{name}",
            _route(database, page, name, act),
            methods=["POST"],
        )
    return router


def _route(
    database: Database, page: Callable[..., Awaitable[Response]], name: str, act: Act
) -> Callable[..., Awaitable[Response]]:
    async def acted(request: Request, version_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await act(desk, version_id, form)
        except MingjingError as error:
            return await page(request, version_id, form=form, error=error)
        return to_version(version_id, name)

    return acted


async def opened(desk: Desk, version_id: str) -> Version:
    """A version that the officer may read: a published one, or a draft within reach.

    Raises:
        NoCatalogue: there is none.
        NotAllowed: none of the officer's roles reaches that far.
    """
    reach = await desk.reach(SEE)
    refuse_nothing(desk.officer, SEE, reach)
    found = await version(desk.tx, version_id)
    if found is None:
        raise NoCatalogue("没有这一版目录清单。", "请从目录清单页面打开。")
    within = reach.everything or found.unit in reach.units
    if found.state != "published" and not within:
        raise not_allowed(desk.officer, SEE)
    return found


def to_version(version_id: str, done: str) -> Response:
    """To the page of the version, which says what was done."""
    return RedirectResponse(
        f"/review/catalogue/versions/{quote(version_id, safe='')}?done={done}", 303
    )


async def base_of(desk: Desk, found: Version) -> Sequence[Item]:
    """The items that a version was drafted from."""
    if found.based_on is None:
        return first_catalogue(found.drafted_at.date()).items
    before = await version(desk.tx, found.based_on)
    return () if before is None else before.items


async def _view(desk: Desk, found: Version) -> dict[str, Any]:
    tree, today = await desk.tree(), legal_today()
    steps = await steps_of_version(desk.tx, found.version_id)
    names = await officer_names(desk.tx, [step.officer for step in steps], today)
    within = (await desk.reach(SEE)).everything or found.unit in (await desk.reach(SEE)).units
    about = About(found.unit)

    def may(act: str) -> bool:
        return allowing_role(desk.officer, act, about, tree) is not None

    return {
        **shown_version(found, tree),
        "rows": [_row(one) for one in differences(await base_of(desk, found), found.items)],
        "steps": [
            {
                "step": step,
                "what": STEPS[step.kind],
                "who": f"{names.get(step.officer, step.officer)}（{step.officer}）",
                "unit": tree.name_of(step.unit),
                # what officers wrote is for those whose draft it is; the catalogue is for all
                "words": words_of_step(desk.tx, step) if within else "",
            }
            for step in steps
        ],
        "stages": _stages(found),
        "has_superior": len([code for code in tree.above(found.unit) if code in tree.units]) > 1,
        "may_draft": may(acts.DRAFT),
        "may_guide": may_guide(desk, found, tree),
        "may_approve": may(acts.APPROVE),
        "drafted_by_me": desk.officer.number in acts.drafters(steps),
        "may_publish": may(acts.PUBLISH),
        "verdicts": VERDICTS,
        "earliest": today + ONE_DAY,
    }


def may_guide(desk: Desk, found: Version, tree: UnitTree) -> bool:
    """Whether a role of the officer guides this unit, and is of a unit above it."""
    above = tree.above(found.unit)[1:]
    roles = allowing_roles(desk.officer, acts.GUIDE, About(found.unit), tree)
    return any(role.unit in above for role in roles)


def _stages(found: Version) -> list[tuple[str, str]]:
    """The way of a version: what is behind it, where it is, what is to come."""
    order = [code for code, _ in STAGES]
    here = order.index(found.state)
    return [
        (name, "done" if place <= here else "now" if place == here + 1 else "todo")
        for place, (_, name) in enumerate(STAGES)
    ]


def _row(one: Difference) -> dict[str, Any]:
    item = one.after or one.before
    if item is None:
        raise AssertionError("a difference is of an item")
    return {
        "item": item,
        "what": DIFFERENCES[one.what],
        "code": one.what,
        "conditions": conditions(item),
        "before": conditions(one.before) if one.what == "changed" and one.before else [],
        "title_before": one.before.title if one.before and one.before != item else "",
    }


async def _ask(desk: Desk, version_id: str, form: Form) -> None:
    words = form.text("words", "报请说明", required=False, chars_max=WORDS_CHARS_MAX)
    form.refuse_if_wrong()
    await acts.ask_guidance(desk, version_id, words, seen_in(form))


async def _outside(desk: Desk, version_id: str, form: Form) -> None:
    words = form.text("words", "指导情况", required=False, chars_max=WORDS_CHARS_MAX)
    form.refuse_if_wrong()
    await acts.note_outside_guidance(desk, version_id, words, seen_in(form))


async def _guide(desk: Desk, version_id: str, form: Form) -> None:
    words = form.text("words", "指导意见", required=False, chars_max=WORDS_CHARS_MAX)
    form.refuse_if_wrong()
    verdict = form.values.get("verdict", "")
    await acts.guide(desk, version_id, verdict, words, seen_in(form))


async def _back(desk: Desk, version_id: str, form: Form) -> None:
    words = form.text("words", "退回理由", required=False, chars_max=WORDS_CHARS_MAX)
    form.refuse_if_wrong()
    await acts.send_back(desk, version_id, words, seen_in(form))


async def _approve(desk: Desk, version_id: str, form: Form) -> None:
    period = (_day(form, "since"), _day(form, "until"))
    await acts.approve(desk, version_id, form.values.get("shown", ""), period, seen_in(form))


async def _publish(desk: Desk, version_id: str, form: Form) -> None:
    text = form.values.get("valid_from", "").strip()
    day = _day(form, "valid_from")
    if text != day.isoformat():
        form.problems["valid_from"] = f"“{text}”不是日期，应为 年-月-日，例如 2026-10-01。"
    await acts.publish(desk, version_id, day, seen_in(form))


async def _strike(desk: Desk, version_id: str, form: Form) -> None:
    await acts.strike_item(desk, version_id, form.values.get("code", ""), seen_in(form))


def _day(form: Form, name: str) -> date:
    """A day that was typed; the first of all days, which every act refuses, where it is none."""
    try:
        return date.fromisoformat(form.values.get(name, "").strip())
    except ValueError:
        return date.min


ACTS: Mapping[str, Act] = {
    "ask": _ask,
    "outside": _outside,
    "guide": _guide,
    "back": _back,
    "approve": _approve,
    "publish": _publish,
    "strike": _strike,
}
