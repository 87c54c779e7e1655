"""Case files: from the end of enforcement on their terms run, until they are archived."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mingjing_recording.rules.casefile import CasefileTerm, casefile_state, casefile_term
from mingjing_recording.store import casefile as store
from mingjing_recording.store.case import cases
from mingjing_shared.events.recording import CasefileDue, CasefileOverdue
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

WARN_CLOCK = "casefile_warn"
BREACH_CLOCK = "casefile_breach"
_ANNOUNCED = ("warn_on", "breach_on", "provisional")


async def derive_casefiles(tx: Transaction, case_keys: Iterable[str]) -> None:
    """Bring the files of these cases to where the facts that hold put them.

    The days are announced once, and again only when they changed.
    """
    wanted = set(case_keys)
    if not wanted:
        return
    facts = await store.ends_that_hold(tx, wanted)
    before = await store.casefiles(tx, wanted)
    known = await cases(tx, facts)
    archived = await store.packages(tx, facts)
    calendar = published_calendar()
    rows, clocks, outgoing = [], [], []
    stopped = [before[key] for key in before.keys() - facts.keys()]
    for key, fact in facts.items():
        term = casefile_term(fact.ended_on, calendar)
        old = before.get(key)
        row = _row(fact, term, old, is_archived=key in archived)
        row["unit"] = known[key].unit if key in known else None
        row["people"] = known[key].people if key in known else []
        if old is not None and all(value == getattr(old, name) for name, value in row.items()):
            continue
        rows.append(row)
        if row["revision"] > (0 if old is None else old.revision):
            outgoing.append(_announcement(fact, row))
            stopped += [] if old is None else [old]
            clocks += _clocks(key, term)
    await store.keep_casefiles(tx, rows)
    await store.remove_casefiles(tx, sorted(wanted - set(facts)))
    for kind, name in ((WARN_CLOCK, "warn_on"), (BREACH_CLOCK, "breach_on")):
        days = [(old.case_key, getattr(old, name)) for old in stopped]
        await stop_clocks(tx, kind, [term_subject(key, day) for key, day in days if day])
    await set_clocks(tx, clocks)
    outbox.add(tx, outgoing)


async def pass_warn_days(tx: Transaction, clocks: Sequence[Clock], now: datetime) -> None:
    """The day of warning passed and the file is still not there."""
    await store.mark_warned(tx, [_term(clock.subject) for clock in clocks], now)


async def pass_breach_days(tx: Transaction, clocks: Sequence[Clock], now: datetime) -> None:
    """The last day passed: files that are still not there are overdue, and it is told."""
    passed = await store.mark_overdue(tx, [_term(clock.subject) for clock in clocks], now)
    late = [row for row in passed if row.state == "overdue"]
    facts = await store.ends_that_hold(tx, [row.case_key for row in late])
    outbox.add(
        tx,
        [
            Outgoing(
                CasefileOverdue(case_number=row.case_number, breach_on=row.breach_on),
                cause_of(facts[row.case_key]),
                str(row.breach_on),
            )
            for row in late
        ],
    )


def _row(
    fact: Row[Any], term: CasefileTerm, old: Row[Any] | None, *, is_archived: bool
) -> dict[str, Any]:
    row = {
        "case_key": fact.case_key,
        "case_number": fact.case_number,
        "ended_on": fact.ended_on,
        "reason": fact.reason,
        "state": "no_clock",
        "warn_on": term.warn.due_on if term.warn else None,
        "breach_on": term.breach.due_on if term.breach else None,
        "provisional": term.provisional,
        "says": term.says,
        "mode": fact.mode,
        "revision": 0 if old is None else old.revision,
        "warned_at": None,
        "overdue_at": None,
    }
    for day, passed in (("warn_on", "warned_at"), ("breach_on", "overdue_at")):
        if old is not None and row[day] == getattr(old, day):
            row[passed] = getattr(old, passed)
    row["state"] = casefile_state(
        has_term=term.breach is not None,
        was_warned=row["warned_at"] is not None,
        is_overdue=row["overdue_at"] is not None,
        is_archived=is_archived,
    )
    said = (None, None, False) if old is None else tuple(getattr(old, n) for n in _ANNOUNCED)
    if tuple(row[name] for name in _ANNOUNCED) != said:
        row["revision"] += 1
    return row


def _announcement(fact: Row[Any], row: dict[str, Any]) -> Outgoing:
    """The days; without any when a correction led to a date of which no rule is held."""
    event = CasefileDue(
        case_number=fact.case_number,
        warn_on=row["warn_on"],
        breach_on=row["breach_on"],
        provisional=row["provisional"],
    )
    return Outgoing(event, cause_of(fact), str(row["revision"]))


def _clocks(key: str, term: CasefileTerm) -> list[Clock]:
    """Clocks for the days that are certain: nothing provisional calls anything late."""
    return [
        Clock(kind, term_subject(key, day.due_on), day.due_at, f"{day.rule}@{day.version_from}")
        for kind, day in ((WARN_CLOCK, term.warn), (BREACH_CLOCK, term.breach))
        if day is not None and not day.provisional
    ]


def _term(subject: str) -> tuple[str, date]:
    key, day = key_and_term(subject)
    return key, date.fromisoformat(day)
