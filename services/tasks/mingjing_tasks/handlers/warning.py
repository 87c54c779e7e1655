"""Warnings are brought to where the facts that hold put them, and announced when that changes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_now
from mingjing_shared.facts.store import cause_of
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.received import Cause
from mingjing_tasks.rules.telling import announcement_of, history_of, is_news, settled
from mingjing_tasks.rules.warning import Said, kinds_of, verdict_of, warning_id_of
from mingjing_tasks.store import warning as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.facts.cases import KnownCase
    from mingjing_tasks.rules.warning import Kind, Verdict


@dataclass(frozen=True, slots=True)
class Basis:
    """What is told of some subjects of a topic, and what is known of their decisions and cases."""

    topic: str
    wanted: Sequence[str]
    told: Mapping[str, Sequence[Row[Any]]]
    decisions: Mapping[str, Row[Any]]
    cases: Mapping[str, KnownCase]

    def holds(self, subject: str) -> Sequence[Row[Any]]:
        """What is told of a subject; our own clock's word only while what made it run holds."""
        told = self.told.get(subject, ())
        if self.topic == "annulment" and not any(fact.what == "annulled" for fact in told):
            return [fact for fact in told if fact.what != "overdue"]
        return told

    def behind(self, fact: Row[Any]) -> Row[Any]:
        """The event that a fact is due to: for the word of our own clock, what made it run."""
        if self.topic != "annulment" or fact.what != "overdue":
            return fact
        fell = [one for one in self.told[fact.subject] if one.what == "annulled"]
        return max(fell, key=lambda one: (one.happened_at, one.event_id, one.source))

    def owner_of(self, fact: Row[Any]) -> str | None:
        """The unit that made the decision a fact is about, else the unit of the case."""
        decision = self.decisions.get(getattr(fact, "decision_id", None) or "")
        if decision is not None:
            return str(decision.unit)
        case = self.cases.get(fact.case_key)
        return case.unit if case else None


async def derive_warnings(tx: Transaction, basis: Basis) -> None:
    """Bring the warnings about these subjects to where the facts that hold put them.

    A warning is announced when it is raised or cleared and when its owner changes; never while
    nobody is known to own it, and never for events that are out of alerts by their mode.
    """
    kinds = kinds_of(basis.topic)
    names = {warning_id_of(subject, kind.code) for subject in basis.wanted for kind in kinds}
    kept = await store.warnings(tx, names)
    before = {name: dict(row._mapping) for name, row in kept.items()}  # noqa: SLF001 - SQLAlchemy's public way
    closed = await store.closed(tx, before)
    rows, gone, outgoing = [], [], []
    for subject, kind in product(basis.wanted, kinds):
        name = warning_id_of(subject, kind.code)
        old = before.get(name)
        facts = {(fact.source, fact.event_id): fact for fact in basis.holds(subject)}
        verdict = verdict_of((said_by(fact) for fact in facts.values()), kind)
        if verdict is None:
            gone += [name] if old is not None else []
            continue
        raised = facts[verdict.bypass.identity]
        row = settled(_row(kind, raised, verdict, basis, closed), old)
        if row != old:
            rows.append(row)
            moved = facts[(verdict.refutation or verdict.bypass).identity]
            outgoing += [_outgoing(row, basis.behind(moved))] if is_news(row, old) else []
    await store.keep_warnings(tx, rows)
    await store.remove_warnings(tx, gone)
    now = legal_now()
    told = [row for row in rows if is_news(row, before.get(row["warning_id"]))]
    await store.add_history(tx, [history_of(row, now) for row in told])
    outbox.add(tx, outgoing)


def said_by(row: Row[Any]) -> Said:
    """A stored fact as rules see it."""
    return Said(
        what=row.what,
        source=row.source,
        event_id=row.event_id,
        happened_at=row.happened_at,
        day=getattr(row, "day", None),
        rank=getattr(row, "revision", None) or 0,
    )


def _row(
    kind: Kind,
    raised: Row[Any],
    verdict: Verdict,
    basis: Basis,
    closed: Mapping[str, set[str]],
) -> dict[str, Any]:
    name = warning_id_of(raised.subject, kind.code)
    cause = basis.behind(raised)
    caused_by = f"{cause.source}#{cause.event_id}"
    refutation = verdict.refutation
    is_closed = refutation is None and caused_by in closed.get(name, ())
    is_blocking = getattr(raised, "effect", None) == "blocking"
    return {
        "warning_id": name,
        "kind": kind.code,
        "severity": "high" if is_blocking else kind.severity,
        "state": "closed" if is_closed else verdict.state,
        "subject": raised.subject,
        "decision_id": getattr(raised, "decision_id", None),
        "case_key": raised.case_key,
        "case_number": raised.case_number,
        "owner_unit": basis.owner_of(raised),
        "owner_role": kind.owner_role,
        "due_on": verdict.bypass.day,
        "since": raised.happened_at,
        "caused_by": caused_by,
        "cleared_by": None if refutation is None else refutation.name,
        "mode": raised.mode,
    }


def _outgoing(row: dict[str, Any], fact: Row[Any]) -> Outgoing:
    known = cause_of(fact)
    cause = Cause(known.source, known.id, row["mode"], known.traceparent)
    return Outgoing(announcement_of(row), cause, f"{row['kind']}/{row['revision']}")
