"""Cases: known as soon as they are told of; of classified ones nothing else is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.store import access as access_store
from mingjing_recording.store import action as action_store
from mingjing_recording.store import case as store
from mingjing_recording.store import document as document_store
from mingjing_recording.store import footage as footage_store
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_recording.tables import (
    ACTION_FACTS,
    DECISION_FACTS,
    DOCUMENT_FACTS,
    ENDED_FACTS,
    FOOTAGE_FACTS,
)
from mingjing_shared.facts.cases import no_parties, note_cases
from mingjing_shared.facts.store import fact_row, forget_cases
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseAccepted
    from mingjing_shared.messaging.received import Received


async def note_accepted_cases(received: Sequence[Received[CaseAccepted]], tx: Transaction) -> None:
    """Know the cases; forget what came earlier of those that are classified."""
    touched = await note_cases(received, tx, no_parties)
    await store.add_handlers(
        tx,
        [
            {**fact_row(item), "handlers": list(item.event.handlers)}
            for item in received
            if not item.event.classified
        ],
    )
    secret = sorted({case_key(i.event.case_number) for i in received if i.event.classified})
    if secret:
        await _forget(tx, secret)
    await bring_up_to_date(tx, Touched(cases=touched))


async def _forget(tx: Transaction, secret: Sequence[str]) -> None:
    acts = await action_store.action_ids_of_cases(tx, secret)
    footage = await footage_store.ids_of_cases(tx, secret)
    documents = await document_store.keys_of_cases(tx, secret)
    for facts in (ACTION_FACTS, DECISION_FACTS, DOCUMENT_FACTS, ENDED_FACTS, FOOTAGE_FACTS):
        await forget_cases(tx, facts, secret)
    await store.forget_handlers(tx, secret)
    await access_store.forget_cases(tx, secret)
    await bring_up_to_date(
        tx,
        Touched(
            cases=set(secret),
            actions=acts,
            footage=footage,
            documents=documents,
            casefiles=set(secret),
        ),
    )
