"""The cases that a service knows, and the classified ones of which it must know nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from mingjing_shared.facts import store
from mingjing_shared.facts.tables import CASE_FACTS
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Table

    from mingjing_shared.database import Transaction
    from mingjing_shared.events import CaseEvent
    from mingjing_shared.events.casework import CaseAccepted, EnforcementEnded
    from mingjing_shared.messaging.received import Received

R = TypeVar("R", bound="Received[CaseEvent]")


_KNOWN = "case_key, case_number, unit, accepted_at, kind, procedure, classified, parties"


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case as its holding fact describes it. ``parties`` is what the service chose to keep."""

    case_key: str
    case_number: str
    unit: str
    accepted_at: datetime
    kind: str | None
    procedure: str | None
    classified: bool
    parties: Sequence[Mapping[str, Any]]


async def note_cases(
    received: Sequence[Received[CaseAccepted]],
    tx: Transaction,
    parties_of: Callable[[Received[CaseAccepted], Transaction], list[dict[str, Any]]],
) -> set[str]:
    """Keep acceptances; give the case keys whose state may have changed.

    ``parties_of`` says what this service keeps of the parties: as little as it needs, personal
    fields sealed.
    """
    rows = [
        {
            **store.fact_row(item),
            "unit": item.event.unit,
            "accepted_at": item.event.accepted_at,
            "kind": item.event.kind,
            "procedure": item.event.procedure,
            "classified": bool(item.event.classified),
            "parties": [] if item.event.classified else parties_of(item, tx),
        }
        for item in received
    ]
    touched = await store.add_facts(tx, CASE_FACTS, "case_key", rows)
    # Of a classified case nothing more is kept, also not what another version told before or after.
    await tx.execute(
        "UPDATE case_facts AS f SET parties = '[]', kind = NULL, procedure = NULL"
        " WHERE case_key = ANY(CAST(:keys AS text[])) AND NOT classified AND EXISTS"
        " (SELECT FROM case_facts AS s WHERE s.case_key = f.case_key AND s.classified)",
        keys=sorted(touched),
    )
    return touched


def no_parties(_received: Received[CaseAccepted], _tx: Transaction) -> list[dict[str, Any]]:
    """For services that need nothing of the parties."""
    return []


async def known_cases(tx: Transaction, case_keys: Iterable[str]) -> dict[str, KnownCase]:
    """The cases among these that are known, by key."""
    rows = await store.holding(tx, CASE_FACTS, "case_key", case_keys, _KNOWN)
    return {
        key: KnownCase(
            case_key=key,
            case_number=row.case_number,
            unit=row.unit,
            accepted_at=row.accepted_at,
            kind=row.kind,
            procedure=row.procedure,
            classified=row.classified,
            parties=row.parties,
        )
        for key, row in rows.items()
    }


async def note_ended(
    received: Sequence[Received[EnforcementEnded]], tx: Transaction, table: Table
) -> set[str]:
    """Keep that cases' enforcement ended, in the service's own table; the keys that changed."""
    rows = [
        {**store.fact_row(item), "ended_on": item.event.ended_on, "reason": item.event.reason}
        for item in await without_classified(received, tx)
    ]
    return await store.add_facts(tx, table, "case_key", rows)


async def of_open_cases(received: Sequence[R], tx: Transaction) -> list[R]:
    """The events of cases that are not classified; the others are counted elsewhere."""
    secret = await _classified(received, tx)
    return [item for item in received if case_key(item.event.case_number) not in secret]


async def _classified(received: Sequence[R], tx: Transaction) -> set[str]:
    rows = await tx.all(
        "SELECT DISTINCT case_key FROM case_facts"
        " WHERE classified AND case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted({case_key(item.event.case_number) for item in received}),
    )
    return {row.case_key for row in rows}


async def without_classified(received: Sequence[R], tx: Transaction) -> list[R]:
    """The events that may be stored; those of classified cases are counted here and dropped."""
    secret = await _classified(received, tx)
    if not secret:
        return list(received)
    stored = []
    counts: dict[str, int] = dict.fromkeys(secret, 0)
    for item in received:
        key = case_key(item.event.case_number)
        if key in secret:
            counts[key] += 1
        else:
            stored.append(item)
    for key, count in counts.items():
        await tx.execute(
            "INSERT INTO classified_counts (case_key, events) VALUES (:key, :count)"
            " ON CONFLICT (case_key) DO UPDATE SET events = classified_counts.events + :count",
            key=key,
            count=count,
        )
    return stored
