"""Query codes for whoever prints the document: of what the asking system itself told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.store.fact import told_by
from mingjing_shared.audit.note import Entry, Subject, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.web.officer import Caller

ACT = "disclosure.query_code"


async def query_codes(
    tx: Transaction, caller: Caller, decision_ids: Sequence[str], request_id: str
) -> dict[str, str]:
    """The codes of those decisions that the caller told and that hold; each look is noted.

    Of the others nothing is said, neither whether they are unknown nor that somebody else told
    them.
    """
    told = await told_by(tx, caller.source, decision_ids)
    entries = [
        Entry(
            officer=caller.name,
            act=ACT,
            outcome="seen" if decision_id in told else "refused",
            subject=Subject("decision", decision_id, told.get(decision_id)),
            reason=None if decision_id in told else "unknown",
            request_id=request_id,
        )
        for decision_id in dict.fromkeys(decision_ids)
    ]
    await note(tx, entries)
    references = tx.installation.references
    return {one: references.query_code(caller.source, one) for one in told}
