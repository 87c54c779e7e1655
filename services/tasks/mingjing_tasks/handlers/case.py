"""Cases: known as soon as they are told of; of classified ones nothing else is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.facts.cases import no_parties, note_cases, without_classified
from mingjing_shared.facts.store import add_facts, fact_row
from mingjing_shared.law.case_number import case_key
from mingjing_tasks.handlers.archive import write_events
from mingjing_tasks.handlers.duty import derive
from mingjing_tasks.store import archive
from mingjing_tasks.store import case as store
from mingjing_tasks.store import fact as facts
from mingjing_tasks.tables import HANDLING_FACTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import CaseAccepted
    from mingjing_shared.messaging.received import Received


async def note_accepted_cases(received: Sequence[Received[CaseAccepted]], tx: Transaction) -> None:
    """Know the cases, and whose the duties and warnings are that were waiting for them.

    That a case is classified is archived, so that whoever is fed from the archive knows it too;
    it is on no timeline, and whatever else came of it is forgotten and counted.
    """
    touched = await note_cases(received, tx, no_parties)
    classified = [item for item in received if item.event.classified]
    shown = await without_classified([i for i in received if not i.event.classified], tx)
    await write_events(tx, [*shown, *classified], shown=shown)
    touched |= await _note_handling(tx, shown)
    waiting = await facts.subjects_of_cases(tx, touched)
    if classified:
        secret = sorted({case_key(item.event.case_number) for item in classified})
        await archive.forget_archived(tx, secret)
        await store.forget_derived(tx, secret)
    await store.describe_cases(tx, touched - await store.classified_among(tx, touched))
    await derive(tx, waiting)


async def _note_handling(tx: Transaction, shown: Sequence[Received[CaseAccepted]]) -> set[str]:
    rows = [
        {
            **fact_row(item),
            "handlers": sorted(item.event.handlers),
            "cause": item.event.cause.name if item.event.cause else None,
        }
        for item in shown
    ]
    return await add_facts(tx, HANDLING_FACTS, "case_key", rows)
