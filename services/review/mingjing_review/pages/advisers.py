"""法律顾问、公职律师: the pool across units, terms of contract, and what each was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from mingjing_review.errors import Unknown
from mingjing_review.pages.reviewers import PEOPLE
from mingjing_review.pages.words import ADVICE, ADVISER_KINDS, CONTRACTS
from mingjing_review.rules.reviewer import EXPIRY, expiry_of
from mingjing_review.store.adviser import advisers, engagements_with
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_today
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.lists import asked_state, tiles
from mingjing_shared.web.paging import page_of, parts_of
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.reach import refuse_nothing

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row

    from mingjing_review.store.adviser import Adviser
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The pool, and one adviser with every engagement."""
    router = APIRouter(include_in_schema=False)

    @router.get("/review/advisers")
    async def pool(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen, mark = asked_state(state, CONTRACTS), parts_of(after, 2)
        today = legal_today()
        async with at_desk(request, database) as desk:
            await _note_look(desk, Subject("advisers", "pool"))
            tree = await desk.tree()
            known = (await advisers(desk.tx)).values()
            rows = [_shown(one, tree, today) for one in known]
        counts: dict[str, int] = {}
        for row in rows:
            counts[row["state"]] = counts.get(row["state"], 0) + 1
        kept = [row for row in rows if chosen in {None, row["state"]}]
        page = page_of([row for row in kept if mark is None or _key(row) > mark], _key)
        return shell.page(
            request,
            "advisers.html",
            rows=page.rows,
            next=page.next,
            after=after,
            chosen=chosen,
            total=len(rows),
            warned=EXPIRY["adviser"].in_force_on(today),
            tiles=[t for t in tiles(CONTRACTS, counts) if t.count or t.code == chosen],
        )

    @router.get("/review/advisers/{ref}")
    async def one(request: Request, ref: str) -> Response:
        async with at_desk(request, database) as desk:
            await _note_look(desk, Subject("adviser", ref))
            found = (await advisers(desk.tx, [ref])).get(ref)
            if found is None:
                raise Unknown("库中没有这位法律顾问、公职律师。", "请从清单进入。")
            tree = await desk.tree()
            rows = await engagements_with(desk.tx, ref)
            allowed = [_engagement(row) for row in rows if _may_see(desk, row, tree)]
        return shell.page(
            request,
            "adviser.html",
            adviser=_shown(found, tree, legal_today()),
            rows=allowed,
            hidden=len(rows) - len(allowed),
        )

    return router


async def _note_look(desk: Desk, subject: Subject) -> None:
    """The pool is there for all units: who may see people of any unit, sees it whole.

    Raises:
        NotAllowed: the officer may see nobody.
    """
    refuse_nothing(desk.officer, PEOPLE, await desk.reach(PEOPLE))
    await desk.saw(PEOPLE, subject, About(_own_unit(desk)), "")


def _own_unit(desk: Desk) -> str:
    """A unit that a role of the officer is held for: the pool belongs to each of them."""
    reaches = (role.unit for role in desk.officer.roles)
    return next(
        unit for unit in reaches if allowing_role(desk.officer, PEOPLE, About(unit)) is not None
    )


def _key(row: dict[str, Any]) -> tuple[str, ...]:
    return (row["adviser"].unit, row["adviser"].ref)


def _shown(one: Adviser, tree: UnitTree, today: date) -> dict[str, Any]:
    expiry = expiry_of("adviser", one.until, today)
    ahead = one.engaged_on is not None and one.engaged_on > today
    state = "ahead" if ahead else expiry.state
    return {
        "adviser": one,
        "unit": tree.name_of(one.unit),
        "kind": ADVISER_KINDS.get(one.kind or "", "未载明"),
        "state": state,
        "word": CONTRACTS[state],
        "left": expiry.left,
    }


def _may_see(desk: Desk, row: Row[Any], tree: UnitTree) -> bool:
    whose = About(row.unit, frozenset(row.handlers or ()))
    return allowing_role(desk.officer, "review.see", whose, tree) is not None


def _engagement(row: Row[Any]) -> dict[str, Any]:
    return {"row": row, "advice": ADVICE.get(row.advice or "")}
