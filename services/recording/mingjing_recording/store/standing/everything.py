"""What hangs on what: an act's record on the act, its footage, its case and the case's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_recording.rules.document import case_of_document
from mingjing_recording.store import action as action_store
from mingjing_recording.store import footage as footage_store
from mingjing_recording.store.standing.action import derive_actions
from mingjing_recording.store.standing.case import derive_cases
from mingjing_recording.store.standing.casefile import derive_casefiles
from mingjing_recording.store.standing.document import derive_documents
from mingjing_recording.store.standing.footage import derive_footage
from mingjing_recording.store.standing.record import derive_records

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from mingjing_shared.database import Transaction


@dataclass(frozen=True, slots=True)
class Touched:
    """What something that happened touches, by key."""

    cases: AbstractSet[str] = frozenset()
    actions: AbstractSet[str] = frozenset()
    footage: AbstractSet[str] = frozenset()
    records: AbstractSet[str] = frozenset()
    documents: AbstractSet[str] = frozenset()
    casefiles: AbstractSet[str] = frozenset()


async def bring_up_to_date(tx: Transaction, touched: Touched) -> None:
    """Derive all that is touched and all that hangs on it, in the order in which it hangs.

    The cases that it belongs to are held until the transaction ends, so that two who derive the
    same thing do so one after the other.
    """
    keys = set(touched.cases) | set(touched.casefiles)
    keys |= await action_store.cases_of(tx, touched.actions)
    keys |= await footage_store.cases_of(tx, touched.footage)
    keys |= {case_of_document(key) for key in touched.documents}
    await tx.lock(keys)
    changed_cases = await derive_cases(tx, keys)
    await derive_actions(tx, touched.actions)
    footage = set(touched.footage)
    if changed_cases or touched.actions or touched.casefiles:
        moved = await action_store.cases_of(tx, touched.actions)
        moved |= changed_cases | touched.casefiles
        footage |= await footage_store.ids_of_cases(tx, moved)
        footage |= await footage_store.ids_decided_for(tx, touched.actions)
    records = set(touched.actions) | set(touched.records)
    records |= await derive_footage(tx, footage)
    if changed_cases or touched.casefiles:
        records |= await action_store.ids_here(tx, changed_cases | touched.casefiles)
    await derive_documents(tx, touched.documents)
    await derive_casefiles(tx, touched.casefiles | changed_cases)
    await derive_records(tx, records)
