"""An officer at work: one transaction, the right to act, and the audit of it.

``async with at_desk(request, database) as desk`` opens the transaction of one request. An act
asks ``desk.permit`` before it changes anything. When the block ends well, the act stands in the
audit of the same transaction; when it is refused, the refusal stands there alone.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import MingjingError, NotAllowed
from mingjing_shared.web.officer import Officer
from mingjing_shared.web.permissions import About, permit
from mingjing_shared.web.reach import needs_tree, reach_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from mingjing_shared.audit.note import Outcome
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import HeldRole
    from mingjing_shared.web.reach import Reach


@dataclass(slots=True)
class Desk:
    """What an act works with."""

    tx: Transaction
    officer: Officer
    request_id: str | None = None
    _tree: UnitTree | None = None
    _asked: list[tuple[str, Subject, HeldRole | None]] = field(default_factory=list)

    async def tree(self) -> UnitTree:
        """The tree of units today."""
        if self._tree is None:
            self._tree = await unit_tree(self.tx, legal_today())
        return self._tree

    async def reach(self, act: str) -> Reach:
        """How far the officer's roles reach with an act in lists, be it to nothing."""
        tree = await self.tree() if needs_tree(self.officer, act) else None
        return reach_of(self.officer, act, tree)

    async def permit(self, act: str, subject: Subject, about: About) -> HeldRole:
        """The role by which the officer may do this; noted in the audit either way.

        Raises:
            NotAllowed: none of the officer's roles reaches that far.
        """
        self._asked.append((act, subject, None))
        role = permit(self.officer, act, about, await self.tree())
        self._asked[-1] = (act, subject, role)
        return role

    async def saw(
        self,
        act: str,
        subject: Subject,
        about: About,
        why: str,
        *,
        by: HeldRole | None = None,
        approved_by: str | None = None,
    ) -> None:
        """Note that the officer saw something of which every look is noted, and why.

        ``by`` is which of the roles that allow it has to do with it, where that is known.

        Raises:
            NotAllowed: the officer may not see it.
        """
        role = await self.permit(act, subject, about)
        self.settle()
        role = by or role
        entry = self._entry(act, "seen", subject, role, why)
        await note(self.tx, [replace(entry, approved_by=approved_by)])

    def settle(self) -> None:
        """What was asked for last is noted by whoever asked, and in another way than as done."""
        self._asked.pop()

    async def end_well(self) -> None:
        """Note what was done."""
        await note(self.tx, [self._entry(act, "done", s, role) for act, s, role in self._asked])

    def refusal(self, error: MingjingError) -> list[Entry]:
        """What to note of a refusal: the last thing that was asked for."""
        if not self._asked:
            return []
        act, subject, role = self._asked[-1]
        return [self._entry(act, "refused", subject, role, error.code)]

    def _entry(
        self,
        act: str,
        outcome: Outcome,
        subject: Subject,
        role: HeldRole | None,
        reason: str | None = None,
    ) -> Entry:
        return Entry(
            officer=self.officer.number,
            act=act,
            outcome=outcome,
            subject=subject,
            role=role.code if role else None,
            unit=role.unit if role else None,
            instead_of=role.instead_of if role else None,
            reason=reason,
            request_id=self.request_id,
        )


@contextlib.asynccontextmanager
async def at_desk(request: Request, database: Database) -> AsyncIterator[Desk]:
    """One request of the signed-in officer as one transaction with its audit.

    Raises:
        NotAllowed: nobody is signed in, or the act is refused.
        MingjingError: whatever else the act refuses; noted as a refusal.
    """
    officer = officer_of(request)
    desk: Desk | None = None
    try:
        async with database.transaction() as tx:
            desk = Desk(tx, officer, request.state.request_id)
            yield desk
            await desk.end_well()
    except MingjingError as error:
        entries = desk.refusal(error) if desk is not None else []
        if entries:
            async with database.transaction() as tx:
                await note(tx, entries)
            request.state.refusal_noted = True
        raise


def officer_of(request: Request) -> Officer:
    """The signed-in officer.

    Raises:
        NotAllowed: the request comes from nobody, or from a system.
    """
    who = getattr(request.state, "who", None)
    if not isinstance(who, Officer):
        raise NotAllowed("这里只供登录的民警使用。", "请先登录。")
    return who
