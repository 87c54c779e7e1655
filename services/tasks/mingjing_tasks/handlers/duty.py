"""Duties are brought to where the facts that hold put them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.facts.cases import known_cases
from mingjing_tasks.handlers.warning import Basis, derive_warnings, said_by
from mingjing_tasks.rules.duty import DUTIES, Told
from mingjing_tasks.store import duty as store
from mingjing_tasks.store import fact as facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction


async def derive(tx: Transaction, subjects: Mapping[str, Iterable[str]]) -> None:
    """Bring duties and warnings about these subjects, by topic, to where the facts put them."""
    for topic in sorted(subjects):
        wanted = sorted(set(subjects[topic]))
        if not wanted:
            continue
        await tx.lock(f"{topic}/{subject}" for subject in wanted)
        told = await facts.told_of(tx, topic, wanted)
        rows = [row for found in told.values() for row in found]
        named = {row.decision_id for row in rows if getattr(row, "decision_id", None)}
        decisions = await facts.decisions(tx, named) if named else {}
        cases = await known_cases(tx, {row.case_key for row in rows})
        basis = Basis(topic, wanted, told, decisions, cases)
        if topic in DUTIES:
            await _derive_duties(tx, basis)
        await derive_warnings(tx, basis)


async def _derive_duties(tx: Transaction, basis: Basis) -> None:
    before = await store.duties(tx, basis.topic, basis.wanted)
    rows, gone, changed = [], [], {}
    for subject in basis.wanted:
        row = _row(basis, subject)
        old = before.get(subject)
        if row is None and old is not None:
            gone.append((basis.topic, subject))
        elif row is None or (old is not None and row == dict(old._mapping)):  # noqa: SLF001 - SQLAlchemy's public way
            continue
        else:
            rows.append(row)
        if old is not None:
            changed[basis.topic, subject] = old
    await store.change_duties(tx, rows, gone, changed)


def _row(basis: Basis, subject: str) -> dict[str, Any] | None:
    facts_told = _newest_first(basis.told.get(subject, ()))
    if not facts_told:
        return None
    newest = facts_told[0]
    named = (getattr(row, "decision_id", None) for row in facts_told)
    decision_id = next(filter(None, named), None)
    decision = basis.decisions.get(decision_id) if decision_id else None
    made_on = decision.made_on if decision is not None else None
    duty = DUTIES[basis.topic]([_told(row) for row in facts_told], made_on)
    if duty is None:
        return None
    case = basis.cases.get(newest.case_key)
    return {
        "kind": basis.topic,
        "subject": subject,
        "case_key": newest.case_key,
        "case_number": newest.case_number,
        "decision_id": decision_id,
        "unit": decision.unit if decision else (case.unit if case else None),
        "state": duty.state,
        "due_on": duty.due_on,
        "warn_on": duty.warn_on,
        "provisional": duty.provisional,
        "rule": duty.rule,
        "done_on": duty.done_on,
        "met": duty.met,
        "counted_on": duty.counted_on,
        "due_by": duty.due_by,
        "done_by": duty.done_by,
        "mode": duty.mode,
    }


def _newest_first(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    return sorted(rows, key=lambda r: (r.happened_at, r.event_id, r.source), reverse=True)


def _told(row: Row[Any]) -> Told:
    return Told(
        said=said_by(row),
        mode=row.mode,
        warn_on=getattr(row, "warn_on", None),
        provisional=bool(getattr(row, "provisional", None)),
        rule=getattr(row, "rule", None),
        on_time=getattr(row, "on_time", None),
    )
