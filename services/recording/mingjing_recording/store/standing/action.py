"""Acts: what must be recorded of them, and by when it must be in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from mingjing_recording.rules.action import Requirement, requirement_of
from mingjing_recording.store import action as store
from mingjing_shared.events.recording import RecordingRequired
from mingjing_shared.events.values import ActionId, LegalBasis
from mingjing_shared.facts.store import cause_of
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import (
    Clock,
    key_and_term,
    set_clocks,
    stop_clocks,
    term_subject,
)
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction

UPLOAD_CLOCK = "upload"
_ANNOUNCED = ("case_key", "level", "rule", "basis")


async def derive_actions(tx: Transaction, action_ids: Iterable[str]) -> None:
    """Bring these acts to where the facts that hold put them.

    What must be recorded is announced once, and again only when it changed.
    """
    wanted = set(action_ids)
    if not wanted:
        return
    facts = await store.actions_that_hold(tx, wanted)
    before = await store.actions(tx, wanted)
    calendar = published_calendar()
    rows, clocks, stopped, outgoing = [], [], [], []
    for action_id, fact in facts.items():
        required = requirement_of(
            kind=fact.kind,
            place_kind=fact.place_kind,
            started_at=fact.started_at,
            ended_at=fact.ended_at,
            calendar=calendar,
        )
        old = before.get(action_id)
        row = _row(fact, required, old)
        if old is not None and all(value == getattr(old, name) for name, value in row.items()):
            continue
        rows.append(row)
        if required.level is not None and (old is None or row["revision"] > old.revision):
            outgoing.append(_announcement(fact, required, row["revision"]))
        if old is None or old.upload_due_at != required.upload_due_at:
            stopped.extend(_subjects(old))
            clocks.extend(_clocks(action_id, required))
    gone = sorted(wanted - set(facts))
    stopped.extend(subject for action_id in gone for subject in _subjects(before.get(action_id)))
    await store.keep_actions(tx, rows)
    await store.remove_actions(tx, gone)
    await stop_clocks(tx, UPLOAD_CLOCK, stopped)
    await set_clocks(tx, clocks)
    outbox.add(tx, outgoing)


async def pass_upload_terms(tx: Transaction, clocks: Sequence[Clock], now: datetime) -> set[str]:
    """The upload terms of these acts ran out: from now on missing footage is missing."""
    terms = [_term(clock.subject) for clock in clocks]
    await store.mark_footage_due_passed(tx, terms, now)
    return {action_id for action_id, _ in terms}


def _row(fact: Row[Any], required: Requirement, old: Row[Any] | None) -> dict[str, Any]:
    row = {
        "action_id": fact.action_id,
        "case_key": fact.case_key,
        "case_number": fact.case_number,
        "kind": fact.kind,
        "place_kind": fact.place_kind,
        "started_at": fact.started_at,
        "ended_at": fact.ended_at,
        "level": required.level,
        "rule": required.rule,
        "basis": [{"law": law, "article": article} for law, article in required.basis],
        "says": required.says,
        "upload_due_at": required.upload_due_at,
        "mode": fact.mode,
        "revision": 0 if old is None else old.revision,
        "footage_due_passed_at": None,
    }
    if old is not None and old.upload_due_at == required.upload_due_at:
        row["footage_due_passed_at"] = old.footage_due_passed_at
    is_new = old is None or any(row[name] != getattr(old, name) for name in _ANNOUNCED)
    if required.level is not None and is_new:
        row["revision"] += 1
    return row


def _announcement(fact: Row[Any], required: Requirement, revision: int) -> Outgoing:
    assert required.level is not None
    event = RecordingRequired(
        case_number=fact.case_number,
        action_id=ActionId(fact.action_id),
        level=required.level,
        basis=tuple(LegalBasis(law=law, article=article) for law, article in required.basis),
        rule=required.rule,
    )
    return Outgoing(event, cause_of(fact), str(revision))


def _clocks(action_id: str, required: Requirement) -> list[Clock]:
    """The clock's subject holds the term: one that was moved is another clock."""
    due_at = required.upload_due_at
    if due_at is None:
        return []
    return [Clock(UPLOAD_CLOCK, term_subject(action_id, due_at), due_at, required.upload_rule)]


def _subjects(row: Row[Any] | None) -> list[str]:
    if row is None or row.upload_due_at is None:
        return []
    return [term_subject(row.action_id, row.upload_due_at)]


def _term(subject: str) -> tuple[str, datetime]:
    action_id, due_at = key_and_term(subject)
    return action_id, datetime.fromisoformat(due_at)
