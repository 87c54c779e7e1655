"""审核力量与资格: the share of reviewers and the exam levels, unit by unit, today and by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from mingjing_review.errors import Unknown
from mingjing_review.pages.person import person_shown
from mingjing_review.pages.reviewers import PEOPLE, within
from mingjing_review.rules.reviewer import is_named_reviewer
from mingjing_review.rules.staffing import (
    in_order_of_tree,
    is_enforcing,
    percent_of,
    share_asked,
    share_rule,
    staff_of,
)
from mingjing_review.store.reviewer import people_on
from mingjing_review.store.staffing import history_of, last_measured_on
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_today
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.paging import PAGE_SIZE, mark, parts_of
from mingjing_shared.web.permissions import About
from mingjing_shared.web.reach import refuse_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Row

    from mingjing_review.rules.reviewer import Person
    from mingjing_review.rules.staffing import Staff
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The units in the order of their tree, and one unit with everybody who counts."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/staffing")
    async def units(request: Request, after: str | None = None) -> Response:
        place = parts_of(after, 1)
        today = legal_today()
        async with at_desk(request, database) as desk:
            reach = await desk.reach(PEOPLE)
            refuse_nothing(desk.officer, PEOPLE, reach)
            tree = await desk.tree()
            staff = staff_of((await people_on(desk.tx, today)).values(), tree, today)
            measured = await last_measured_on(desk.tx)
        ordered = [
            (code, depth) for code, depth in in_order_of_tree(staff, tree) if within(reach, code)
        ]
        begun = _after(ordered, place[0] if place else None)
        shown = begun[:PAGE_SIZE]
        return shell.page(
            request,
            "staffing.html",
            rows=[{**figures(staff[code], tree, today), "depth": depth} for code, depth in shown],
            after=after,
            next=mark(shown[-1][0]) if len(begun) > PAGE_SIZE else None,
            asked=share_rule(today),
            today=today,
            measured=measured,
        )

    @router.get("/review/staffing/{unit}")
    async def one(request: Request, unit: str) -> Response:
        async with at_desk(request, database) as desk:
            values = await _unit(desk, unit)
        return shell.page(request, "staffing_unit.html", **values)

    return router


async def _unit(desk: Desk, unit: str) -> dict[str, Any]:
    """A unit with everybody who counts, what is below it, and its months."""
    today = legal_today()
    await desk.saw(PEOPLE, Subject("unit", unit), About(unit), "")
    tree = await desk.tree()
    people = await people_on(desk.tx, today)
    staff = staff_of(people.values(), tree, today)
    months = await history_of(desk.tx, unit)
    if unit not in staff and not months and unit not in tree.units:
        raise Unknown("机构名录中没有这个单位。", "请从审核力量清单进入。")
    below = [code for code, held in tree.units.items() if held.parent == unit and code != unit]
    return {
        "name": tree.name_of(unit),
        "unit": unit,
        "figure": figures(staff[unit], tree, today) if unit in staff else None,
        "people": _people(people, unit, tree, today),
        "below": [figures(staff[code], tree, today) for code in sorted(below) if code in staff],
        "months": [_month(row) for row in months],
        "asked": share_rule(today),
        "today": today,
    }


def _after(ordered: list[tuple[str, int]], unit: str | None) -> list[tuple[str, int]]:
    """What stands behind a unit in the order of the tree; all of it when none is named."""
    place = next((n for n, (code, _depth) in enumerate(ordered, 1) if code == unit), 0)
    return ordered[place:]


def figures(one: Staff, tree: UnitTree, today: date) -> dict[str, Any]:
    """A unit's figures in words."""
    return {
        "code": one.unit,
        "name": tree.name_of(one.unit),
        "staff": one,
        "percent": in_words(one.percent),
        "meets": meets(one.percent, share_asked(one.unit, tree, today)),
        "levelled": in_words(percent_of(one.levelled, one.officers)),
    }


def meets(percent: Decimal | None, asked: Decimal | None) -> bool | None:
    """Whether a share is what is asked for; none where nothing is asked, or nobody is there."""
    return None if percent is None or asked is None else percent >= asked


def in_words(percent: Decimal | None) -> str:
    """A share with one place, never rounded up to what it is not."""
    return "—" if percent is None else f"{int(percent * 10) / 10:.1f}%"


def _people(
    people: Mapping[str, Person], unit: str, tree: UnitTree, today: date
) -> list[dict[str, Any]]:
    return [
        {
            **person_shown(person, person.number, tree, today),
            "reviews": is_named_reviewer(person.posts, today),
        }
        for person in people.values()
        if person.unit == unit and is_enforcing(person)
    ]


def _month(row: Row[Any]) -> dict[str, Any]:
    share = percent_of(row.reviewers, row.officers)
    return {
        "row": row,
        "percent": in_words(share),
        "meets": meets(share, row.percent_asked),
        "levelled": in_words(percent_of(row.levelled, row.officers)),
    }
