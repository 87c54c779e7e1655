"""Review says that it was bypassed: a warning stands until review itself takes that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_now
from mingjing_shared.events.review import ReviewBypassed, ReviewCleared, ReviewNotRequired
from mingjing_shared.events.tasks import WarningCleared, WarningRaised
from mingjing_shared.events.values import CaseNumber, DecisionId, UnitCode, WarningId
from mingjing_shared.facts.cases import known_cases
from mingjing_shared.facts.store import add_facts, fact_row
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.messaging.received import Cause
from mingjing_tasks.handlers.archive import keep_events
from mingjing_tasks.rules.warning import (
    KIND,
    SEVERITY,
    Said,
    Verdict,
    verdict_of,
    warning_id_of,
)
from mingjing_tasks.store import warning as store
from mingjing_tasks.tables import DECISION_FACTS, REVIEW_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade
    from mingjing_shared.messaging.received import Received

Review = ReviewBypassed | ReviewCleared | ReviewNotRequired
_WHAT = {
    ReviewBypassed: "bypassed",
    ReviewCleared: "cleared",
    ReviewNotRequired: "not_required",
}


async def note_decisions(received: Sequence[Received[DecisionMade]], tx: Transaction) -> None:
    """Archive decisions; the unit that made one owns the warnings about it."""
    rows = [
        {
            **fact_row(item),
            "decision_id": item.event.decision_id,
            "unit": item.event.unit,
        }
        for item in await keep_events(received, tx)
    ]
    touched = await add_facts(tx, DECISION_FACTS, "decision_id", rows)
    await derive_warnings(tx, await store.doubted_decisions(tx, touched))


async def judge_reviews(received: Sequence[Received[Review]], tx: Transaction) -> None:
    """Archive what review said; raise or clear the warnings about these decisions."""
    rows = [
        {
            **fact_row(item),
            "decision_id": item.event.decision_id,
            "what": _WHAT[type(item.event)],
        }
        for item in await keep_events(received, tx)
    ]
    touched = await add_facts(tx, REVIEW_FACTS, "decision_id", rows)
    await derive_warnings(tx, await store.doubted_decisions(tx, touched))


async def derive_warnings(tx: Transaction, decision_ids: Iterable[str]) -> None:
    """Bring the warnings about these decisions to where the facts that hold put them.

    A warning is announced when it is raised or cleared and when its owner changes; never while
    nobody is known to own it, and never for events that are out of alerts by their mode.
    """
    wanted = set(decision_ids)
    if not wanted:
        return
    await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
    said = await store.said_of(tx, wanted)
    facts = {(f.source, f.event_id): f for found in said.values() for f in found}
    units = await store.units_of(tx, wanted)
    cases = await known_cases(tx, {fact.case_key for fact in facts.values()})
    before = await store.warnings(tx, wanted)
    rows, history, outgoing, gone = [], [], [], []
    for decision_id in sorted(wanted):
        verdict = verdict_of(_said(fact) for fact in said.get(decision_id, []))
        if verdict is None:
            gone.append(decision_id)
            continue
        bypass = facts[verdict.bypass.source, verdict.bypass.event_id]
        case = cases.get(bypass.case_key)
        owner = units.get(decision_id) or (case.unit if case else None)
        old = before.get(decision_id)
        row = _row(bypass, verdict, owner, old)
        if old is not None and all(value == getattr(old, name) for name, value in row.items()):
            continue
        rows.append(row)
        if row["revision"] > (0 if old is None else old.revision):
            history.append(_history(row))
            outgoing.append(_announcement(row, facts, verdict))
    await store.keep_warnings(tx, rows)
    await store.add_history(tx, history)
    await store.remove_warnings(tx, gone)
    outbox.add(tx, outgoing)


def _said(fact: Row[Any]) -> Said:
    return Said(fact.what, fact.source, fact.event_id, fact.happened_at)


def _row(
    bypass: Row[Any], verdict: Verdict, owner: str | None, old: Row[Any] | None
) -> dict[str, Any]:
    refutation = verdict.refutation
    row = {
        "warning_id": warning_id_of(bypass.decision_id),
        "kind": KIND,
        "severity": SEVERITY,
        "state": verdict.state,
        "decision_id": bypass.decision_id,
        "case_key": bypass.case_key,
        "case_number": bypass.case_number,
        "owner_unit": owner,
        "since": bypass.happened_at,
        "caused_by": _named(verdict.bypass),
        "cleared_by": None if refutation is None else _named(refutation),
        "mode": bypass.mode,
        "told": None if old is None else old.told,
        "revision": 0 if old is None else old.revision,
    }
    if _must_be_told(row, old):
        row["told"] = row["state"]
        row["revision"] += 1
    return row


def _must_be_told(row: dict[str, Any], old: Row[Any] | None) -> bool:
    if row["mode"] != "live" or row["owner_unit"] is None:
        return False
    if row["state"] == "raised":
        return row["told"] != "raised" or old is None or row["owner_unit"] != old.owner_unit
    return bool(row["told"] == "raised")


def _named(said: Said) -> str:
    return f"{said.source}#{said.event_id}"


def _history(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "warning_id": row["warning_id"],
        "revision": row["revision"],
        "state": row["state"],
        "owner_unit": row["owner_unit"],
        "caused_by": row["cleared_by"] or row["caused_by"],
        "announced_at": legal_now(),
    }


def _announcement(
    row: dict[str, Any], facts: dict[tuple[str, str], Row[Any]], verdict: Verdict
) -> Outgoing:
    moved_by = verdict.refutation or verdict.bypass
    fact = facts[moved_by.source, moved_by.event_id]
    event = (WarningRaised if verdict.refutation is None else WarningCleared)(
        warning_id=WarningId(row["warning_id"]),
        case_number=CaseNumber(row["case_number"]),
        decision_id=DecisionId(row["decision_id"]),
        kind=KIND,
        severity=SEVERITY,
        subject=row["decision_id"],
        owner_unit=UnitCode(row["owner_unit"]),
        caused_by=(_named(moved_by),),
    )
    cause = Cause(fact.source, fact.event_id, row["mode"], fact.traceparent)
    return Outgoing(event, cause, str(row["revision"]))
