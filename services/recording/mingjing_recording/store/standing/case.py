"""The cases that anything here belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.store import case as store
from mingjing_shared.facts.cases import known_cases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_shared.database import Transaction


async def derive_cases(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """Bring these cases to where the facts put them; give those that changed."""
    wanted = set(case_keys)
    if not wanted:
        return set()
    accepted = await known_cases(tx, wanted)
    handlers = await store.handlers_that_hold(tx, wanted)
    numbers = await store.numbers(tx, wanted)
    before = await store.cases(tx, wanted)
    rows: dict[str, dict[str, Any]] = {}
    for key, number in numbers.items():
        case = accepted.get(key)
        if case is not None and case.classified:
            continue
        told = case.case_number if case else number
        rows[key] = {
            "case_key": key,
            "case_number": told,
            "case_ref": tx.installation.references.case(told),
            "kind": case.kind if case else None,
            "unit": case.unit if case else None,
            "people": sorted(set(handlers[key].handlers)) if key in handlers else [],
        }
    changed = [
        row for key, row in rows.items() if key not in before or row != before[key]._asdict()
    ]
    gone = sorted(before.keys() - rows.keys())
    await store.keep_cases(tx, changed)
    await store.remove_cases(tx, gone)
    return {row["case_key"] for row in changed} | set(gone)
