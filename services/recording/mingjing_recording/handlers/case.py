"""Cases: known as soon as they are told of; of classified ones nothing else is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.handlers.action import derive_actions
from mingjing_recording.handlers.casefile import derive_casefiles
from mingjing_recording.store import action as store
from mingjing_recording.tables import ACTION_FACTS, DECISION_FACTS, ENDED_FACTS
from mingjing_shared.facts.cases import no_parties, note_cases
from mingjing_shared.facts.store import forget_cases
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseAccepted
    from mingjing_shared.messaging.received import Received


async def note_accepted_cases(received: Sequence[Received[CaseAccepted]], tx: Transaction) -> None:
    """Know the cases; forget what came earlier of those that are classified."""
    await note_cases(received, tx, no_parties)
    secret = sorted({case_key(i.event.case_number) for i in received if i.event.classified})
    if not secret:
        return
    acts = await store.action_ids_of_cases(tx, secret)
    for facts in (ACTION_FACTS, DECISION_FACTS, ENDED_FACTS):
        await forget_cases(tx, facts, secret)
    await derive_actions(tx, acts)
    await derive_casefiles(tx, secret)
