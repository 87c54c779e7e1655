"""Durable clocks: rows that fire exactly once, also when the worker was down at the due minute.

A clock is set, moved or taken away by the handler or act whose fact it depends on. It is judged
by the legal clock, and fires in one transaction with what it causes.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import structlog
from opentelemetry.context import Context

from mingjing_shared.clock import legal_now
from mingjing_shared.database import Transaction
from mingjing_shared.messaging.metrics import CLOCKS_FIRED
from mingjing_shared.messaging.tables import CLOCKS
from mingjing_shared.telemetry.tracing import tracer

if TYPE_CHECKING:
    from datetime import datetime

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
    while not stop.is_set():
        fired, looked_at = 0, legal_now()
        try:
            async with database.transaction() as tx:
                fired = await fire_due(tx, alarms)
            if rung is not None and fired < FIRED_AT_ONCE_MAX:
                rung.until = looked_at
        except Exception as error:  # noqa: BLE001 - the process's edge: clocks must outlive any trouble
            _log.warning("clocks wait", error=type(error).__name__)
        if fired < FIRED_AT_ONCE_MAX:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), POLL_SECONDS)
