"""A decision that fell is taken down by its day; when it is not, a warning stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks
from mingjing_tasks.handlers.duty import derive
from mingjing_tasks.rules.withdrawal import withdrawal_deadline
from mingjing_tasks.store import fact as store
from mingjing_tasks.tables import ANNULMENT_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.law.deadline import Deadline

CLOCK = "withdrawal"


async def watch_withdrawals(tx: Transaction, decision_ids: Iterable[str]) -> None:
    """Let the clocks run of these decisions that fell and are public; stop those of the others."""
    wanted = set(decision_ids)
    if not wanted:
        return
    told = await store.told_of(tx, "annulment", wanted)
    public = await store.public_decisions(tx, told.keys())
    running = {name: term for name in public if (term := _term(told[name])) is not None}
    await stop_clocks(tx, CLOCK, sorted(wanted - running.keys()))
    await set_clocks(tx, [_clock(name, term) for name, term in sorted(running.items())])


async def tell_late_withdrawals(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The day has passed: of those that are still public it is now a fact that they are late."""
    names = {clock.subject for clock in clocks}
    told = await store.told_of(tx, "annulment", names)
    public = await store.public_decisions(tx, told.keys())
    rows = [_late(tx, told[name], clock) for clock in clocks if (name := clock.subject) in public]
    await tx.insert_new(ANNULMENT_FACTS, rows)
    await derive(tx, {"annulment": public})


def _term(told: Sequence[Row[Any]]) -> Deadline | None:
    fell = [row.day for row in told if row.what == "annulled" and row.day is not None]
    term = withdrawal_deadline(min(fell), published_calendar()) if fell else None
    return None if term is None or term.provisional else term


def _clock(decision_id: str, term: Deadline) -> Clock:
    return Clock(CLOCK, decision_id, term.due_at, f"{term.rule}@{term.version_from}")


def _late(tx: Transaction, told: Sequence[Row[Any]], clock: Clock) -> Mapping[str, Any]:
    """The word of our own clock, kept beside what made it run."""
    fell = max((row for row in told if row.what == "annulled"), key=lambda row: row.happened_at)
    term = _term(told)
    return {
        **{name: getattr(fell, name) for name in ANNULMENT_FACTS.columns.keys()},  # noqa: SIM118 - columns, not rows
        "source": tx.installation.source,
        "event_id": f"withdrawal-{fell.event_id}",
        "happened_at": clock.due_at,
        "corrects": None,
        "what": "overdue",
        "day": term.due_on if term is not None else None,
    }
