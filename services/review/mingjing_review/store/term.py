"""Terms as they are kept: one row each, with the clocks that remind, escalate and lapse.

Clocks are held before anything is read: an alarm that fires at this very moment is waited for,
and what it wrote is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.term import remind_at
from mingjing_review.tables import TERMS
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks, term_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_review.rules.term import Term
    from mingjing_shared.database import Transaction
    from mingjing_shared.law.calendar import WorkingCalendar

LEAD, PASSED, HEARING_DAY = "term_lead", "term_passed", "hearing_day"
CLOCKS = (LEAD, PASSED, HEARING_DAY)
LAPSING = frozenset({"request", "accept"})
"""Tasks of a hearing whose day itself has a consequence: nobody is told that it passed."""
_NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_NO_CLOCKS = frozenset({"synthetic", "replay"})
_TELLS_NOBODY = frozenset({"backfill"})  # what was long ago is brought in: nobody is reminded
_PARTY = "party"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a term is: the case as it is named, and who acts.

    Attributes:
        officer: who took it on; none: nobody did.
        wait_unit: the unit on which it waits; none: the legal department above the case's.
    """

    decision_id: str | None
    case_key: str
    case_number: str
    case_ref: str
    unit: str
    handlers: Sequence[str]
    mode: str
    officer: str | None = None
    wait_unit: str | None = None


async def hold_terms(tx: Transaction, term_ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """The rows of these terms as they are; their clocks are held until the transaction ends."""
    wanted = sorted(set(term_ids))
    if not wanted:
        return {}
    await tx.all(
        "SELECT kind, subject FROM clocks WHERE fired_at IS NULL AND kind = ANY(CAST(:kinds AS"
        " text[])) AND subject IN (SELECT clock FROM terms WHERE clock IS NOT NULL"
        " AND term_id = ANY(CAST(:ids AS text[]))) ORDER BY subject, kind FOR UPDATE",
        kinds=list(CLOCKS),
        ids=wanted,
    )
    rows = await tx.all("SELECT * FROM terms WHERE term_id = ANY(CAST(:ids AS text[]))", ids=wanted)
    return {row.term_id: row._asdict() for row in rows}


async def write_terms(
    tx: Transaction,
    found: Mapping[str, tuple[Term, Whose] | None],
    before: Mapping[str, Mapping[str, Any]],
    calendar: WorkingCalendar,
) -> None:
    """Write the terms that run and take away the others; clocks follow."""
    rows, gone, stopped = [], [], []
    clocks: list[Clock] = []
    for term_id, one in sorted(found.items()):
        old = before.get(term_id)
        row = None if one is None else _row(term_id, *one)
        ran, runs = (old or {}).get("clock"), (row or {}).get("clock")
        if ran is not None and ran != runs:
            stopped.append(ran)
        if one is not None and runs is not None and ran != runs:
            wanted = _clocks(runs, one[0], calendar)
            quiet = one[1].mode in _TELLS_NOBODY
            clocks += [one for one in wanted if not quiet or one.kind == HEARING_DAY]
        if row is None:
            gone += [term_id] if old is not None else []
        elif row != old:
            rows.append(row)
    for kind in CLOCKS:
        await stop_clocks(tx, kind, stopped)
    await set_clocks(tx, clocks)
    await tx.upsert(TERMS, rows)
    if gone:
        await tx.execute("DELETE FROM terms WHERE term_id = ANY(CAST(:ids AS text[]))", ids=gone)


def _clocks(subject: str, term: Term, calendar: WorkingCalendar) -> list[Clock]:
    if term.due_at is None:
        return []
    rule = term.rule or term.kind
    lapses = term.kind == "hearing" and term.task in LAPSING
    found = [Clock(HEARING_DAY if lapses else PASSED, subject, term.due_at, rule)]
    lead = None if term.waits_for == _PARTY else remind_at(term, calendar)
    if lead is not None:
        found.append(Clock(LEAD, subject, lead, rule))
    return found


def _row(term_id: str, term: Term, whose: Whose) -> dict[str, Any]:
    fires = term.binding and term.due_at is not None and whose.mode not in _NO_CLOCKS
    day = term.due_at if term.kind == "transfer" else term.due_on
    clock = term_subject(f"{term_id}/{term.task}", day) if fires and day is not None else None
    return {
        "term_id": term_id,
        "kind": term.kind,
        "task": term.task,
        "decision_id": whose.decision_id,
        "case_key": whose.case_key,
        "case_number": whose.case_number,
        "case_ref": whose.case_ref,
        "unit": whose.unit,
        "handlers": list(whose.handlers),
        "mode": whose.mode,
        "waits_for": term.waits_for,
        "officer": whose.officer,
        "wait_unit": whose.wait_unit,
        "started_on": term.started_on,
        "due_on": term.due_on,
        "due_at": term.due_at,
        "provisional": term.provisional,
        "binding": term.binding,
        "rule": term.rule,
        "source": term.source,
        "says": term.says,
        "clock": clock,
        "sorts_at": term.due_at or _NEVER,
    }
