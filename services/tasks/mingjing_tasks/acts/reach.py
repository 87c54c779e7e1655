"""What of a list an officer may see, and for which units an officer may act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import ROLE_PURPOSES
from mingjing_shared.web.permissions import About, acts, allowing_role
from mingjing_tasks.store.case import own_case_keys

if TYPE_CHECKING:
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.reach import Reach

SEE_CASE = "tasks.case"


async def may_see(desk: Desk, act: str) -> None:
    """Go on if the officer may see what is shown to every unit alike.

    Raises:
        NotAllowed: none of the officer's roles may; the refusal is noted.
    """
    if allowing_role(desk.officer, act, About()) is None:
        await desk.permit(act, Subject("page", act), About())


async def see_case(desk: Desk, subject: Subject, about: About) -> None:
    """Note that the officer looks at what happened in a case, and as what: no original is there.

    Raises:
        NotAllowed: the case is beyond the officer's roles; the refusal is noted.
    """
    role = allowing_role(desk.officer, SEE_CASE, about, await desk.tree())
    await desk.saw(SEE_CASE, subject, about, ROLE_PURPOSES[role.code] if role else "")


async def reach_of(desk: Desk, act: str) -> Reach:
    """How far the officer's roles reach for this act.

    Raises:
        NotAllowed: they do not reach anything; the refusal is noted.
    """
    found = await reach_if_any(desk, act)
    if found.is_nothing:
        await desk.permit(act, Subject("page", act), About())
    return found


async def reach_if_any(desk: Desk, act: str) -> Reach:
    """How far the officer's roles reach for this act, be it to nothing; with the own cases."""
    found = await desk.reach(act)
    if not found.officers:
        return found
    return replace(found, cases=tuple(await own_case_keys(desk.tx, found.officers)))


def units_for(officer: Officer, act: str) -> list[str]:
    """The units for which an officer may do this: those of the roles that allow it."""
    reach = acts()[act].reach
    return sorted({role.unit for role in officer.roles if role.code in reach})


def may(officer: Officer, act: str, about: About, tree: UnitTree | None = None) -> bool:
    """Whether a page shows the button of an act."""
    return allowing_role(officer, act, about, tree) is not None


async def scope_of_figures(desk: Desk) -> tuple[list[str] | None, str]:
    """Of which units an officer's figures are, and how the page calls them.

    Figures name nobody: an officer who sees single cases only sees the figures of the own unit.
    """
    reach = acts()["tasks.case"].reach
    roles = desk.officer.roles
    tops = {role.unit for role in roles if reach.get(role.code) == "unit_and_below"}
    if not tops and any(reach.get(role.code) == "own_case" for role in roles):
        tops = {role.unit for role in roles if reach.get(role.code) == "own_case"}
    if not tops or any(reach.get(role.code) == "city" for role in roles):
        return None, "全市"
    tree = await desk.tree()
    return sorted({code for top in tops for code in tree.within(top)}), "本单位及下级"
