"""Durable clocks: rows that fire exactly once, also when the worker was down at the due minute.

A clock is set, moved or taken away by the handler or act whose fact it depends on. It is judged
by the legal clock, and fires in one transaction with what it causes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import structlog
from opentelemetry.context import Context

from mingjing_shared.clock import legal_now
from mingjing_shared.database import Transaction
from mingjing_shared.looping import keep_doing
from mingjing_shared.messaging.metrics import CLOCKS_FIRED
from mingjing_shared.messaging.tables import CLOCKS
from mingjing_shared.telemetry.tracing import tracer

if TYPE_CHECKING:
    import asyncio
    from datetime import date

    from mingjing_shared.database import Database

POLL_SECONDS = 1.0
FIRED_AT_ONCE_MAX = 200
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: what it runs for, when it is due, by which rule."""

    kind: str
    subject: str
    due_at: datetime
    rule: str


Alarm: TypeAlias = Callable[[Sequence[Clock], Transaction], Awaitable[None]]
Alarms: TypeAlias = Mapping[str, Alarm]


def term_subject(key: str, term: date | int) -> str:
    """The subject of a clock for one term of a thing: a day, an instant, or its number.

    A term that is moved is another clock.
    """
    if isinstance(term, datetime):
        term = term.astimezone(UTC)
    return f"{key}@{term if isinstance(term, int) else term.isoformat()}"


def key_and_term(subject: str) -> tuple[str, str]:
    """Which thing a clock runs for, and its term as ``term_subject`` wrote it."""
    key, _, term = subject.rpartition("@")
    return key, term


async def set_clocks(tx: Transaction, clocks: Sequence[Clock]) -> None:
    """Start clocks, or move those that have not fired; a fired clock never runs again."""
    if not clocks:
        return
    found = await tx.all(
        "SELECT kind, subject FROM clocks WHERE subject = ANY(CAST(:subjects AS text[]))",
        subjects=[clock.subject for clock in clocks],
    )
    running = {(row.kind, row.subject) for row in found}
    new: list[dict[str, object]] = []
    for clock in clocks:
        row = {
            "kind": clock.kind,
            "subject": clock.subject,
            "due_at": clock.due_at,
            "rule": clock.rule,
        }
        if (clock.kind, clock.subject) not in running:
            new.append(row)
            continue
        await tx.execute(
            "UPDATE clocks SET due_at = :due_at, rule = :rule"
            " WHERE kind = :kind AND subject = :subject AND fired_at IS NULL",
            **row,
        )
    await tx.insert(CLOCKS, new)


async def stop_clocks(tx: Transaction, kind: str, subjects: Sequence[str]) -> None:
    """Take away clocks of one kind that have not fired."""
    if subjects:
        await tx.execute(
            "DELETE FROM clocks WHERE kind = :kind AND fired_at IS NULL"
            " AND subject = ANY(CAST(:subjects AS text[]))",
            kind=kind,
            subjects=list(subjects),
        )


async def fire_due(tx: Transaction, alarms: Alarms) -> int:
    """Fire what is due by the legal clock; how many fired. Several workers may do so at once."""
    now = legal_now()
    rows = await tx.all(
        "SELECT kind, subject, due_at, rule FROM clocks"
        " WHERE fired_at IS NULL AND due_at <= :now AND kind = ANY(CAST(:kinds AS text[]))"
        " ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED",
        now=now,
        kinds=list(alarms),
        limit=FIRED_AT_ONCE_MAX,
    )
    due: dict[str, list[Clock]] = {}
    for row in rows:
        due.setdefault(row.kind, []).append(Clock(row.kind, row.subject, row.due_at, row.rule))
    for kind, clocks in due.items():
        with tracer().start_as_current_span(f"clock {kind}", Context()):
            await alarms[kind](clocks, tx)
        await tx.execute(
            "UPDATE clocks SET fired_at = :now"
            " WHERE kind = :kind AND subject = ANY(CAST(:subjects AS text[]))",
            now=now,
            kind=kind,
            subjects=[clock.subject for clock in clocks],
        )
        CLOCKS_FIRED.labels(tx.installation.service, kind).inc(len(clocks))
    return len(rows)


@dataclass(slots=True)
class Rung:
    """Until when (by the legal clock) this worker left nothing due unfired."""

    until: datetime | None = None


async def run_clocks(
    database: Database, alarms: Alarms, stop: asyncio.Event, rung: Rung | None = None
) -> None:
    """Fire clocks as they fall due, until told to stop. No trouble ends it."""

    async def work() -> float:
        looked_at = legal_now()
        async with database.transaction() as tx:
            fired = await fire_due(tx, alarms)
        if fired == FIRED_AT_ONCE_MAX:
            return 0.0
        if rung is not None:
            rung.until = looked_at
        return POLL_SECONDS

    await keep_doing(work, stop, trouble="clocks wait", after_trouble_seconds=POLL_SECONDS)
