"""Terms and hearings as lists show them. Nothing of parties or of what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - read by the dataclass's users
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_shared.web.counting import OF_FIGURES, counted, in_states
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

_TERM = (
    "term_id, kind, task, decision_id, case_number, case_ref, unit, mode, waits_for, officer,"
    " started_on, due_on, due_at, provisional, binding, source, says"
)
_HEARING = (
    "decision_id, case_number, case_ref, unit, mode, state, told_on, requested_on, planned_on,"
    " task, waits_for, due_on, provisional, says, made_on"
)
KINDS = ("opinion", "supplement", "hearing", "limit", "transfer")


@dataclass(frozen=True)
class ListedTerm:
    """A term on the board."""

    term_id: str
    kind: str
    task: str
    decision_id: str | None
    case_number: str
    case_ref: str
    unit: str
    mode: str
    waits_for: str
    officer: str | None
    started_on: date | None
    due_on: date | None
    due_at: datetime | None
    provisional: bool
    binding: bool
    source: str
    says: str


@dataclass(frozen=True)
class ListedHearing:
    """A hearing in the list."""

    decision_id: str
    case_number: str
    case_ref: str
    unit: str
    mode: str
    state: str
    told_on: date | None
    requested_on: date | None
    planned_on: date | None
    task: str | None
    waits_for: str | None
    due_on: date | None
    provisional: bool
    says: str
    made_on: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What may wait for one officer: of the handling unit, as reviewer, head or leader."""

    number: str
    unit: Reach
    reviews: Reach
    heads: Reach
    leaders: Reach


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is asked for: one kind or all, only what waits for the officer or all."""

    kind: str | None = None
    mine: bool = False
    after: str | None = None


async def urgent_terms(
    source: Database | Transaction, reach: Reach, waiting: Waiting, asked: Asked
) -> Page[ListedTerm]:
    """The terms within reach, overdue first, then by what is left; those without a day last.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = _within(reach)
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1, **values}
    conditions = [within]
    if asked.kind is not None:
        conditions.append("kind = :kind")
        wanted["kind"] = asked.kind
    if asked.mine:
        condition, more = _mine(waiting)
        conditions.append(condition)
        wanted |= more
    if (place := after_moment(asked.after)) is not None:
        conditions.append("(sorts_at, term_id) > (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_TERM}, sorts_at FROM terms WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY sorts_at, term_id LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.sorts_at.isoformat(), row.term_id))
    return Page([ListedTerm(*row[:-1]) for row in page.rows], page.next)


async def counts_of_terms(
    source: Database | Transaction, reach: Reach, waiting: Waiting, now: datetime, *, mine: bool
) -> dict[str, int]:
    """How many terms of each kind run within reach, and how many are overdue, up to a limit."""
    within, values = _within(reach)
    if mine:
        condition, more = _mine(waiting)
        within, values = f"{within} AND {condition}", values | more
    conditions = {kind: f"kind = '{kind}'" for kind in KINDS}
    conditions["overdue"] = "binding AND due_at <= :now"
    return await counted(source, "terms", conditions, (within, {**values, "now": now}))


async def terms_of_case(source: Database | Transaction, case_key: str) -> Mapping[str, ListedTerm]:
    """The terms that run in one case, by their ids."""
    rows = await source.all(
        f"SELECT {_TERM} FROM terms WHERE case_key = :key ORDER BY sorts_at",  # noqa: S608 - our own columns
        key=case_key,
    )
    return {row.term_id: ListedTerm(*row) for row in rows}


async def newest_hearings(
    source: Database | Transaction, reach: Reach, state: str | None, after: str | None
) -> Page[ListedHearing]:
    """The hearings within reach in a state (or all), proposed last first.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = _within(reach)
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1, **values}
    conditions = [within]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_moment(after)) is not None:
        conditions.append("(listed_at, decision_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_HEARING}, listed_at FROM hearings WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY listed_at DESC, decision_id DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.listed_at.isoformat(), row.decision_id))
    return Page([ListedHearing(*row[:-1]) for row in page.rows], page.next)


async def counts_of_hearings(
    source: Database | Transaction, reach: Reach, states: Iterable[str]
) -> dict[str, int]:
    """How many hearings within reach stand in each state, counted up to a limit."""
    return await counted(source, "hearings", in_states(states), _within(reach))


def _within(reach: Reach) -> tuple[str, dict[str, Any]]:
    return reach.condition("unit", officers="handlers")


def _mine(waiting: Waiting) -> tuple[str, dict[str, Any]]:
    """What waits for the officer; of what nobody took on, what he may take on."""
    parts = {
        "unit": waiting.unit,
        "reviews": waiting.reviews,
        "heads": waiting.heads,
        "leaders": waiting.leaders,
    }
    said: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, reach in parts.items():
        said[name], more = reach.condition("unit", officers="handlers", name=name)
        values |= more
    condition = (
        f"{OF_FIGURES} AND ((waits_for = 'unit' AND {said['unit']})"
        " OR (waits_for = 'reviewer' AND (officer = :me OR (officer IS NULL"
        f" AND {said['reviews']} AND NOT handlers @> CAST(:mine AS jsonb))))"
        f" OR (waits_for = 'head' AND {said['heads']})"
        f" OR (waits_for = 'leader' AND {said['leaders']}))"
    )
    values |= {"me": waiting.number, "mine": orjson.dumps([waiting.number]).decode()}
    return condition, values
