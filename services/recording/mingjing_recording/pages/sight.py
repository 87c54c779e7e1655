"""Who may see what: lists show what is within reach, a page of one is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.audit.note import Entry, note
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.reach import reaches

if TYPE_CHECKING:
    from starlette.requests import Request

    from mingjing_shared.audit.note import Subject
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.errors import MingjingError
    from mingjing_shared.web.permissions import About
    from mingjing_shared.web.reach import Reach

SEE = "recording.see"


async def reach_here(request: Request, database: Database, act: str = SEE) -> Reach:
    """How far the signed-in officer reaches with an act, today."""
    return (await reaches(database, officer_of(request), [act]))[act]


async def refuse_unless_allowed(
    request: Request, database: Database, act: str, subject: Subject, what: About
) -> UnitTree:
    """Go on only when the officer may; what is done afterwards is noted where it is done.

    Raises:
        NotAllowed: no role reaches that far; noted in the audit.
    """
    tree = await unit_tree(database, legal_today())
    if allowing_role(officer_of(request), act, what, tree) is None:
        async with at_desk(request, database) as desk:
            await desk.permit(act, subject, what)
    return tree


async def note_refusal(
    request: Request, database: Database, act: str, subject: Subject, error: MingjingError
) -> None:
    """Note in the audit what was refused before it came to the act itself."""
    entry = Entry(
        officer=officer_of(request).number,
        act=act,
        outcome="refused",
        subject=subject,
        reason=error.code,
        request_id=request.state.request_id,
    )
    async with database.transaction() as tx:
        await note(tx, [entry])
