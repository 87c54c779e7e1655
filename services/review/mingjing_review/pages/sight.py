"""Who sees what was written about a hearing, a limit or a transfer: whose duty it is.

Whoever else may look states a purpose first, as for the texts of a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from mingjing_shared.audit.purpose import APPROVAL, CASE_HANDLING, LEGAL_REVIEW
from mingjing_shared.web.permissions import not_allowed
from mingjing_shared.web.problems import PurposeNeeded
from mingjing_shared.web.purpose import look_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from mingjing_shared.audit.note import Subject
    from mingjing_shared.errors import MingjingError
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole
    from mingjing_shared.web.permissions import About

READ = "review.read"
NOT_YOURS = "这一事项现在不由您办理"
_LEGAL = frozenset({"legal_reviewer", "case_manager"})
_HEADS = frozenset({"unit_head", "bureau_leader"})


async def note_look(
    desk: Desk,
    subject: Subject,
    whose: About,
    *,
    waits_for: Collection[str | None],
    took_part: Collection[str | None],
    decision_id: str | None,
    error: MingjingError | None = None,
) -> bool:
    """Note that the officer looks at what was written; whether it may be shown.

    Without a decision (a case's own limit) there is no place to state a purpose: what was
    written is then not shown to whom no duty gives it.

    Raises:
        NotAllowed: the officer may not see it.
        PurposeNeeded: the officer is to say why first.
    """

    def duty(role: HeldRole) -> str | None:
        if role.code == "case_handler":
            return CASE_HANDLING
        mine = not {desk.officer.number, role.instead_of}.isdisjoint(set(took_part) - {None})
        if role.code in _LEGAL and ("reviewer" in waits_for or mine):
            return LEGAL_REVIEW
        if role.code in _HEADS and ("head" in waits_for or "unit" in waits_for or mine):
            return APPROVAL
        return None

    look = await look_of(desk, READ, subject, whose, duty)
    if look is None:
        await desk.permit(READ, subject, whose)
        raise not_allowed(desk.officer, READ)
    if look.purpose is None and decision_id is None:
        return False
    if look.purpose is None:
        action = f"/review/cases/{quote(decision_id or '', safe='')}/purpose"
        raise error or PurposeNeeded(NOT_YOURS, action)
    await desk.saw(READ, subject, whose, look.purpose.said, by=look.role)
    return True
